"""What only wagtail-lms shows: no LMSFinish, an own end before the page's, and a course that is completed by status."""

from __future__ import annotations

from tests.lms.story import Story


def test_the_course_is_completed_when_the_module_is(wagtail_story: Story) -> None:
    assert wagtail_story.first.stored.everything["course completed"] is None
    assert wagtail_story.second.stored.everything["course completed"] is not None


def test_the_range_of_the_score_is_stored(wagtail_story: Story) -> None:
    stored = wagtail_story.second.stored.everything
    assert (stored["score_min"], stored["score_max"]) == (0, 100)
