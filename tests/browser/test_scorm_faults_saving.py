"""Saving that fails: what the learner is told, and that no answer is lost.

Each scenario says what goes wrong, what the learner reads meanwhile, and what puts an end to it. Afterwards the
learner's window is closed, and the LMS must hold every answer, seen from another browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.faulty import FaultyLms
from tests.browser.sitting import Sitting, held, reported

ALL = ["post.hva correct", "post.over correct", "post.hvem correct"]


@dataclass(frozen=True)
class Scenario:
    """What goes wrong, what the learner is told (`n` answers are not saved), and what mends it."""

    breaks: Callable[[Sitting], None]
    told: str
    mends: Callable[[Sitting], None]


def refuse_three_commits(sitting: Sitting) -> None:
    sitting.plan.commits = ["false"] * 3


def refuse_commits(sitting: Sitting) -> None:
    sitting.plan.always = "false"


def refuse_values(sitting: Sitting) -> None:
    sitting.plan.sets = False


def refuse_long_states(sitting: Sitting) -> None:
    sitting.plan.refuse = 10


def forget_the_session(sitting: Sitting) -> None:
    sitting.plan.dead = True


def lose_the_network(sitting: Sitting) -> None:
    sitting.desk.set_offline(True)


def wait(sitting: Sitting) -> None:
    """The course tries again of its own accord."""


def mend(sitting: Sitting) -> None:
    plan = sitting.plan
    plan.always, plan.sets, plan.refuse, plan.dead = "true", True, None, False


def find_the_network(sitting: Sitting) -> None:
    sitting.desk.set_offline(False)


SCENARIOS = {
    "three commits fail": Scenario(refuse_three_commits, "failed", wait),
    "every commit fails for a while": Scenario(refuse_commits, "failed", mend),
    "no value is taken": Scenario(refuse_values, "refused", mend),
    "the state is refused": Scenario(refuse_long_states, "refused", mend),
    "the session is forgotten and known again": Scenario(forget_the_session, "expired", mend),
    "no network, and the LMS says «saved»": Scenario(lose_the_network, "offline", find_the_network),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_nothing_is_lost(
    scenario: Scenario, faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    sitting.is_told_nothing()
    scenario.breaks(sitting)
    sitting.answer(1)
    sitting.is_told("unsaved_one", "unsaved_kept", f"trouble_{scenario.told}")
    sitting.answer(2)
    scenario.mends(sitting)
    sitting.until(lambda: reported(faulty_lms, course) == ALL)
    sitting.until(lambda: faulty_lms.stored(course).score == 100)
    sitting.until(lambda: not sitting.kept())
    sitting.leave()
    assert held(faulty_lms, course, browser) == [0, 1, 2]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_who_gives_up_and_comes_back_finds_everything(
    scenario: Scenario, faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    scenario.breaks(sitting)
    sitting.plan.commits *= 10
    sitting.answer(1, 2)
    sitting.is_told("unsaved", "unsaved_kept", f"trouble_{scenario.told}", n=2)
    assert sitting.download().count("Svaret ditt") == 3
    sitting.leave()
    sitting.plan.commits = []
    scenario.mends(sitting)
    mend(sitting)
    again = Sitting.begin(faulty_lms, course, desk)
    assert again.answered() == [0, 1, 2]
    again.is_told_nothing()
    again.until(lambda: faulty_lms.stored(course).score == 100)
    assert reported(faulty_lms, course) == ALL
    assert again.kept() == []
    assert held(faulty_lms, course, browser) == [0, 1, 2]


def test_each_change_is_said_once(faulty_lms: FaultyLms, course: str, desk: BrowserContext) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    sitting.frame.evaluate(
        """() => {
          window.said = [];
          const line = document.getElementById("kp_notices");
          new MutationObserver(() => window.said.push(line.textContent)).observe(line, { childList: true });
        }"""
    )
    sitting.plan.always = "false"
    sitting.answer(1, 2)
    before = len(faulty_lms.calls(course)[0])
    sitting.until(lambda: len(faulty_lms.calls(course)[0]) > before + 20)
    sitting.plan.always = "true"
    sitting.is_told("saved_status")
    said = sitting.frame.evaluate("window.said")
    assert len(said) == len(set(said)), said


def test_a_state_that_is_cut_is_noticed_and_kept_in_the_browser(
    faulty_lms: FaultyLms, long_course: str, desk: BrowserContext
) -> None:
    sitting = Sitting.begin(faulty_lms, long_course, desk)
    sitting.plan.cut = 210
    questions = len(sitting.learner.lesson.questions)
    sitting.answer(*range(questions))
    sitting.is_told_also("unsaved_kept", "trouble_refused")
    sitting.leave()
    again = Sitting.begin(faulty_lms, long_course, desk)
    assert again.answered() == list(range(questions))


@pytest.mark.parametrize("limit", ["refuse", "cut"])
def test_a_state_that_may_be_as_long_as_the_standard_says_is_never_too_long(
    limit: str, faulty_lms: FaultyLms, long_course: str, desk: BrowserContext, browser: Browser
) -> None:
    setattr(faulty_lms.plan(long_course), limit, 4096)
    sitting = Sitting.begin(faulty_lms, long_course, desk)
    questions = range(len(sitting.learner.lesson.questions))
    sitting.answer(*questions)
    sitting.leave()
    assert sitting.plan.always == "true"
    assert held(faulty_lms, long_course, browser) == list(questions)


def test_commits_that_are_lost_and_called_saved_are_made_good_by_the_next(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.plan.commits = ["lost"]
    sitting.answer(0)
    sitting.is_told_nothing()
    sitting.answer(1)
    sitting.leave()
    assert held(faulty_lms, course, browser) == [0, 1]


def test_an_answer_in_a_commit_that_was_lost_is_reported_at_the_next_launch(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    sitting.answer(0)
    page = sitting.learner.lesson.questions[1].page
    sitting.learner.go_to(page)
    sitting.until(lambda: faulty_lms.stored(course).location == page)
    sitting.plan.commits = ["lost"]
    sitting.answer(1)
    sitting.leave()
    sitting.until(lambda: faulty_lms.finished(course) == 1)
    assert reported(faulty_lms, course) == ["post.hva correct"]
    again = Sitting.begin(faulty_lms, course, desk)
    once_more = ["post.hva correct", "post.hva correct", "post.over correct"]
    again.until(lambda: reported(faulty_lms, course) == once_more)
    again.leave()
    again.until(lambda: faulty_lms.finished(course) == 2)
    third = Sitting.begin(faulty_lms, course, desk)
    third.answer(2)
    third.leave()
    assert held(faulty_lms, course, browser) == [0, 1, 2]
    assert reported(faulty_lms, course) == [*once_more, "post.hvem correct"]


def test_the_completion_that_was_in_a_failed_commit_is_sent_again(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext
) -> None:
    sitting = Sitting.begin(faulty_lms, course, desk)
    for page in sitting.learner.lesson.pages:
        sitting.learner.go_to(page)
    sitting.answer(0, 1)
    sitting.plan.commits = ["false"]
    sitting.answer(2)
    sitting.is_told("saved_status")
    assert faulty_lms.stored(course).status == "completed"
    assert faulty_lms.stored(course).score == 100
    assert faulty_lms.stored(course).exit == ""
    assert reported(faulty_lms, course) == ALL
