"""Whether two statements are the same one, sent twice (xAPI 1.0.3, part two, 2.3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kurspakke.lrs import jsontext
from kurspakke.lrs.mentions import agent_key
from kurspakke.xapi.instants import instant

_OF_THE_STORE = frozenset({"id", "stored", "authority", "version", "attachments"})


def is_same(kept: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether `given` says what the store has `kept`; what the store itself adds does not count."""
    one, other = _essence(kept), _essence(given)
    if "timestamp" not in given:
        one.pop("timestamp", None)
    return one == other


def _essence(statement: Mapping[str, Any]) -> dict[str, Any]:
    """The statement without what may differ: definitions of activities, words for the verb, order of members."""
    parts = {name: value for name, value in statement.items() if name not in _OF_THE_STORE}
    parts["verb"] = parts["verb"]["id"]
    parts["actor"] = _actor(parts["actor"])
    parts["object"] = _object(parts["object"])
    if "timestamp" in parts:
        parts["timestamp"] = instant(parts["timestamp"])
    if context := parts.pop("context", None):
        parts["context"] = _context(context)
    return parts


def _actor(actor: Mapping[str, Any]) -> Any:
    members = sorted(jsontext.written(_actor(each)) for each in actor.get("member", ()))
    return {"key": agent_key(actor), "name": actor.get("name"), "members": members}


def _object(thing: Mapping[str, Any]) -> Any:
    match thing.get("objectType", "Activity"):
        case "Activity":
            return thing["id"]
        case "Agent" | "Group":
            return _actor(thing)
        case "SubStatement":
            return _essence(thing)
        case _:
            return thing["id"].lower()


def _context(context: Mapping[str, Any]) -> dict[str, Any]:
    parts = dict(context)
    for name in ("instructor", "team"):
        if name in parts:
            parts[name] = _actor(parts[name])
    if "registration" in parts:
        parts["registration"] = parts["registration"].lower()
    several = parts.get("contextActivities", {})
    parts["contextActivities"] = {
        name: sorted(each["id"] for each in (value if isinstance(value, list) else [value]))
        for name, value in several.items()
        if value
    }
    return parts
