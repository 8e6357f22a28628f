"""Leaving, half-way through an answer: what has been answered is in the LMS, what was only chosen is not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.browser.faulty import FaultyLms
from tests.browser.sitting import LONG, Sitting, held, reported
from tests.chromium import launch_options

_CLICK_AND_GO = """(form) => {
  form.querySelector("input").click();
  form.requestSubmit();
  window.top.location = "about:blank";
}"""


def close(sitting: Sitting) -> None:
    sitting.leave()


def close_without_a_word(sitting: Sitting) -> None:
    sitting.page.close()


def navigate(sitting: Sitting) -> None:
    sitting.page.goto("about:blank")


def reload(sitting: Sitting) -> None:
    sitting.page.reload()


def take_the_frame_away(sitting: Sitting) -> None:
    sitting.page.locator("#course").evaluate("frame => frame.remove()")


WAYS: dict[str, Callable[[Sitting], None]] = {
    "the window is closed": close,
    "the window is killed": close_without_a_word,
    "another address": navigate,
    "the page is loaded anew": reload,
    "the LMS takes the frame away": take_the_frame_away,
}


def choose(sitting: Sitting, number: int) -> None:
    """Choose the right answer, and do not send it."""
    question = sitting.learner.lesson.questions[number]
    sitting.learner.go_to(question.page)
    form = sitting.frame.locator(f'form[data-question="{question.id}"]')
    form.locator("input").first.check()


@pytest.mark.parametrize("go", WAYS.values(), ids=WAYS)
def test_half_way_through_an_answer(
    go: Callable[[Sitting], None], faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    choose(sitting, 2)
    go(sitting)
    assert held(faulty_lms, course, browser) == [0]
    assert reported(faulty_lms, course) == ["post.hva correct"]
    again = Sitting.begin(faulty_lms, course, desk)
    assert again.answered() == [0]
    again.is_told_nothing()


def test_an_answer_and_away_in_the_same_moment(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.frame.locator('form[data-question="post.hva"]').evaluate(_CLICK_AND_GO)
    sitting.page.wait_for_url("about:blank")
    sitting.until(lambda: faulty_lms.finished(course) == 1)
    assert reported(faulty_lms, course) == ["post.hva correct"]
    assert held(faulty_lms, course, browser) == [0]


def test_back_again_from_the_browsers_cache(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    # As the browser tells it; whether it keeps a page in its cache is its own affair.
    sitting.frame.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert faulty_lms.finished(course) == 1
    sitting.frame.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    sitting.is_told("session_ended_kept")
    sitting.answer(1)
    sitting.is_told("session_ended_kept")
    sitting.leave()
    assert held(faulty_lms, course, browser) == [0]
    again = Sitting.begin(faulty_lms, course, desk)
    assert again.answered() == [0, 1]
    again.until(lambda: reported(faulty_lms, course) == ["post.hva correct", "post.over correct"])
    assert held(faulty_lms, course, browser) == [0, 1]


def test_another_tab_on_a_phone(
    faulty_lms: FaultyLms, course: str, browser: Browser, playwright: Playwright
) -> None:
    desk = browser.new_context(**{**playwright.devices["Pixel 7"], "locale": "nb-NO"})
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    sitting.learner.next()
    choose(sitting, 2)
    sitting.frame.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert faulty_lms.stored(course).location == "post.hav"
    assert faulty_lms.finished(course) == 0
    sitting.page.close()
    assert held(faulty_lms, course, browser) == [0]
    desk.close()


class Machine:
    """A browser of its own with a profile on the disk, which can be killed as when the power goes."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright = playwright
        self._profile = profile
        self._context: BrowserContext | None = None

    def start(self) -> BrowserContext:
        """The learner's window opens."""
        # The shell does not say who has the profile.
        options = launch_options("chromium")
        self._context = self._playwright.chromium.launch_persistent_context(self._profile, **options)
        return self._context

    def kill(self) -> None:
        """The power goes."""
        if self._context:
            # The browser's own note of who has the profile: host-process.
            process = int((self._profile / "SingletonLock").readlink().name.rpartition("-")[2])
            with self._context.expect_event("close"):
                os.killpg(process, signal.SIGKILL)
            self._context = None


@pytest.fixture
def machine(playwright: Playwright, tmp_path: Path) -> Iterator[Machine]:
    made = Machine(playwright, tmp_path / "profile")
    yield made
    made.kill()


def test_the_machine_is_switched_off(
    machine: Machine, faulty_lms: FaultyLms, course: str, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, machine.start())
    sitting.answer(0)
    choose(sitting, 2)
    machine.kill()
    assert reported(faulty_lms, course) == ["post.hva correct"]
    assert held(faulty_lms, course, browser) == [0]
    again = Sitting.begin(faulty_lms, course, machine.start())
    assert again.answered() == [0]
    expect(again.frame.get_by_text(again.learner.lesson.words["resumed"])).to_be_visible(timeout=LONG)
