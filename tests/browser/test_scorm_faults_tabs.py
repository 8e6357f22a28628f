"""Two windows of one learner at once, and windows in which nothing may be written."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.faulty import FaultyLms
from tests.browser.sitting import Sitting, held, reported

_WHILE = 0.3
"""Seconds in which the next window is opened."""


def test_two_windows_keep_each_others_answers(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    one = Sitting.begin(faulty_lms, course, desk)
    two = Sitting.begin(faulty_lms, course, desk)
    one.answer(0)
    two.answer(1)
    one.answer(2)
    two.leave()
    one.leave()
    assert held(faulty_lms, course, browser) == [0, 1, 2]
    assert reported(faulty_lms, course) == ["post.hva correct", "post.over correct", "post.hvem correct"]
    assert faulty_lms.stored(course).score == 100


def test_what_is_answered_in_one_window_is_shown_in_the_other(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext
) -> None:
    one = Sitting.begin(faulty_lms, course, desk)
    two = Sitting.begin(faulty_lms, course, desk)
    one.answer(0, 2)
    two.until(lambda: two.answered() == [0, 2])
    two.is_told_nothing()


def test_the_newest_answer_to_a_question_counts(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    one = Sitting.begin(faulty_lms, course, desk)
    two = Sitting.begin(faulty_lms, course, desk)
    question = one.learner.lesson.questions[0]
    one.learner.answer(question, question.wrong)
    two.until(lambda: two.learner.chosen(question) == question.wrong)
    one.learner.answer(question, question.right)
    two.until(lambda: two.answered() == [0])
    two.answer(1)
    two.leave()
    assert held(faulty_lms, course, browser) == [0, 1]


def test_the_window_that_cannot_save_leaves_its_answers_to_the_one_that_can(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    one = Sitting.begin(faulty_lms, course, desk)
    one.plan.always = "false"
    one.answer(0)
    one.is_told("unsaved_one", "unsaved_kept", "trouble_failed")
    one.page.close()
    one.until(lambda: faulty_lms.finished(course) == 1)
    one.plan.always = "true"
    two = Sitting.begin(faulty_lms, course, desk)
    two.answer(1)
    two.leave()
    assert held(faulty_lms, course, browser) == [0, 1]
    assert reported(faulty_lms, course) == ["post.hva correct", "post.over correct"]


_HOLD_BACK = """
const waiting = [];
let open = false;
const listen = window.addEventListener;
window.addEventListener = function (name, listener, ...how) {
  const heard = (event) => (open ? listener(event) : waiting.push(() => listener(event)));
  listen.call(this, name, name === "storage" ? heard : listener, ...how);
};
window.hear = () => {
  open = true;
  waiting.splice(0).forEach((hear) => hear());
};
"""
"""Nothing that another window writes is heard of before `hear` is called."""


def test_windows_that_save_before_they_hear_of_each_other_lose_nothing(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    desk.add_init_script(f"(() => {{ {_HOLD_BACK} }})()")
    one = Sitting.begin(faulty_lms, course, desk)
    two = Sitting.begin(faulty_lms, course, desk)
    one.answer(0)
    one.until(lambda: reported(faulty_lms, course) == ["post.hva correct"])
    two.answer(1)
    two.until(lambda: reported(faulty_lms, course) == ["post.over correct"])
    one.frame.evaluate("hear()")
    two.frame.evaluate("hear()")
    # What one window says reaches the other in the browser's own time; whoever leaves before has not heard it.
    two.until(lambda: reported(faulty_lms, course) == ["post.hva correct", "post.over correct"])
    one.leave()
    two.leave()
    assert held(faulty_lms, course, browser) == [0, 1]
    assert reported(faulty_lms, course) == ["post.hva correct", "post.over correct"]


def test_what_one_window_could_not_save_goes_with_the_next_save_of_another(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext, browser: Browser
) -> None:
    desk.add_init_script(f"(() => {{ {_HOLD_BACK} }})()")
    one = Sitting.begin(faulty_lms, course, desk)
    two = Sitting.begin(faulty_lms, course, desk)
    one.plan.always = "false"
    one.answer(0)
    one.is_told("unsaved_one", "unsaved_kept", "trouble_failed")
    one.page.close()
    one.until(lambda: faulty_lms.finished(course) == 1)
    one.plan.always = "true"
    two.answer(1)
    two.leave()
    assert held(faulty_lms, course, browser) == [0, 1]
    assert reported(faulty_lms, course) == ["post.hva correct", "post.over correct"]


def test_another_learner_at_the_same_machine_gets_nothing_of_it(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext
) -> None:
    one = Sitting.begin(faulty_lms, course, desk)
    one.plan.always = "false"
    one.answer(0)
    one.is_told("unsaved_one", "unsaved_kept", "trouble_failed")
    one.page.close()
    one.plan.told = {"cmi.core.student_id": "ola"}
    two = Sitting.begin(faulty_lms, course, desk)
    assert two.answered() == []
    names = "Object.entries(localStorage).filter(([name]) => name.includes(':unsaved:')).join()"
    assert "kari" not in two.frame.evaluate(names)


def test_a_new_attempt_gets_nothing_of_the_one_before(
    faulty_lms: FaultyLms, course: str, desk: BrowserContext
) -> None:
    one = Sitting.begin(faulty_lms, course, desk)
    one.plan.behind = _WHILE
    one.answer(0)
    one.plan.always = "false"
    one.answer(1)
    one.is_told("unsaved_one", "unsaved_kept", "trouble_failed")
    one.page.close()
    one.until(lambda: faulty_lms.finished(course) == 1)
    one.plan.always = "true"
    faulty_lms.forget(course)
    two = Sitting.begin(faulty_lms, course, desk)
    assert two.answered() == []
    two.answer(2)
    assert reported(faulty_lms, course) == ["post.hvem correct"]


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_nothing_is_written_where_nothing_may_be(
    mode: str, faulty_lms: FaultyLms, course: str, desk: BrowserContext
) -> None:
    before = Sitting.begin(faulty_lms, course, desk)
    before.plan.behind = _WHILE
    before.answer(0)
    before.leave()
    before.until(lambda: faulty_lms.finished(course) == 1)
    kept = faulty_lms.stored(course)
    sitting = Sitting.begin(faulty_lms, course, desk, mode=mode)
    sitting.is_told("review_mode")
    assert sitting.answered() == [0]
    sitting.answer(1)
    sitting.is_told("review_mode")
    assert sitting.kept() == []
    sitting.leave()
    sitting.until(lambda: faulty_lms.finished(course) == 2)
    assert faulty_lms.stored(course) == kept
