"""A learner with a package, launched as an LMS does, and an LRS that may fail."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, expect

from tests.conformance.cmi5_rules import breaches
from tests.conformance.launchers import Cmi5Launch, TincanLaunch
from tests.conformance.test_cmi5 import launches
from tests.lrs import Faults, Lrs
from tests.playing import Learner, Question, leave
from tests.waiting import until_quiet

PATIENCE = 40_000
"""Milliseconds: the player waits longer and longer between its attempts."""


class Sitting:
    """A learner, a package and an LRS that may fail."""

    def __init__(self, launch: TincanLaunch | Cmi5Launch, package: Path, browser: Browser) -> None:
        self.launch = launch
        self.lrs: Lrs = launch.content.lrs
        self.course = launch.add(package)
        self._browser = browser
        self.excused: tuple[str, ...] = ()
        """The rules of cmi5 that can't hold in this story, since a session had no chance to say its last word."""
        self._contexts: list[BrowserContext] = []
        self.context = self.another_browser()
        self.open()

    def another_browser(self) -> BrowserContext:
        """A browser that has nothing in it from before."""
        context = self._browser.new_context(locale="nb-NO")
        self._contexts.append(context)
        return context

    def open(self, context: BrowserContext | None = None) -> Learner:
        """Launch, in the same browser as before if no other is given."""
        self.page, frame = self.launch.open(self.course, context or self.context)
        self.learner = Learner(frame)
        return self.learner

    def close(self) -> None:
        self.lrs.faults = Faults()
        for context in self._contexts:
            context.close()

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.learner.lesson.questions

    def answer(self, number: int) -> None:
        """Answer a question rightly, on its page."""
        question = self.questions[number]
        self.learner.go_to(question.page)
        self.learner.answer(question, question.right)

    def answer_and(self, number: int, then: str) -> None:
        """Press «Sjekk svaret», and in the same moment something else: a script."""
        question = self.questions[number]
        self.learner.go_to(question.page)
        form = self.page.locator(f'form[data-question="{question.id}"]')
        for option in question.right:
            form.locator(f'input[value="{option}"]').check()
        form.evaluate(f"form => {{ form.requestSubmit(); {then} }}")

    def half_answer(self, number: int) -> None:
        """Choose an answer without pressing «Sjekk svaret»."""
        question = self.questions[number]
        self.learner.go_to(question.page)
        form = self.page.locator(f'form[data-question="{question.id}"]')
        form.locator(f'input[value="{question.right[0]}"]').check()

    def sees(self, *words: str) -> None:
        """The line has these texts of the interface, by their keys."""
        for word in words:
            text = self.learner.lesson.words[word].split("{")[0]
            expect(self.page.locator("#kp_notices")).to_contain_text(text, timeout=PATIENCE)

    def told(self) -> list[str]:
        """The questions whose answers the LRS has been told of, in its order."""
        names = {question.id.split(".")[1]: question.id for question in self.questions}
        return [names[each["object"]["id"].rsplit("/", 1)[1]] for each in self.lrs.said("answered")]

    def has(self, *numbers: int) -> None:
        """The LRS has exactly these answers, each told once; and so has the learner, in another browser."""
        expected = {self.questions[number].id for number in numbers}
        self.wait(lambda: set(self.told()) == expected)
        assert len(self.told()) == len(set(self.told()))
        self.leave()
        fresh = self.open(self.another_browser())
        answers = {question.id for question in self.questions if any(fresh.chosen(question))}
        assert answers == expected
        for number in numbers:
            assert fresh.chosen(self.questions[number]) == self.questions[number].right
        self.leave()
        self.keeps_the_rules()

    def leave(self) -> None:
        """Close the window, and wait until what was sent then has arrived."""
        if not self.page.is_closed():
            leave(self.page)
        self.settle()

    def crash(self) -> None:
        """The browser's process for this window ends."""
        with contextlib.suppress(Error):
            self.page.goto("chrome://crash", timeout=5_000)
        self.page.close()

    def kill(self) -> None:
        """The system kills every page of the browser, none of which gets a last word."""
        session = self._browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        with self.page.expect_event("crash"):
            for process in processes:
                if process["type"] == "renderer":
                    os.kill(process["id"], signal.SIGKILL)
        self.page.close()

    def settle(self) -> None:
        """Until nothing has been asked of the LRS for a while."""
        until_quiet(lambda: len(self.lrs.requests), lambda seconds: self.pause(1000 * seconds))

    def wait(self, true: Callable[[], bool]) -> None:
        """Until it holds; it must."""
        for _ in range(PATIENCE // 100):
            if true():
                return
            self.pause(100)
        assert true()

    def pause(self, milliseconds: int) -> None:
        """The browser's own clock: its events are heard meanwhile."""
        if self.page.is_closed():
            self.page = self.context.new_page()
        self.page.wait_for_timeout(milliseconds)

    def keeps_the_rules(self) -> None:
        """At most one completed and one passed; and for cmi5 all of its rules."""
        assert len(self.lrs.said("completed")) <= 1
        assert len(self.lrs.said("passed")) <= 1
        if isinstance(self.launch, Cmi5Launch):
            found = breaches(self.lrs.statements, launches(self.launch))
            left = [line for line in found if not line.startswith(self.excused)]
            assert left == [], "\n".join([*left, *map(str, self.lrs.requests)])
