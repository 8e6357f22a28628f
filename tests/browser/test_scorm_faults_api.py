"""Where the LMS's API is, and when: it is found, or the learner is told and goes on without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.faulty import FaultyLms
from tests.browser.sitting import Sitting, held, reported

FOUND = {
    "in the course's own window": {"api": "inside"},
    "in the window above": {"frames": "1"},
    "seven windows above": {"frames": "7"},
    "twelve windows above": {"frames": "12"},
    "in the window that opened the course": {"popup": "1"},
    "in the window that opened the windows above": {"popup": "1", "frames": "3"},
    "a second and a half late": {"late": "1500"},
    "above a frame of another origin": {"frames": "2", "foreign": "1"},
    "above several frames of another origin": {"frames": "5", "foreign": "1"},
}


@pytest.mark.parametrize("asked", FOUND.values(), ids=FOUND)
def test_the_api_is_found(
    asked: dict[str, str], faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk, **asked)
    sitting.answer(0)
    sitting.is_told_nothing()
    assert reported(faulty_lms, course) == ["post.hva correct"]
    assert held(faulty_lms, course, browser) == [0]


def test_no_api_the_learner_is_told_goes_on_and_takes_the_answers_home(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk, api="none")
    sitting.is_told("no_lms")
    sitting.answer(0, 1)
    assert "Svaret ditt: Frimerke\nRiktig" in sitting.download()
    sitting.leave()
    assert Sitting.begin(faulty_lms, course, desk, api="none").answered() == [0, 1]
    assert faulty_lms.calls(course) == []


def test_an_api_that_comes_when_the_learner_has_begun_gets_what_was_done(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    early = Sitting.begin(faulty_lms, course, desk)
    early.answer(2)
    early.leave()
    sitting = Sitting.begin(faulty_lms, course, desk, late="10000")
    sitting.is_told("no_lms")
    sitting.answer(0)
    sitting.is_told("lms_found")
    sitting.until(lambda: reported(faulty_lms, course) == ["post.hvem correct", "post.hva correct"])
    assert sitting.answered() == [0, 2], "what the LMS knew is shown"
    sitting.answer(1)
    assert held(faulty_lms, course, browser) == [0, 1, 2]
    assert faulty_lms.stored(course).score == 100


def test_what_someone_else_did_without_an_lms_is_not_reported_as_the_learners(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    other = Sitting.begin(faulty_lms, course, desk, api="none")
    other.answer(1)
    other.leave()
    sitting = Sitting.begin(faulty_lms, course, desk, late="6000")
    sitting.answer(0)
    sitting.is_told("lms_found")
    sitting.until(lambda: reported(faulty_lms, course) == ["post.hva correct"])
    assert held(faulty_lms, course, browser) == [0]


def test_an_lms_that_is_not_ready_at_first_is_asked_again(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    faulty_lms.plan(course).initialize = False
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.is_told("no_lms")
    sitting.answer(0)
    sitting.plan.initialize = True
    sitting.is_told("lms_found")
    sitting.until(lambda: reported(faulty_lms, course) == ["post.hva correct"])
    assert held(faulty_lms, course, browser) == [0]
