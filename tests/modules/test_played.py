"""Each module of the real course is taken as a learner takes it, in two sittings, until the LMS has it as done."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext, expect

from tests.axe import violations
from tests.conformance import launchers
from tests.courses import REAL
from tests.lms.apihost import ApiHost
from tests.lms.lms import Lms
from tests.lms.watcher import Watcher
from tests.modules.reader import NOTE, Reader
from tests.playing import Learner, leave
from tests.waiting import until

MODULES: list[str] = yaml.safe_load((REAL / "course.yaml").read_text("utf-8"))["modules"]
OTHERS = ("cmi5", "xapi")
"""Besides SCORM 1.2, modules take turns with these."""

pytestmark = pytest.mark.browser


def package(dist: Path, module: str, form: str) -> Path:
    return dist / f"digital-transformasjon-{module}-nb-{form}.zip"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_taken_in_scorm12_and_axe_finds_nothing_on_any_page(
    module: str, dist: Path, strict_lms: ApiHost, desk: BrowserContext
) -> None:
    assert take(strict_lms, package(dist, module, "scorm12"), desk, judged=True) == []


@pytest.mark.parametrize(
    ("module", "form"), [(name, OTHERS[at % len(OTHERS)]) for at, name in enumerate(MODULES)]
)
def test_a_module_is_taken_with_an_lrs(
    module: str, form: str, dist: Path, desk: BrowserContext, tmp_path: Path
) -> None:
    with launchers.of(form, tmp_path) as lms:
        complaints = take(lms, package(dist, module, form), desk, judged=False)
        # What a store refuses and when is told in tests/conformance; here the store's own answers are no fault.
        assert [each for each in complaints if lms.content.lrs.address not in each] == []


def take(lms: Lms, package: Path, desk: BrowserContext, *, judged: bool) -> list[str]:
    """What was amiss on the wire; each page `judged` by axe when all on it is done, if so asked."""
    course = lms.add(package)
    watcher = Watcher(desk)
    page, frame = lms.open(course, desk)
    reader = Reader(Learner(frame))
    pages = list(reader.learner.lesson.pages)
    half = len(pages) // 2
    found: dict[str, list[str]] = {}

    def judge(name: str) -> None:
        found[name] = violations(reader.learner.frame) if judged else []

    reader.take(pages[:half], judge)
    watcher.settle(page)
    leave(page)
    until(lambda: lms.stored(course).suspend_data is not None)
    assert lms.stored(course).status == "incomplete"

    page, frame = lms.open(course, desk)
    reader = Reader(Learner(frame))
    assert reader.learner.sees("resumed")
    assert reader.learner.page() == pages[half - 1]
    for question in reader.questions:
        assert reader.learner.has_answered(question) == (question.page in pages[:half]), question.id
        if question.page in pages[:half]:
            assert set(reader.learner.chosen(question)) == set(reader.response(question)), question.id
    notes = reader.notes(pages[:half])
    assert any(notes.values())
    assert all(note == NOTE.format(page=name) for name, written in notes.items() for note in written)

    reader.learner.next()
    reader.take(pages[half:], judge)
    done = reader.learner.lesson.words["done_title"]
    expect(frame.get_by_role("heading", name=done)).to_be_visible()
    assert list(found) == pages
    assert not any(found.values()), found
    watcher.settle(page)
    leave(page)
    until(lambda: lms.stored(course).status in ("passed", "completed"))
    assert lms.stored(course).score == reader.score < 100
    return watcher.complaints
