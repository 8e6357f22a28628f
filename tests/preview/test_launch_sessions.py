from __future__ import annotations

import json
from datetime import timedelta

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.sessions import End
from tests.launching import AU, Person, World, asked, au, cmi5, tincan


def test_a_session_left_without_terminated_is_abandoned_when_another_begins() -> None:
    """9.3.6.0-1; 9.5.4.2-1, -2; 9.3.0.0-10."""
    world = World(cmi5(au("1"), au("2")))
    first = world.launch(f"{AU}1").begins()
    world.clock.passes(minutes=2)
    first.says("completed")
    last = world.clock()
    world.clock.passes(hours=1)
    world.launch(f"{AU}2")
    (abandoned,) = world.records.said("abandoned")
    assert abandoned["object"]["id"] == first.query["activityId"]
    assert abandoned["actor"] == json.loads(first.query["actor"])
    assert abandoned["context"]["extensions"][terms.SESSION_ID] == first.launch.session
    assert abandoned["result"]["duration"] == f"PT{(last - launched_at(world)).total_seconds():.2f}S"
    world.launch(f"{AU}2")
    assert len(world.records.said("abandoned")) == 2


def launched_at(world: World):  # noqa: ANN201 - a datetime
    session = world.store.session(
        world.records.said("launched")[0]["context"]["extensions"][terms.SESSION_ID]
    )
    assert session
    return session.begun


def test_an_abandoned_session_is_over() -> None:
    """9.3.6.0-2; 8.1.2.0-2."""
    world = World(cmi5(au()))
    first = world.launch().begins()
    world.launch()
    assert world.launches.allows(first.authorization) is None
    assert "abandoned" in world.launches.refusal(first.authorization)[1]
    assert first.says("completed") == ["9.3.6.0-2"]
    assert "completed" not in world.records.verbs()


def test_a_session_that_was_never_begun_is_abandoned_too() -> None:
    world = World(cmi5(au()))
    world.launch()
    world.launch()
    (abandoned,) = world.records.said("abandoned")
    assert abandoned["result"]["duration"] == "PT0.00S"


def test_a_session_that_is_over_is_not_abandoned() -> None:
    world = World(cmi5(au()))
    world.launch().begins().says("terminated")
    world.launch()
    assert world.records.said("abandoned") == []


def test_last_words_that_come_late_are_heard() -> None:
    """A page that is loaded anew is asked for before the old one has said its last."""
    world = World(cmi5(au()), patience=3)
    first = world.launch().begins()
    world.launch()
    world.clock.passes(seconds=1)
    assert world.launches.allows(first.authorization)
    assert first.says("completed", "terminated") == []
    world.clock.passes(seconds=60)
    assert world.launches.sittings.settle() == []
    assert world.records.said("abandoned") == []


def test_patience_ends() -> None:
    world = World(cmi5(au()), patience=3)
    first = world.launch().begins()
    world.launch().begins()
    assert world.records.said("abandoned") == []
    world.clock.passes(seconds=2)
    (abandoned,) = world.launches.sittings.settle()
    assert abandoned["context"]["extensions"][terms.SESSION_ID] == first.launch.session
    assert world.launches.sittings.settle() == []
    assert [each["id"] for each in world.records.said("abandoned")] == [abandoned["id"]]


def test_another_learners_and_another_packages_sessions_go_on() -> None:
    world = World(cmi5(au()))
    other = world.launch(learner=Person("per", "Hansen, Per")).begins()
    world.launch()
    assert world.launches.allows(other.authorization)
    assert world.records.said("abandoned") == []


def test_a_token_is_good_for_a_little_while_after_terminated() -> None:
    """8.2.1.0-6; 9.3.8.0-3, -4."""
    world = World(cmi5(au()))
    player = world.launch().begins()
    player.says("terminated")
    session = world.store.session(player.launch.session)
    assert session
    assert session.end is End.TERMINATED
    world.clock.passes(seconds=14)
    assert world.launches.allows(player.authorization)
    world.clock.passes(seconds=2)
    assert world.launches.allows(player.authorization) is None
    assert "terminated" in world.launches.refusal(player.authorization)[1]


def test_after_terminated_what_was_sent_is_taken_and_nothing_is_read() -> None:
    """8.1.2.0-2."""
    world = World(cmi5(au()))
    player = world.launch().begins()
    query = {
        "stateId": "bookmark",
        "agent": player.query["actor"],
        "registration": player.launch.registration,
    }
    assert player.asks("GET", "activities/state", query) == []
    player.says("terminated")
    assert player.asks("GET", "activities/state", query) == ["8.1.2.0-2"]
    assert player.asks("PUT", "activities/state", query, b"{}") == []


def test_a_session_may_be_abandoned_by_hand_and_only_once() -> None:
    world = World(cmi5(au()))
    player = world.launch().begins()
    (statement,) = world.launches.sittings.abandon(player.launch.session)
    assert statement["verb"]["id"] == terms.ABANDONED
    assert world.launches.sittings.abandon(player.launch.session) == ()
    assert world.launches.sittings.abandon("ukjent") == ()
    assert world.launches.allows(player.authorization) is None
    tin_can = World(tincan())
    assert tin_can.launches.sittings.abandon(tin_can.launch().launch.session) == ()


def test_terminated_without_the_category_ends_nothing() -> None:
    world = World(cmi5(au()))
    player = world.launch().begins()
    statement = player.statement("terminated")
    statement["context"]["contextActivities"]["category"] = []
    assert player.sends(statement) == ["9.6.2.1-1"]
    session = world.store.session(player.launch.session)
    assert session
    assert session.end is End.OPEN


def test_tin_can_statements_are_not_held_to_cmi5() -> None:
    world = World(tincan())
    player = world.launch()
    sittings = world.launches.sittings
    assert sittings.breaches(player.launch.session, [{"verb": {"id": terms.COMPLETED}}]) == ()
    assert sittings.breaches_of_request(player.launch.session, asked("DELETE", "activities/state", {})) == ()
    assert sittings.stored(player.launch.session, [{"verb": {"id": terms.TERMINATED}}]) == ()
    assert sittings.breaches("ukjent", [{}]) == ()


def test_the_patience_of_a_preview_is_short() -> None:
    from kurspakke.preview.sittings import PATIENCE

    assert timedelta(seconds=1) <= PATIENCE <= timedelta(seconds=10)
