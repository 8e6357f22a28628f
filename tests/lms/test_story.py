"""What holds in every LMS when a learner leaves half-way, comes back, finishes, and comes back once more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.lms.story import Story

SCORM = ("scormhost_story", "wagtail_story", "openedx_story", "strict_story", "scorm_again_story")


# `browser` is named so that every test asks for it in the same way; it would be started anew for each way of asking.
@pytest.fixture(params=[*SCORM, "openedx_cmi5_story"])
def story(request: pytest.FixtureRequest, browser: Browser) -> Story:
    assert browser.is_connected()
    played: Story = request.getfixturevalue(request.param)
    return played


@pytest.fixture(params=SCORM)
def scorm_story(request: pytest.FixtureRequest, browser: Browser) -> Story:
    assert browser.is_connected()
    played: Story = request.getfixturevalue(request.param)
    return played


def test_a_new_learner_starts_on_the_first_page_with_nothing_answered(story: Story) -> None:
    assert story.first.page == next(iter(story.lesson.pages))
    assert not any(story.first.chosen.values())
    assert not story.first.resumed


def test_the_package_finds_its_lms(story: Story) -> None:
    assert not story.first.alone
    assert not story.second.alone


def test_nothing_fails_and_no_other_host_is_asked(story: Story) -> None:
    assert [*story.first.complaints, *story.second.complaints, *story.third.complaints] == [], story.log


def test_pictures_videos_and_captions_can_be_shown(story: Story) -> None:
    assert story.first.broken == ()


def test_half_way_is_stored_as_incomplete_with_the_page_and_the_state_but_no_score(
    scorm_story: Story,
) -> None:
    stored = scorm_story.first.stored
    assert stored.status == "incomplete", scorm_story.log
    assert stored.location == scorm_story.left
    assert not stored.score  # with a pass mark half a test has no result; one LMS begins with 0
    assert 5 < len(stored.suspend_data or "") <= 4096


def test_the_second_sitting_opens_where_the_first_was_left_with_its_answers(story: Story) -> None:
    assert story.second.page == story.left, story.log
    assert {question: chosen for question, chosen in story.second.chosen.items() if chosen} == story.answers
    assert story.second.resumed


def test_finishing_everything_is_stored_as_completed_with_the_computed_score(scorm_story: Story) -> None:
    stored = scorm_story.second.stored
    assert stored.status == "completed", scorm_story.log
    assert stored.score == scorm_story.lesson.score(3) == 75
    assert 5 < len(stored.suspend_data or "") <= 4096
    assert stored.suspend_data != scorm_story.first.stored.suspend_data


def test_each_answer_is_stored_as_an_interaction(scorm_story: Story) -> None:
    kept = [scorm_story.second.stored.interactions[index] for index in ("0", "1", "2", "3")]
    questions = scorm_story.lesson.questions
    assert [entry["id"] for entry in kept] == [question.id for question in questions]
    assert [entry["type"] for entry in kept] == [question.type for question in questions]
    assert [entry["result"] for entry in kept] == ["correct", "wrong", "correct", "correct"]


def test_coming_back_after_the_end_shows_everything_and_changes_no_result(scorm_story: Story) -> None:
    assert scorm_story.third.page == list(scorm_story.lesson.pages)[-1]
    assert scorm_story.third.chosen == scorm_story.all_answers
    assert scorm_story.third.stored.status == scorm_story.second.stored.status, scorm_story.log
    assert scorm_story.third.stored.score == scorm_story.second.stored.score
