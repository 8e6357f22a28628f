from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kurspakke.lrs.mentions import agent_key
from kurspakke.lrs.search import Query
from kurspakke.lrs.store import LrsStore
from tests.recordstore import KARI

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
AGENTS = [{"mbox": "mailto:a@x.no"}, {"account": {"homePage": "https://x.no", "name": "b"}}]
ACTIVITIES = ["urn:a:1", "urn:a:2"]
VERBS = ["urn:v:1", "urn:v:2", VOIDED]
IDS = [str(uuid.UUID(int=number)) for number in range(8)]
agents = st.sampled_from(AGENTS)
actors = agents | agents.map(lambda each: {"objectType": "Group", "member": [each]})
things = (
    st.sampled_from(ACTIVITIES).map(lambda each: {"id": each})
    | agents.map(lambda each: {"objectType": "Agent", **each})
    | st.sampled_from(IDS).map(lambda each: {"objectType": "StatementRef", "id": each})
)
contexts = st.fixed_dictionaries(
    {"contextActivities": st.sampled_from(ACTIVITIES).map(lambda each: {"parent": [{"id": each}]})},
    optional={"instructor": agents},
)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.permutations(IDS))
    found = []
    for name in names:
        thing = draw(things)
        is_reference = thing.get("objectType") == "StatementRef"
        verb = draw(st.sampled_from(VERBS if is_reference else VERBS[:2]))
        statement = {"id": name, "actor": draw(actors), "verb": {"id": verb}, "object": thing}
        found.append({**statement, **({"context": draw(contexts)} if draw(st.booleans()) else {})})
    return found


def named(actor: Mapping[str, Any]) -> set[str]:
    return {agent_key(each) for each in (actor, *actor.get("member", ())) if agent_key(each)}


def is_about(each: Mapping[str, Any], query: Query) -> bool:
    """Whether the statement itself fits."""
    thing, context = each["object"], each.get("context", {})
    who = named(each["actor"]) | (named(thing) if thing.get("objectType") == "Agent" else set())
    what = {thing["id"]} if "objectType" not in thing else set()
    if query.related_agents:
        who |= named(context.get("instructor", {})) | named(KARI)
    if query.related_activities:
        what |= {inner["id"] for inner in context.get("contextActivities", {}).get("parent", ())}
    return (
        query.verb in {"", each["verb"]["id"]}
        and (not query.agent or query.agent in who)
        and (not query.activity or query.activity in what)
    )


def expected(history: list[dict[str, Any]], query: Query) -> list[str]:
    by_name = {each["id"]: each for each in history}

    def fits(each: dict[str, Any], seen: frozenset[str]) -> bool:
        if is_about(each, query):
            return True
        target = each["object"]["id"] if each["object"].get("objectType") == "StatementRef" else None
        return target in by_name and target not in seen and fits(by_name[target], seen | {target})

    gone = {each["object"]["id"] for each in history if each["verb"]["id"] == VOIDED}
    found = [each["id"] for each in history if fits(each, frozenset({each["id"]}))]
    left = [name for name in found if name not in gone or by_name[name]["verb"]["id"] == VOIDED]
    return left if query.ascending else left[::-1]


queries = st.builds(
    Query,
    agent=st.sampled_from(["", *map(agent_key, AGENTS)]),
    verb=st.sampled_from(["", *VERBS]),
    activity=st.sampled_from(["", *ACTIVITIES]),
    related_agents=st.booleans(),
    related_activities=st.booleans(),
    ascending=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(histories(), st.lists(queries, min_size=1, max_size=6))
def test_what_is_asked_for_is_found(history: list[dict[str, Any]], asked: list[Query]) -> None:
    store = LrsStore(None)
    for each in history:
        store.record("space", KARI, [each])
    for query in asked:
        assert [each["id"] for each in store.statements("space", query)] == expected(history, query)
    store.close()
