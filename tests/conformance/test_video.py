"""Films and recordings as the LRS hears of them, in the terms of the xAPI Video Profile 1.0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.conformance import launchers
from tests.conformance.cmi5_rules import verb
from tests.conformance.sitting import Sitting
from tests.lrs import Document

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EXTENSION = "https://w3id.org/xapi/video/extensions/"
# A script may only start what makes no sound; a film that runs fast is seen as well.
PLAY = "film => { film.muted = true; film.playbackRate = 8; return film.play(); }"


@pytest.fixture(params=["xapi", "cmi5"])
def sitting(
    request: pytest.FixtureRequest, packages: dict[str, Path], browser: Browser, tmp_path: Path
) -> Iterator[Sitting]:
    form = str(request.param)
    with launchers.of(form, tmp_path) as launch:
        sitting = Sitting(launch, packages[form], browser)
        yield sitting
        sitting.close()


@pytest.fixture
def film(sitting: Sitting) -> Locator:
    film = sitting.page.locator("video[data-video]").first
    page = film.locator("xpath=ancestor::section").get_attribute("data-page")
    assert page
    sitting.learner.go_to(page)
    return film


def about_films(sitting: Sitting) -> list[Document]:
    kind = "https://w3id.org/xapi/video/activity-type/video"
    said = sitting.lrs.statements
    return [each for each in said if each["object"].get("definition", {}).get("type") == kind]


def verbs(sitting: Sitting) -> list[str]:
    return [verb(each) for each in about_films(sitting)]


def result(statement: Document, name: str) -> object:
    return statement["result"]["extensions"].get(EXTENSION + name)


def reaches(sitting: Sitting, film: Locator, seconds: float) -> None:
    sitting.wait(lambda: float(film.evaluate("film => film.currentTime")) >= seconds)


def test_a_film_that_is_seen_to_the_end(sitting: Sitting, film: Locator) -> None:
    film.evaluate(PLAY)
    sitting.wait(lambda: bool(film.evaluate("film => film.ended")))
    sitting.leave()
    assert verbs(sitting) == ["initialized", "played", "paused", "completed", "terminated"]
    initialized, played, paused, completed, _ = about_films(sitting)
    length = initialized["context"]["extensions"][EXTENSION + "length"]
    assert result(played, "time") == 0
    assert result(paused, "played-segments") == f"0[.]{length:g}"
    assert result(completed, "progress") == 1
    assert completed["result"]["completion"] is True
    assert completed["result"]["duration"].startswith("PT")
    sessions = {each["context"]["extensions"][EXTENSION + "session-id"] for each in about_films(sitting)}
    assert len(sessions) == 1
    for each in about_films(sitting):
        assert {"en", "nb"} <= set(each["verb"]["display"])
        categories = [one["id"] for one in each["context"]["contextActivities"]["category"]]
        assert categories == ["https://w3id.org/xapi/video"]
    assert sitting.lrs.said("passed") == []


def test_dragging_is_one_seek_and_leaving_a_pause(sitting: Sitting, film: Locator) -> None:
    film.evaluate(PLAY)
    reaches(sitting, film, 1)
    film.evaluate("film => film.pause()")
    left = round(float(film.evaluate("film => film.currentTime")), 3)
    for place in (left + 3, left + 6, left + 4):
        film.evaluate("(film, place) => { film.currentTime = place; }", place)
        sitting.wait(lambda: not film.evaluate("film => film.seeking"))
    film.evaluate(PLAY)
    reaches(sitting, film, left + 5)
    sitting.leave()
    assert verbs(sitting) == [
        *("initialized", "played", "paused"),
        *("seeked", "played", "paused", "terminated"),
    ]
    _, _, first, seeked, again, last, _ = about_films(sitting)
    assert result(first, "time") == result(seeked, "time-from") == left
    assert result(seeked, "time-to") == result(again, "time") == round(left + 4, 3)
    one, two = (part.split("[.]") for part in str(result(last, "played-segments")).split("[,]"))
    assert [float(one[0]), float(one[1]), float(two[0])] == [0, left, round(left + 4, 3)]
    assert float(two[1]) == result(last, "time")
    progress = result(last, "progress")
    assert isinstance(progress, float)
    assert 0 < progress < 0.95


def test_watching_writes_no_state(sitting: Sitting, film: Locator) -> None:
    sitting.settle()
    before = len(sitting.lrs.requests)
    film.evaluate(PLAY)
    reaches(sitting, film, 8)
    film.evaluate("film => film.pause()")
    sitting.wait(lambda: "paused" in verbs(sitting))
    sitting.settle()
    writes = [line for line in sitting.lrs.requests[before:] if line.startswith("PUT activities/state")]
    # Of both its beginning and its pause together, or of each, where the machine is slow.
    assert len(writes) in (1, 2), "with what has been said of the film, and not for each moment of it"
