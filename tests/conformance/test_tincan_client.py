"""`tincan`, an independent client, reads from the LRS what a played package has told."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tincan import Activity, Agent, AgentAccount, RemoteLRS, Statement, Verb

from tests.conformance.launchers import KARI, TincanLaunch
from tests.lms.story import Story
from tests.lrs import Lrs
from tests.webhost import WebHost

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LEARNER = Agent(
    name=KARI["name"],
    account=AgentAccount(home_page=KARI["account"]["homePage"], name=KARI["account"]["name"]),
)


def client_of(lrs: Lrs) -> RemoteLRS:
    client = RemoteLRS(endpoint=lrs.address, username="tincan", password="tincan", version="1.0.3")  # noqa: S106
    lrs.credentials.add(client.auth)
    return client


@pytest.fixture(scope="module")
def client(tincan_launch: TincanLaunch, tincan_story: Story) -> RemoteLRS:
    assert tincan_story.lesson.questions
    return client_of(tincan_launch.content.lrs)


def asked(client: RemoteLRS, verb: str) -> list[Statement]:
    """The statements with an ADL verb, oldest first, as tincan's own objects."""
    answer = client.query_statements({"verb": Verb(id=f"http://adlnet.gov/expapi/verbs/{verb}")})
    assert answer.success, answer.data
    return list(reversed(answer.content.statements))


def test_every_statement_becomes_one_of_tincans_objects(
    client: RemoteLRS, tincan_launch: TincanLaunch
) -> None:
    recorded = tincan_launch.content.lrs.statements
    answer = client.query_statements({"agent": LEARNER})
    assert answer.success, answer.data
    assert [str(each.id) for each in reversed(answer.content.statements)] == [each["id"] for each in recorded]
    course = tincan_launch.content.course("course-0")
    assert {str(each.context.registration) for each in answer.content.statements} == {course.registration}


def test_a_statement_is_found_by_its_id(client: RemoteLRS, tincan_launch: TincanLaunch) -> None:
    first = tincan_launch.content.lrs.statements[0]
    answer = client.retrieve_statement(first["id"])
    assert answer.success, answer.data
    assert answer.content.verb.display["nb"] == "startet"
    assert answer.content.object.id == tincan_launch.content.course("course-0").activity


def test_the_result_is_read_as_a_score(client: RemoteLRS) -> None:
    (passed,) = asked(client, "passed")
    assert passed.result.success is True
    assert (passed.result.score.scaled, passed.result.score.raw) == (0.75, 75)
    assert (passed.result.score.min, passed.result.score.max) == (0, 100)
    assert timedelta(0) < passed.result.duration < timedelta(minutes=5)


def test_answers_are_read_as_interactions(client: RemoteLRS, tincan_story: Story) -> None:
    answered = asked(client, "answered")
    assert [each.result.success for each in answered] == [True, False, True, True]
    for question, statement in zip(tincan_story.lesson.questions, answered, strict=True):
        definition = statement.object.definition
        assert definition.interaction_type == question.type
        if question.type == "choice":
            assert [choice.id for choice in definition.choices] == list(question.options)
            assert [choice.description["nb"] for choice in definition.choices] == list(
                question.options.values()
            )


def test_the_learners_state_is_read_back(
    client: RemoteLRS, tincan_launch: TincanLaunch, tincan_story: Story
) -> None:
    course = tincan_launch.content.course("course-0")
    activity = Activity(id=course.activity)
    listed = client.retrieve_state_ids(activity, LEARNER, registration=course.registration)
    assert listed.success, listed.data
    assert listed.content == ["suspendData"]
    answer = client.retrieve_state(activity, LEARNER, "suspendData", registration=course.registration)
    assert answer.success, answer.data
    content = answer.content.content
    document = json.loads(content if isinstance(content, str) else bytes(content))
    assert document["page"] == next(iter(tincan_story.lesson.pages))
    assert 5 < len(document["state"]) <= 4096


def test_tincan_saves_a_state_twice_and_without_its_registration() -> None:
    """What every LRS must survive, and why a state with a registration is never saved by tincan."""
    with WebHost() as host:
        lrs = Lrs(host)
        client = client_of(lrs)
        activity = Activity(id="https://example.org/kurs")
        registration = "2af01743-8d97-423e-988a-25c69fa4ea66"
        answer = client.save_state(_state(activity, registration))
        assert answer.success, answer.data
        assert lrs.requests == ["PUT activities/state bokmerke"] * 2
        assert lrs.state(activity.id, KARI, "bokmerke", registration) is None
        assert lrs.state(activity.id, KARI, "bokmerke") == b"side 2"


def _state(activity: Activity, registration: str) -> object:
    from tincan.documents import StateDocument

    return StateDocument(
        id="bokmerke",
        activity=activity,
        agent=LEARNER,
        registration=registration,
        content="side 2",
        content_type="text/plain",
    )
