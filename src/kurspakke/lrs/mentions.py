"""Who and what a statement speaks of: what the store is searched by (xAPI 1.0.3, part three, 2.1.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kurspakke.lrs import jsontext
from kurspakke.xapi.actors import IDENTIFIERS

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mention:
    """An agent or activity in a statement; `direct` where the plain filters find it, not only the related ones."""

    kind: str
    key: str
    direct: bool


def agent_key(actor: Mapping[str, Any]) -> str:
    """What an agent or group is recognised by; "" for an anonymous group."""
    for name in IDENTIFIERS:
        if name in actor:
            given = actor[name]
            if name == "account":
                given = jsontext.written([given["homePage"], given["name"]])
            return f"{name} {given}"
    return ""


def mentions(statement: Statement) -> set[Mention]:
    """Everything by which the statement is found; where something is mentioned both ways, the direct one."""
    found = set(_parts(statement, direct=True))
    if authority := statement.get("authority"):
        found |= set(_of_actor(authority, direct=False))
    direct = {(each.kind, each.key) for each in found if each.direct}
    return {each for each in found if each.direct or (each.kind, each.key) not in direct}


def actors(statement: Statement) -> Iterator[Mapping[str, Any]]:
    """Every agent and group in the statement, members too."""
    thing, context = statement["object"], statement.get("context", {})
    kind = thing.get("objectType", "Activity")
    named = [statement["actor"], *([thing] if kind in {"Agent", "Group"} else ())]
    named += [context[name] for name in ("instructor", "team") if name in context]
    named += [statement["authority"]] if "authority" in statement else []
    for each in named:
        yield each
        yield from each.get("member", ())
    if kind == "SubStatement":
        yield from actors(thing)


def activities(statement: Statement) -> Iterator[Mapping[str, Any]]:
    """Every activity in the statement."""
    thing, context = statement["object"], statement.get("context", {})
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        yield thing
    for several in context.get("contextActivities", {}).values():
        yield from several
    if kind == "SubStatement":
        yield from activities(thing)


def _parts(statement: Statement, *, direct: bool) -> Iterator[Mention]:
    thing, context = statement["object"], statement.get("context", {})
    yield from _of_actor(statement["actor"], direct=direct)
    for name in ("instructor", "team"):
        if name in context:
            yield from _of_actor(context[name], direct=False)
    for several in context.get("contextActivities", {}).values():
        yield from (Mention("activity", each["id"], direct=False) for each in several)
    match thing.get("objectType", "Activity"):
        case "Activity":
            yield Mention("activity", thing["id"], direct)
        case "Agent" | "Group":
            yield from _of_actor(thing, direct=direct)
        case "SubStatement":
            yield from _parts(thing, direct=False)


def _of_actor(actor: Mapping[str, Any], *, direct: bool) -> Iterator[Mention]:
    for each in (actor, *actor.get("member", ())):
        if key := agent_key(each):
            yield Mention("agent", key, direct)
