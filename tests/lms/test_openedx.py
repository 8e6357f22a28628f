"""What only Open edX' blocks show: a grade of their own, and no status, score or mode that can be read back."""

from __future__ import annotations

import pytest

from tests.lms.openedx import Workbench
from tests.lms.story import Story


@pytest.fixture(scope="module")
def author_fields(workbench: Workbench, openedx_story: Story) -> dict[str, object]:
    assert openedx_story.lesson.pages
    return workbench.fields("scorm", of_learner=False)


def test_the_package_is_taken_for_scorm_1_2_and_its_course_page_is_launched(
    author_fields: dict[str, object],
) -> None:
    assert author_fields.get("scorm_version", "SCORM_12") == "SCORM_12"
    assert author_fields["index_page_path"] == "index.html"


def test_the_block_sees_that_the_package_reports_completion(author_fields: dict[str, object]) -> None:
    assert author_fields["package_warnings"] == []


def test_the_grade_is_published_with_the_status(openedx_story: Story) -> None:
    assert openedx_story.first.stored.everything.get("lesson_score") is None
    assert openedx_story.second.stored.everything["lesson_score"] == 0.75


def test_cmi5_is_recorded_with_status_and_score(openedx_cmi5_story: Story) -> None:
    assert openedx_cmi5_story.first.stored.status is None
    assert openedx_cmi5_story.second.stored.status == "passed"
    assert openedx_cmi5_story.second.stored.score == 0.75
    assert openedx_cmi5_story.second.stored.suspend_data


def test_cmi5_does_not_lose_the_result_by_coming_back(openedx_cmi5_story: Story) -> None:
    assert openedx_cmi5_story.third.chosen == openedx_cmi5_story.all_answers
    assert openedx_cmi5_story.third.stored.status == openedx_cmi5_story.second.stored.status
    assert openedx_cmi5_story.third.stored.score == openedx_cmi5_story.second.stored.score
