"""The calls that a SCORM 1.2 package makes, under an API that refuses whatever any known LMS refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.lms.apihost import ApiHost, Call
from tests.lms.story import Story
from tests.playing import Learner, leave
from tests.waiting import until

STATUS = "cmi.core.lesson_status"


@pytest.fixture(scope="module")
def sessions(strict_lms: ApiHost, strict_story: Story) -> list[list[Call]]:
    """The calls of the three sittings."""
    assert strict_story.lesson.questions
    until(lambda: strict_lms.has_heard_all("strict-0"))
    return strict_lms.sessions("strict-0")


@pytest.fixture
def course(strict_lms: ApiHost, scorm12_package: Path) -> str:
    """The package imported anew, so that nothing is stored."""
    return strict_lms.add(scorm12_package)


def closed(page: Page, lms: ApiHost, course: str) -> None:
    """Close the window, and wait until the LMS has heard all that was said."""
    leave(page)
    until(lambda: lms.has_heard_all(course))


def written(calls: list[Call]) -> list[tuple[str, ...]]:
    return [call.given for call in calls if call.name == "LMSSetValue"]


def names(calls: list[Call]) -> list[str]:
    return [call.name for call in calls]


def test_no_call_is_refused(sessions: list[list[Call]]) -> None:
    assert [call for calls in sessions for call in calls if call.error != "0"] == []


def test_a_session_is_initialised_first_and_finished_last_and_once(sessions: list[list[Call]]) -> None:
    assert len(sessions) == 3
    for calls in sessions:
        assert names(calls)[0] == "LMSInitialize"
        assert names(calls)[-1] == "LMSFinish"
        assert names(calls).count("LMSInitialize") == names(calls).count("LMSFinish") == 1


def test_incomplete_is_the_first_thing_that_is_written(sessions: list[list[Call]]) -> None:
    assert written(sessions[0])[0] == (STATUS, "incomplete")


def test_the_score_is_written_before_the_status_that_ends_the_course(sessions: list[list[Call]]) -> None:
    writes = written(sessions[1])
    assert writes.index(("cmi.core.score.raw", "75")) < writes.index((STATUS, "completed"))
    assert ("cmi.core.score.min", "0") in writes
    assert ("cmi.core.score.max", "100") in writes


def test_every_commit_says_the_status(sessions: list[list[Call]]) -> None:
    for calls in sessions:
        said = False
        for call in calls:
            said = said or call.given[:1] == (STATUS,)
            if call.name == "LMSCommit":
                assert said
                said = False


def test_what_is_finished_is_never_called_incomplete_again(sessions: list[list[Call]]) -> None:
    end = written(sessions[1]).index((STATUS, "completed"))
    assert (STATUS, "incomplete") not in [*written(sessions[1])[end:], *written(sessions[2])]


def test_leaving_half_way_suspends_and_leaving_finished_does_not(sessions: list[list[Call]]) -> None:
    exits = [[value for name, value in written(calls) if name == "cmi.core.exit"][-1] for calls in sessions]
    assert exits == ["suspend", "", ""]


def test_each_session_tells_its_time_before_it_ends(sessions: list[list[Call]]) -> None:
    for calls in sessions:
        times = [call.given[1] for call in calls if call.given[:1] == ("cmi.core.session_time",)]
        assert times
        assert times[-1] > "0000:00:00.00"


def test_an_answer_is_kept_when_the_window_is_closed_at_once(
    strict_lms: ApiHost, course: str, desk: BrowserContext
) -> None:
    page, frame = strict_lms.open(course, desk)
    learner = Learner(frame)
    question = learner.lesson.questions[0]
    learner.answer(question, question.correct)
    closed(page, strict_lms, course)
    _, frame = strict_lms.open(course, desk)
    assert Learner(frame).chosen(question) == question.correct


def test_the_session_ends_once_when_the_lms_takes_the_frame_away(
    strict_lms: ApiHost, course: str, desk: BrowserContext
) -> None:
    page, frame = strict_lms.open(course, desk)
    Learner(frame).next()
    page.locator("#course").evaluate("frame => { frame.src = 'about:blank'; }")
    page.wait_for_timeout(500)
    closed(page, strict_lms, course)
    calls = strict_lms.calls(course)
    assert names(calls).count("LMSFinish") == 1
    assert names(calls)[-1] == "LMSFinish"
    assert [call for call in calls if call.error != "0"] == []


def test_in_review_nothing_is_written(strict_lms: ApiHost, course: str, desk: BrowserContext) -> None:
    page, frame = strict_lms.open(course, desk, mode="review")
    learner = Learner(frame)
    question = learner.lesson.questions[0]
    learner.answer(question, question.correct)
    learner.next()
    assert learner.sees("review_mode")
    closed(page, strict_lms, course)
    assert written(strict_lms.calls(course)) == []


def test_a_damaged_state_opens_at_the_bookmark(
    strict_lms: ApiHost, course: str, desk: BrowserContext
) -> None:
    strict_lms.seed(
        course,
        {
            STATUS: "incomplete",
            "cmi.suspend_data": "1AAAAhalf a state of some other course ÆØÅ",
            "cmi.core.lesson_location": "strategi.sammen",
        },
    )
    _, frame = strict_lms.open(course, desk)
    assert Learner(frame).page() == "strategi.sammen"


def test_a_result_that_the_lms_already_holds_stands(
    strict_lms: ApiHost, course: str, desk: BrowserContext
) -> None:
    strict_lms.seed(course, {STATUS: "passed", "cmi.core.score.raw": "100"})
    page, frame = strict_lms.open(course, desk)
    Learner(frame).next()
    closed(page, strict_lms, course)
    assert strict_lms.stored(course).status == "passed"
    assert strict_lms.stored(course).score == 100


def test_a_learner_without_an_lms_is_told_and_can_read_on(
    strict_lms: ApiHost, course: str, desk: BrowserContext
) -> None:
    _, frame = strict_lms.open(course, desk, api="none")
    learner = Learner(frame)
    expect(frame.get_by_text(learner.lesson.words["no_lms"])).to_be_visible()
    learner.next()
    question = learner.lesson.questions[1]
    learner.answer(question, question.correct)
    assert strict_lms.calls(course) == []
