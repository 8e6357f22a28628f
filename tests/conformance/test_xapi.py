"""The xAPI package, launched the Tin Can way, and what it tells the LRS."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conformance.judge import complaints, learning_locker, ralph
from tests.conformance.launchers import KARI, TincanLaunch
from tests.lms.story import Story
from tests.lrs import Document

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def statements(tincan_launch: TincanLaunch, tincan_story: Story) -> list[Document]:
    assert tincan_story.lesson.questions
    return tincan_launch.content.lrs.statements


def verbs(statements: list[Document]) -> list[str]:
    return [each["verb"]["id"].rsplit("/", 1)[1] for each in statements]


def test_nothing_fails_and_nothing_is_refused(tincan_launch: TincanLaunch, tincan_story: Story) -> None:
    sittings = (tincan_story.first, tincan_story.second, tincan_story.third)
    # A state that nobody has written yet is asked for once, and the browser reports the 404.
    assert [line for sitting in sittings for line in sitting.complaints if "404 for" not in line] == []
    assert tincan_launch.content.lrs.refusals == ["404 GET activities/state: no such document"]


def test_the_learner_comes_back_to_the_page_and_the_answers(tincan_story: Story) -> None:
    assert tincan_story.second.page == tincan_story.left
    assert {
        name: chosen for name, chosen in tincan_story.second.chosen.items() if chosen
    } == tincan_story.answers
    assert tincan_story.third.chosen == tincan_story.all_answers


def test_a_sitting_begins_with_initialized_or_resumed_and_ends_when_it_is_left(
    statements: list[Document],
) -> None:
    edges = [
        name for name in verbs(statements) if name in ("initialized", "resumed", "suspended", "terminated")
    ]
    assert edges == ["initialized", "suspended", "resumed", "terminated", "resumed", "terminated"]


def test_completion_and_result_are_told_once_with_the_score(
    tincan_launch: TincanLaunch, tincan_story: Story
) -> None:
    lrs = tincan_launch.content.lrs
    (completed,), (passed,) = lrs.said("completed"), lrs.said("passed")
    expected = {"scaled": 0.75, "raw": tincan_story.lesson.score(3), "min": 0, "max": 100}
    assert completed["result"]["completion"] is True
    assert passed["result"]["success"] is True
    assert passed["result"]["score"] == completed["result"]["score"] == expected
    assert lrs.said("failed") == []


def test_nothing_is_completed_before_the_end(tincan_story: Story) -> None:
    assert tincan_story.first.stored.status == "incomplete"
    assert tincan_story.first.stored.score is None


def test_each_answer_is_told_as_an_interaction(tincan_launch: TincanLaunch, tincan_story: Story) -> None:
    answered = tincan_launch.content.lrs.said("answered")
    questions = tincan_story.lesson.questions
    assert [each["result"]["success"] for each in answered] == [True, False, True, True]
    for question, statement in zip(questions, answered, strict=True):
        module, name = question.id.split(".")
        assert statement["object"]["id"].endswith(f"/{module}/{name}")
        definition = statement["object"]["definition"]
        assert definition["interactionType"] == question.type
        assert definition["correctResponsesPattern"] == ["[,]".join(sorted(question.correct))]
        assert statement["result"]["response"] == "[,]".join(sorted(tincan_story.all_answers[question.id]))


def test_every_statement_is_about_kari_in_this_registration(
    tincan_launch: TincanLaunch, statements: list[Document]
) -> None:
    course = tincan_launch.content.course("course-0")
    assert {each["context"]["registration"] for each in statements} == {course.registration}
    assert all(each["actor"] == KARI for each in statements)
    assert all(each["timestamp"].endswith("Z") for each in statements)


def test_pages_and_questions_belong_to_the_launched_activity(
    tincan_launch: TincanLaunch, statements: list[Document]
) -> None:
    course = tincan_launch.content.course("course-0")
    for statement in statements:
        if statement["object"]["id"] != course.activity:
            (parent,) = statement["context"]["contextActivities"]["parent"]
            assert parent["id"] == course.activity
            assert statement["object"]["id"].startswith(f"{course.activity}/")


def test_the_statements_are_valid_by_an_independent_judge(statements: list[Document]) -> None:
    assert complaints(statements) == []


@pytest.mark.parametrize("judge", [ralph, learning_locker])
@pytest.mark.parametrize(
    "wrong",
    [
        {"result": {"score": {"scaled": 1.5}}},
        {"result": {"duration": "1.5 s"}},
        {"verb": {"id": "experienced"}},
        {"actor": {"objectType": "Agent", "name": "Kari"}},
        {"context": {"registration": "kari"}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_each_judge_objects_to_a_bad_statement(
    statements: list[Document], judge: Callable[[list[Document]], list[str]], wrong: Document
) -> None:
    assert judge([{**statements[0], **wrong}]) != []
