"""Local editions in real LMSs: the one that changes most, and one that chance picks among all the country's."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kurspakke.sourcereader import read_source
from tests.command import run_alone
from tests.lms import openedx
from tests.lms.lms import Lms
from tests.lms.story import Story, play
from tests.once import once
from tests.strategi import SOURCE

RICH = "bykle"


def _build(folder: Path) -> None:
    editions = read_source(SOURCE).editions
    plain = sorted(set(editions.whole) - editions.layers.keys())
    names = f"{RICH},{random.SystemRandom().choice(plain)}"
    options = ("--edition", names, "--module", "strategi", "--format", "scorm12", "-o", folder)
    answer = run_alone("build", SOURCE, *options)
    assert answer.code == 0, answer.err


@pytest.fixture(scope="session", params=["rich", "any"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of an edition; both are built once per test run."""
    found = sorted(once(tmp_path_factory, "editions", _build).glob("*.zip"))
    return next(path for path in found if (f"-{RICH}-" in path.name) == (request.param == "rich"))


def _is_right(story: Story, package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        page = archive.read("index.html").decode()
    assert "bygger på nasjonal versjon" in page or "byggjer på nasjonal versjon" in page
    name = package.name
    sittings = (story.first, story.second, story.third)
    assert [complaint for sitting in sittings for complaint in sitting.complaints] == [], name
    assert story.first.broken == (), name
    assert not story.first.alone, name
    assert story.second.page == story.left, name
    assert {key: chosen for key, chosen in story.second.chosen.items() if chosen} == story.answers, name
    assert story.second.stored.status == "completed", f"{name}\n{story.log}"
    assert story.second.stored.score == story.lesson.score(len(story.lesson.questions) - 1), name
    assert 5 < len(story.second.stored.suspend_data or "") <= 4096, name
    assert story.third.chosen == story.all_answers, name


@pytest.mark.xdist_group("scormhost")
def test_an_edition_is_played_to_its_end_in_scormhost(
    scormhost_lms: Lms, edition: Path, browser: Browser
) -> None:
    _is_right(play(scormhost_lms, edition, browser), edition)


@pytest.mark.xdist_group("openedx")
def test_an_edition_is_played_to_its_end_in_open_edx(edition: Path, browser: Browser, tmp_path: Path) -> None:
    # It has one block, which keeps what a learner did in the package before.
    context = browser.new_context()
    with openedx.running(tmp_path, context.request) as workbench:
        _is_right(play(openedx.ScormXBlock(workbench), edition, browser), edition)
    context.close()
