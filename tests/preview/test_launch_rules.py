"""Every rule of cmi5 for AUs, broken alone; what is refused is not stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.context import CONTEXT
from kurspakke.preview.cmi5.form import FORM
from kurspakke.preview.cmi5.order import ORDER, RESENT
from kurspakke.preview.cmi5.requests import REQUESTS
from kurspakke.preview.cmi5.results import RESULTS
from kurspakke.preview.cmi5.rules import Breach
from kurspakke.preview.cmi5.scores import SCORES
from kurspakke.preview.sessions import Mode
from tests.launching import AuPlayer, Statement, World, asked, au, cmi5

SCORED = au(move_on="Passed", more=" masteryScore='0.8'")
_SESSION = f"context.extensions.{terms.SESSION_ID}"
_MASTERY = f"context.extensions.{terms.MASTERY_SCORE}"
_CATEGORY = "context.contextActivities.category"
_PLAIN = [{"id": terms.CATEGORY}]
_MOVING = [*_PLAIN, {"id": terms.MOVE_ON_CATEGORY}]


def changed(statement: Statement, path: str, value: Any) -> Statement:
    """The statement with another value at `path`, dots between names; None takes it out."""
    whole = json.loads(json.dumps(statement))
    inner = whole
    # Extensions are named by addresses, which have dots of their own.
    head, _, address = path.partition(".extensions.")
    names = [*head.split("."), "extensions", address] if address else path.split(".")
    for name in names[:-1]:
        inner = inner.setdefault(name, {})
    if value is None:
        inner.pop(names[-1])
    else:
        inner[names[-1]] = value
    return whole


@pytest.fixture
def player() -> AuPlayer:
    return World(cmi5(SCORED)).launch().begins()


REFUSED = [
    ("9.1.0.0-1", "without-id", ("completed", "id", None)),
    ("6.3.0.0-1", "voiding", ("allowed", "verb.id", terms.VOIDED)),
    ("9.7.0.0-1", "without-timestamp", ("completed", "timestamp", None)),
    ("9.7.0.0-2", "not-in-utc", ("completed", "timestamp", "2126-03-01T10:00:00+02:00")),
    ("9.7.0.0-2", "not-in-utc", ("completed", "timestamp", "2126-03-01T10:00:00")),
    ("9.2.0.0-2", "not-an-agent", ("completed", "actor.objectType", "Group")),
    ("9.2.0.0-3", "without-account", ("completed", "actor.account", None)),
    ("8.1.3.0-3", "another-actor", ("completed", "actor.account.name", "per")),
    ("8.1.3.0-3", "another-actor", ("allowed", "actor.account", None)),
    ("9.3.0.0-1", "not-a-verb-of-the-au", ("allowed", _CATEGORY, _PLAIN)),
    ("8.1.5.0-6", "about-something-else", ("completed", "object.id", "https://kurs.example/au")),
    ("8.1.5.0-6", "about-something-else", ("completed", "object.objectType", "StatementRef")),
    ("9.6.1.0-1", "another-registration", ("completed", "context.registration", None)),
    (
        "9.6.1.0-1",
        "another-registration",
        (
            "allowed",
            "context.registration",
            "8b1f0b0a-5f5e-4c57-9a39-0f1f1d9f3a11",
        ),
    ),
    ("9.6.3.1-4", "without-session", ("completed", _SESSION, None)),
    ("9.6.3.1-4", "without-session", ("allowed", _SESSION, "en annen")),
    ("10.2.1.0-6", "not-on-the-template", ("completed", "context.contextActivities.grouping", None)),
    ("10.2.1.0-6", "not-on-the-template", ("allowed", "context.contextActivities.grouping", [])),
    ("9.6.2.2-1", "without-move-on", ("completed", _CATEGORY, _PLAIN)),
    ("9.6.2.2-1", "without-move-on", ("passed", _CATEGORY, _PLAIN[0])),
    ("9.6.2.2-2", "move-on-elsewhere", ("terminated", _CATEGORY, _MOVING)),
    ("9.6.2.2-2", "move-on-elsewhere", ("allowed", _CATEGORY, _MOVING[1:])),
    ("9.5.1.0-2", "score-elsewhere", ("completed", "result.score", {"scaled": 0.9})),
    ("9.5.1.0-3", "raw-without-bounds", ("passed", "result.score", {"scaled": 0.9, "raw": 9, "max": 10})),
    ("9.5.1.0-3", "raw-without-bounds", ("passed", "result.score", {"scaled": 0.9, "raw": 0, "min": 0})),
    ("9.3.4.0-2", "passed-below-mastery", ("passed", "result.score.scaled", 0.79)),
    ("9.3.5.0-2", "failed-above-mastery", ("failed", "result.score.scaled", 0.8)),
    ("9.6.3.2-2", "without-mastery-score", ("passed", _MASTERY, None)),
    ("9.6.3.2-2", "without-mastery-score", ("failed", _MASTERY, 0.7)),
    ("9.5.2.0-1", "passed-without-success", ("passed", "result.success", False)),
    ("9.5.2.0-2", "failed-without-success", ("failed", "result.success", True)),
    ("9.5.3.0-1", "completed-without-completion", ("completed", "result.completion", False)),
    ("9.5.4.1-1", "terminated-without-duration", ("terminated", "result", None)),
    ("9.5.4.1-2", "completed-without-duration", ("completed", "result.duration", None)),
    ("9.5.4.1-3", "passed-without-duration", ("passed", "result.duration", None)),
    ("9.5.4.1-4", "failed-without-duration", ("failed", "result.duration", None)),
]


@pytest.mark.parametrize(("rule", "name", "change"), REFUSED)
def test_a_statement_that_breaks_one_rule_is_refused_for_that(
    player: AuPlayer, rule: str, name: str, change: tuple[str, str, Any]
) -> None:
    verb, path, value = change
    statement = said(player, verb)
    assert [breach for breach in breaches(player, statement) if breach.refused] == []
    (breach,) = [each for each in breaches(player, changed(statement, path, value)) if each.refused]
    assert (breach.rule, name_of(breach)) == (rule, name)
    before = len(player.world.records.statements)
    player.sends(changed(statement, path, value))
    assert len(player.world.records.statements) == before


def said(player: AuPlayer, verb: str) -> Statement:
    if verb != "allowed":
        return player.statement(verb)
    statement = player.statement("progressed")
    del statement["result"]
    return changed(statement, _CATEGORY, [])


def breaches(player: AuPlayer, *statements: Statement) -> list[Breach]:
    return list(player.world.launches.sittings.breaches(player.launch.session, statements))


def name_of(breach: Breach) -> str:
    """The name of the rule, of those with that number and place."""
    tables = chain(FORM, CONTEXT, SCORES, RESULTS, ORDER, RESENT, REQUESTS)
    same = [
        rule
        for rule in tables
        if (rule.id, rule.where, rule.refuses) == (breach.rule, breach.where, breach.refused)
    ]
    return next(
        rule.name for rule in same if rule.nb.partition("{")[0] == breach.nb[: len(rule.nb.partition("{")[0])]
    )


@pytest.mark.parametrize(
    ("expected", "verb", "path", "value"),
    [
        (["9.5.2.0-3", "9.6.2.2-1"], "terminated", "result.success", True),
        (["9.5.3.0-2"], "passed", "result.completion", True),
        (["9.5.2.0-3"], "completed", "result.success", True),
        (["9.6.2.2-1", "9.5.3.0-2"], "terminated", "result.completion", True),
    ],
)
def test_results_where_they_do_not_belong(
    player: AuPlayer, expected: list[str], verb: str, path: str, value: Any
) -> None:
    found = breaches(player, changed(player.statement(verb), path, value))
    assert sorted(each.rule for each in found if each.refused) == sorted(expected)


NOTED = [
    ("8.1.3.0-3", "changed-actor", ("completed", "actor.name", "Kari")),
    ("9.6.2.1-1", "without-category", ("terminated", _CATEGORY, [])),
    ("9.5.1", "scaled-below-zero", ("failed", "result.score.scaled", -0.5)),
    ("10.2.4.0-2", "judged-without-score", ("passed", "result.score", None)),
    ("9.5.5.1", "progress-out-of-range", ("allowed", f"result.extensions.{terms.PROGRESS}", 33.3)),
    ("9.5.5.1", "progress-out-of-range", ("allowed", f"result.extensions.{terms.PROGRESS}", 101)),
    ("9.5.5.1", "progress-out-of-range", ("allowed", f"result.extensions.{terms.PROGRESS}", 10**400)),
    ("9.5.5.1", "progress-when-completed", ("completed", f"result.extensions.{terms.PROGRESS}", 100)),
    ("9.3.0.0-4", "dated-before-initialized", ("completed", "timestamp", "2020-03-01T10:00:00Z")),
]


@pytest.mark.parametrize(("rule", "name", "change"), NOTED)
def test_what_an_lms_takes_all_the_same_is_noted(
    player: AuPlayer, rule: str, name: str, change: tuple[str, str, Any]
) -> None:
    verb, path, value = change
    statement = changed(said(player, verb), path, value)
    (breach,) = breaches(player, statement)
    assert (breach.rule, name_of(breach), breach.refused) == (rule, name, False)
    before = len(player.world.records.statements)
    player.sends(statement)
    assert len(player.world.records.statements) > before


# The order in a session


def test_a_session_as_it_should_be_breaks_nothing(player: AuPlayer) -> None:
    assert player.says("passed", "completed") == []
    assert player.sends(said(player, "allowed")) == []
    assert player.says("terminated") == []
    assert player.world.records.verbs()[2:4] == ["passed", "completed"]
    assert player.world.records.verbs()[-1] == "terminated"


def test_initialized_comes_first() -> None:
    """7.1.1.0-1; 7.1.3.0-1; 9.3.0.0-4; 9.3.2.0-2."""
    player = World(cmi5(SCORED)).launch()
    player.reads()
    for verb in ("completed", "allowed", "terminated"):
        assert "9.3.0.0-4" in player.sends(said(player, verb))
    without = changed(player.statement("initialized"), _CATEGORY, [])
    assert {"9.3.0.0-4", "9.6.2.1-1"} <= set(player.sends(without))
    assert "9.3.0.0-4" not in player.says("initialized")
    assert player.sends(said(player, "allowed")) == []


def test_in_one_request_the_order_counts_too() -> None:
    world = World(cmi5(SCORED))
    player = world.launch()
    player.reads()
    wrong = (player.statement("completed"), player.statement("initialized"))
    assert "9.3.0.0-4" in player.sends(*wrong)
    assert world.records.verbs() == ["launched"]
    assert "9.3.0.0-4" not in player.sends(player.statement("initialized"), player.statement("completed"))
    assert world.records.verbs() == ["launched", "initialized", "completed"]


def test_nothing_comes_after_terminated_but_what_was_said_before(player: AuPlayer) -> None:
    """7.1.2.0-1; 9.3.0.0-5; 9.3.8.0-2, -4."""
    late = player.statement("completed")
    assert player.says("terminated") == []
    assert player.says("passed") == ["9.3.0.0-5"]
    assert player.sends(said(player, "allowed")) == ["9.3.0.0-5"]
    assert player.says("terminated") == ["9.3.0.0-2"]
    assert player.sends(late) == []


@pytest.mark.parametrize("verb", ["initialized", "completed", "passed", "failed"])
def test_no_verb_is_said_twice_in_a_session(player: AuPlayer, verb: str) -> None:
    """9.3.0.0-2; 9.3.2.0-3; 9.3.3.0-2."""
    player.says(verb)
    assert player.says(verb) == ["9.3.0.0-2"]


def test_a_session_has_one_verdict(player: AuPlayer) -> None:
    assert player.says("failed") == []
    assert player.says("passed") == ["9.3.0.0-3"]


def test_completed_and_passed_are_said_once_in_a_registration(player: AuPlayer) -> None:
    """9.3.0.0-6, -7, -8; 9.3.4.0-3."""
    player.says("completed", "passed", "terminated")
    again = player.world.launch().begins()
    assert again.says("completed") == ["9.3.0.0-6"]
    assert again.says("passed") == ["9.3.0.0-7"]
    assert again.says("failed") == ["9.3.0.0-8"]


def test_failed_may_be_followed_by_passed_in_the_next_session(player: AuPlayer) -> None:
    player.says("failed", "terminated")
    assert player.world.launch().begins().says("passed") == []


def test_another_aus_results_do_not_matter() -> None:
    world = World(cmi5(au("1"), au("2")))
    world.launch("https://kurs.example/au1").begins().says("completed", "passed", "terminated")
    assert world.launch("https://kurs.example/au2").begins().says("completed", "passed") == []


def test_a_statement_that_is_sent_again_breaks_nothing(player: AuPlayer) -> None:
    statement = player.statement("completed")
    assert player.sends(statement) == []
    assert player.sends(statement) == []


def test_after_terminated_only_the_last_request_is_sent_again(player: AuPlayer) -> None:
    first, last = player.statement("completed"), player.statement("terminated")
    player.sends(first, last)
    assert player.sends(first, last) == []
    assert player.sends(last) == []
    assert player.sends(first) == ["9.3.0.0-5"]


@pytest.mark.parametrize(("mode", "rule"), [(Mode.BROWSE, "10.2.2.0-2"), (Mode.REVIEW, "10.2.2.0-3")])
@pytest.mark.parametrize("verb", ["completed", "passed", "failed"])
def test_nothing_is_judged_while_one_looks_around(mode: Mode, rule: str, verb: str) -> None:
    player = World(cmi5(SCORED)).launch(mode=mode).begins()
    assert player.says(verb) == [rule]
    assert player.says("terminated") == []


def test_what_an_au_has_to_read_is_read_before_its_first_word() -> None:
    """10.2.1.0-4; 11.0.0.0-3."""
    player = World(cmi5(SCORED)).launch()
    player.fetches()
    assert player.says("initialized") == ["10.2.1.0-4", "11.0.0.0-3"]
    assert "initialized" not in player.world.records.verbs()
    player.asks("GET", "agents/profile", preferences(player))
    assert player.says("initialized") == ["10.2.1.0-4"]
    assert "initialized" in player.world.records.verbs()


# Requests for documents


def state(player: AuPlayer, **changes: str) -> dict[str, str]:
    query = player.query
    own = {"activityId": query["activityId"], "agent": query["actor"], "registration": query["registration"]}
    return {**own, "stateId": "bookmark", **changes}


def preferences(player: AuPlayer) -> dict[str, str]:
    return {"agent": player.query["actor"], "profileId": "cmi5LearnerPreferences"}


def test_documents_as_they_should_be_break_nothing(player: AuPlayer) -> None:
    good = json.dumps({"languagePreference": "nb,se-NO,en", "audioPreference": "off"}).encode()
    assert player.asks("PUT", "activities/state", state(player), b"{}") == []
    assert player.asks("GET", "activities/state", state(player, stateId="LMS.LaunchData")) == []
    assert player.asks("PUT", "agents/profile", preferences(player), good) == []
    assert player.asks("GET", "agents", {"agent": player.query["actor"]}) == []
    assert player.asks("GET", "statements", {"agent": json.dumps({"mbox": "mailto:a@b.no"})}) == []


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_launch_data_are_only_read(player: AuPlayer, method: str) -> None:
    assert player.asks(method, "activities/state", state(player, stateId="LMS.LaunchData")) == ["10.2.1.0-5"]


def test_all_documents_of_an_au_are_not_deleted_at_once(player: AuPlayer) -> None:
    query = state(player)
    del query["stateId"]
    assert player.asks("DELETE", "activities/state", query) == ["10.2.1.0-5"]
    assert player.asks("GET", "activities/state", query) == []


@pytest.mark.parametrize("resource", ["activities/state", "agents/profile", "agents"])
def test_documents_of_others_are_not_reached(player: AuPlayer, resource: str) -> None:
    """8.1.3.0-3; 11.0.0.0-1."""
    other = json.dumps({"account": {"homePage": "https://preview.kurspakke.invalid", "name": "per"}})
    assert player.asks("GET", resource, state(player, agent=other)) == ["8.1.3.0-3"]


def test_another_registration_is_refused_and_none_is_noted(player: AuPlayer) -> None:
    other = state(player, registration="8b1f0b0a-5f5e-4c57-9a39-0f1f1d9f3a11")
    assert player.asks("GET", "activities/state", other) == ["8.1.4.0-3"]
    none = state(player, registration="")
    sittings = player.world.launches.sittings
    (breach,) = sittings.breaches_of_request(player.launch.session, asked("PUT", "activities/state", none))
    assert (breach.rule, breach.refused) == ("8.1.4.0-3", False)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"nei", "11.0.0.0-5"),
        (b"[]", "11.0.0.0-5"),
        (b'{"languagePreference": "nb"}', "11.0.0.0-5"),
        (b'{"languagePreference": ["nb"], "audioPreference": "on"}', "11.0.0.0-5"),
        (b'{"languagePreference": "norsk bokm\xc3\xa5l", "audioPreference": "on"}', "11.1.0.0-1"),
        (b'{"languagePreference": "nb, en", "audioPreference": "on"}', "11.1.0.0-1"),
        (b'{"languagePreference": "nb", "audioPreference": "ja"}', "11.2.0.0-1"),
    ],
)
def test_preferences_have_their_form(player: AuPlayer, body: bytes, rule: str) -> None:
    assert player.asks("PUT", "agents/profile", preferences(player), body) == [rule]


def test_preferences_are_sent_as_json(player: AuPlayer) -> None:
    good = b'{"languagePreference": "nb", "audioPreference": "on"}'
    request = asked("PUT", "agents/profile", preferences(player), good, "text/plain;charset=UTF-8")
    found = player.world.launches.sittings.breaches_of_request(player.launch.session, request)
    assert [each.rule for each in found] == ["11.0.0.0-5"]


# The table


def rules() -> Iterator[Any]:
    yield from chain(FORM, CONTEXT, SCORES, RESULTS, ORDER, RESENT, REQUESTS)


def test_rules_are_told_apart_and_speak_both_languages() -> None:
    all_rules = list(rules())
    assert len({(rule.id, rule.name, rule.where) for rule in all_rules}) == len(all_rules)
    for rule in all_rules:
        assert rule.nb != rule.en
        assert ("{found}" in rule.nb) == ("{found}" in rule.en)


def test_a_breach_cites_its_clause() -> None:
    def clause(rule: str) -> str:
        return Breach(rule, "", "", "", refused=True).clause

    assert clause("9.3.0.0-4") == "cmi5 9.3"
    assert clause("9.5.4.1-2") == "cmi5 9.5.4.1"
    assert clause("10.2.1.0-5") == "cmi5 10.2.1"
    assert clause("9.5.1") == "cmi5 9.5.1"
    assert clause("4.1.0.0-1") == "cmi5 4.1"


JUNK: list[Callable[[Statement], Any]] = [
    lambda _: {},
    lambda said: {**said, "actor": [], "verb": 3, "object": None, "context": "x", "result": 7},
    lambda said: {**said, "context": {"contextActivities": [1], "extensions": []}},
    lambda said: {**said, "context": {"contextActivities": {"category": [None, 3, {"id": []}]}}},
    lambda said: {**said, "result": {"score": 5, "extensions": [], "success": "ja"}},
    lambda said: {**said, "id": 5, "timestamp": 7},
]


@pytest.mark.parametrize("damage", JUNK)
def test_no_statement_is_too_strange_to_be_judged(
    player: AuPlayer, damage: Callable[[Statement], Any]
) -> None:
    assert any(each.refused for each in breaches(player, damage(player.statement("completed"))))
