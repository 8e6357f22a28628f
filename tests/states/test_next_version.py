"""A version that may replace the one before takes over what learners have done; one that may not would lose it.

The states are those that released versions stored; the course they belong to goes on to a next version here, is
released over the first one, and what the release says of it is held against what learners find.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kurspakke.findings import KurspakkeError
from kurspakke.release import make
from kurspakke.release.replacement import Answer
from tests.conformance import launchers
from tests.courses import edit
from tests.lms import apihost
from tests.playing import leave
from tests.states.lives import FOLDER, FORMATS, State, kept, look, released
from tests.states.test_released_states import Hosts

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("states")]
CASES = [state for version in released() for state in kept(version)]
NEW = "id: nytt\ntitle: Nytt\ncomponents:\n  - {type: text, id: nyhet, text: Noe nytt.}\n"


def built(course: Path, out: Path) -> Path:
    command = [sys.executable, "-m", "kurspakke", "build", str(course), "-o", str(out)]
    subprocess.run(
        [*command, "--format", ",".join(FORMATS)], check=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    return out


def next_version(course: Path) -> None:
    """Texts are other ones, a page is new and stands before the others, two pages have changed places."""
    edit(course / "course.yaml", "version: 1.0.0", "version: 1.1.0")
    brev = course / "modules/brev"
    edit(brev / "module.yaml", "[velge, skrive, ordne,", "[nytt, skrive, velge, ordne,")
    (brev / "pages/nytt.yaml").write_text(NEW, "utf-8")
    edit(brev / "pages/velge.yaml", "title: Å velge", "title: Å velge rett")
    edit(brev / "pages/velge.yaml", "Hvilken er en postkasse?", "Hvilken av dem er en postkasse?")


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Hosts]]:
    """The released next version of each version's course, ready to be launched with what was stored before."""
    work = tmp_path_factory.mktemp("next")
    with (
        apihost.running(tmp_path_factory.mktemp("scorm"), "strict") as scorm,
        launchers.tincan(tmp_path_factory.mktemp("tincan")) as tincan,
    ):
        hosts = {}
        for version in released():
            course = shutil.copytree(FOLDER / version / "course", work / version / "course")
            out = work / version / "release"
            first = built(course, work / version / "first")
            make.release(make.Wish(course, (first,), out))
            next_version(course)
            done = make.release(make.Wish(course, (built(course, work / version / "second"),), out))
            assert done.answers == {Answer.SAFE: len(FORMATS)}
            packages = {path.stem.rsplit("-", 1)[1]: path for path in out.glob("*.zip")}
            hosts[version] = Hosts(packages, scorm, tincan)
        yield hosts


@pytest.mark.parametrize("state", CASES, ids=lambda state: f"{state.version}-{state.format}-{state.life}")
def test_what_was_done_before_is_there_in_a_version_that_is_safe(
    state: State, replaced: dict[str, Hosts], browser: Browser
) -> None:
    learner, page, _ = replaced[state.version].open(browser, state.format, dict(state.stored))
    found = look(learner)
    assert found.page == state.found.page
    assert set(found.visited) >= set(state.found.visited)
    assert "brev.nytt" not in found.visited
    assert found.answers == state.found.answers
    assert found.done >= state.found.done
    assert found.assessment == state.found.assessment
    assert found.notes == state.found.notes
    leave(page)
    page.context.close()


def test_a_version_in_which_answers_would_mean_something_else_is_refused(tmp_path: Path) -> None:
    course = shutil.copytree(FOLDER / released()[-1] / "course", tmp_path / "course")
    make.release(make.Wish(course, (built(course, tmp_path / "first"),), tmp_path / "release"))
    page = course / "modules/brev/pages/velge.yaml"
    edit(page, "text: Den røde, correct: true", "text: Den runde")
    edit(page, "{id: b, text: Den runde}", "{id: b, text: Den røde, correct: true}")
    second = built(course, tmp_path / "second")
    with pytest.raises(KurspakkeError, match="options-exchanged"):
        make.release(make.Wish(course, (second,), tmp_path / "release"))
