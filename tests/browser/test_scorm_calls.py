"""The calls that a short course makes, word for word; and that a long course makes no more of them.

The words are stored in tests/golden/calls; after a wanted change, `pytest tests/browser/test_scorm_calls.py
--save-golden`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.faulty import FaultyLms
from tests.browser.sitting import Sitting
from tests.golden.golden import compare_file

GOLDEN = Path(__file__).parents[1] / "golden" / "calls"
# What is another one each time: the state but for its form, and times.
_STATE = re.compile(r"^1[\w-]{4}")
_TIME = re.compile(r"^\d{2,4}:\d\d:\d\d(\.\d\d)?$")


def told(calls: list[list[str]]) -> str:
    """The calls, one a line."""
    return "".join(f"{call[0]}({', '.join(map(_same, call[1:-1]))})\n" for call in calls)


def _same(text: str) -> str:
    return "STATE" if _STATE.match(text) else "TIME" if _TIME.match(text) else text


class Log:
    """What the course has said in one launch, under headings."""

    def __init__(self, sitting: Sitting) -> None:
        self._page = sitting.page
        self._seen = 0
        self.text = ""
        self.counts: dict[str, int] = {}

    def note(self, heading: str, last: str = "LMSCommit") -> None:
        """Wait until the call `last` has been made; then note what has been said, for it is said in one breath."""
        self._page.wait_for_function(
            "([seen, last]) => calls.slice(seen).some(([name]) => name === last)", arg=[self._seen, last]
        )
        calls: list[list[str]] = self._page.evaluate("calls")
        new, self._seen = calls[self._seen :], len(calls)
        assert sum(call[0] == "LMSCommit" for call in new) <= 1, heading
        self.counts[heading] = max(len(new), self.counts.get(heading, 0))
        self.text += f"# {heading}\n{told(new)}\n"


def sit(lms: FaultyLms, course: str, desk: BrowserContext) -> tuple[str, dict[str, int]]:
    """Go through the course: what it says, and how many calls each thing took."""
    sitting = Sitting.begin(lms, course, desk)
    learner, log = sitting.learner, Log(sitting)
    first, second, *others = learner.lesson.questions
    pages = list(learner.lesson.pages)
    log.note("launch")
    learner.answer(first, first.right)
    log.note("a right answer")
    learner.next()
    log.note("a page turned")
    learner.answer(second, second.wrong)
    log.note("a wrong answer")
    for page in pages[1:-1]:
        if page != learner.page():
            learner.go_to(page)
            log.note("a page turned")
        for each in others:
            if each.page == page:
                learner.answer(each, each.right)
                log.note("a right answer")
    learner.go_to(pages[-1])
    log.note("the last page, and done")
    sitting.frame.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    log.note("leaving", "LMSFinish")
    again = Log(Sitting.begin(lms, course, desk))
    again.note("launched again")
    review = Log(Sitting.begin(lms, course, desk, mode="review"))
    review.note("launched in review", "LMSGetValue")
    return log.text + again.text + review.text, {**log.counts, **again.counts, **review.counts}


def test_the_calls_of_a_short_course(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, pytestconfig: pytest.Config
) -> None:
    text, counts = sit(faulty_lms, course, desk)
    compare_file(text, GOLDEN / "short.txt", pytestconfig)
    assert max(counts["launch"], counts["launched again"], counts["launched in review"]) <= 12


def test_a_course_ten_times_as_long_makes_no_more_of_them(
    faulty_lms: FaultyLms, course: str, long_course: str, desk: BrowserContext
) -> None:
    _, short = sit(faulty_lms, course, desk)
    _, long = sit(faulty_lms, long_course, desk)
    # A state of more than 200 characters is read back once, to see whether the LMS has cut it.
    assert {name: count for name, count in long.items() if count > short[name] + 1} == {}
    assert long["launched again"] <= 12
