"""A learner in the LMS that fails: what they do, what they are told, and what the LMS holds in the end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.faulty import FaultyLms, Plan
from tests.playing import SECONDS, Learner, leave

LONG = 30 * SECONDS


@dataclass
class Sitting:
    """One course in one window of a browser."""

    lms: FaultyLms
    course: str
    desk: BrowserContext
    page: Page
    frame: Frame
    learner: Learner

    @classmethod
    def begin(cls, lms: FaultyLms, course: str, desk: BrowserContext, **asked: str) -> Sitting:
        """Launch the course."""
        page, frame = lms.open(course, desk, **asked)
        return cls(lms, course, desk, page, frame, Learner(frame))

    @property
    def plan(self) -> Plan:
        """What goes wrong, from now on."""
        return self.lms.plan(self.course)

    def answer(self, *numbers: int) -> None:
        """Answer questions rightly, by their number in the course."""
        for number in numbers:
            question = self.learner.lesson.questions[number]
            if self.learner.page() != question.page:
                self.learner.go_to(question.page)
            self.learner.answer(question, question.right)

    def answered(self) -> list[int]:
        """The numbers of the questions whose right answer stands there."""
        questions = self.learner.lesson.questions
        return [number for number, each in enumerate(questions) if self.learner.chosen(each) == each.right]

    def is_told(self, *words: str, **values: int) -> None:
        """The line of notices says these texts of the interface, one after another."""
        texts = [re.sub(r"\{(\w+)\}", lambda gap: str(values[gap[1]]), self._word(word)) for word in words]
        expect(self.frame.locator("#kp_notices")).to_have_text(" ".join(texts), timeout=LONG)

    def is_told_also(self, *words: str) -> None:
        """The line of notices ends with these texts."""
        text = " ".join(self._word(word) for word in words)
        expect(self.frame.locator("#kp_notices")).to_contain_text(text, timeout=LONG)

    def is_told_nothing(self) -> None:
        """The line of notices is empty."""
        expect(self.frame.locator("#kp_notices")).to_have_text("", timeout=LONG)

    def download(self) -> str:
        """The file with the learner's own answers."""
        with self.page.expect_download() as download:
            self.frame.get_by_role("button", name=self._word("download_answers")).click()
        return Path(download.value.path()).read_text(encoding="utf-8-sig")

    def kept(self) -> list[str]:
        """What this browser keeps because it is not saved."""
        names: list[str] = self.frame.evaluate("Object.keys(localStorage)")
        return [name for name in names if ":unsaved:" in name]

    def leave(self) -> None:
        """Close the window."""
        leave(self.page)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something to reach the LMS."""
        end = time.monotonic() + LONG / SECONDS
        while not true():
            if time.monotonic() > end:
                raise AssertionError(self.lms.stored(self.course))
            time.sleep(0.1)

    def _word(self, key: str) -> str:
        return self.learner.lesson.words[key]


def held(lms: FaultyLms, course: str, browser: Browser) -> list[int]:
    """The answers that someone else's browser is shown: the LMS, and nothing else, has kept them."""
    plan = lms.plan(course)
    plan.dead, plan.sets, plan.initialize = False, True, True
    desk = browser.new_context()
    answers = Sitting.begin(lms, course, desk, mode="review").answered()
    desk.close()
    return answers


def reported(lms: FaultyLms, course: str) -> list[str]:
    """The interactions that the LMS holds, in their order: identifier and result."""
    interactions = sorted(lms.stored(course).interactions.items(), key=lambda item: int(item[0]))
    return [f"{each['id']} {each['result']}" for _, each in interactions]
