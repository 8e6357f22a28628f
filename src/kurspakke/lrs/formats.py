"""The forms in which statements are given out (xAPI 1.0.3, part three, 2.1.3): exact, ids, canonical."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kurspakke.xapi.actors import IDENTIFIERS

Statement = Mapping[str, Any]
Definitions = Callable[[str], Mapping[str, Any]]
"""The definition that the store has of an activity, by its id; empty if it has none."""

FORMATS = ("exact", "ids", "canonical")


def ids(statement: Statement) -> dict[str, Any]:
    """The statement with the identifiers alone of agents, groups, activities and verbs."""
    return _turned(
        statement, _identity, lambda activity: {"id": activity["id"]}, lambda verb: {"id": verb["id"]}
    )


def canonical(statement: Statement, definitions: Definitions, languages: list[str]) -> dict[str, Any]:
    """The statement with activities as the store knows them, each text in the one language wanted most."""

    def activity(given: Statement) -> dict[str, Any]:
        known = definitions(given["id"]) or given.get("definition", {})
        return {**given, "definition": _in_one(known, languages)} if known else dict(given)

    def verb(given: Statement) -> dict[str, Any]:
        words = given.get("display")
        return {**given, "display": chosen(words, languages)} if words else dict(given)

    return _turned(statement, dict, activity, verb)


def preferred(accept_language: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:50]:
        tag, _, weight = part.partition(";")
        try:
            value = float(weight.strip().removeprefix("q=") or 1) if weight else 1.0
        except ValueError:
            continue
        if value > 0 and tag.strip():
            wanted.append((value, tag.strip().lower()))
    return [tag for _, tag in sorted(wanted, key=lambda each: -each[0])]


def chosen(words: Mapping[str, str], languages: list[str]) -> dict[str, str]:
    """The one text of a language map that fits best; its first one if none does."""
    for wanted in languages:
        for tag, text in words.items():
            if wanted in {tag.lower(), "*"}:
                return {tag: text}
        for tag, text in words.items():
            if tag.lower().partition("-")[0] == wanted.partition("-")[0]:
                return {tag: text}
    return dict(list(words.items())[:1])


def _in_one(definition: Statement, languages: list[str]) -> dict[str, Any]:
    parts = dict(definition)
    for name, value in definition.items():
        if name in {"name", "description"}:
            parts[name] = chosen(value, languages)
        elif name in {"choices", "scale", "source", "target", "steps"}:
            parts[name] = [_in_one(component, languages) for component in value]
    return parts


def _identity(actor: Statement) -> dict[str, Any]:
    parts = {name: value for name, value in actor.items() if name in {"objectType", *IDENTIFIERS}}
    if len(parts) == ("objectType" in parts) and "member" in actor:
        parts["member"] = [_identity(each) for each in actor["member"]]
    return parts


_Turn = Callable[[Statement], dict[str, Any]]


def _turned(statement: Statement, actor: _Turn, activity: _Turn, verb: _Turn) -> dict[str, Any]:
    parts = {**statement, "actor": actor(statement["actor"]), "verb": verb(statement["verb"])}
    thing = statement["object"]
    match thing.get("objectType", "Activity"):
        case "Activity":
            parts["object"] = activity(thing)
        case "Agent" | "Group":
            parts["object"] = actor(thing)
        case "SubStatement":
            parts["object"] = _turned(thing, actor, activity, verb)
    if "authority" in parts:
        parts["authority"] = actor(parts["authority"])
    if "context" in parts:
        parts["context"] = _context(parts["context"], actor, activity)
    return parts


def _context(context: Statement, actor: _Turn, activity: _Turn) -> dict[str, Any]:
    parts = dict(context)
    for name in ("instructor", "team"):
        if name in parts:
            parts[name] = actor(parts[name])
    if "contextActivities" in parts:
        parts["contextActivities"] = {
            name: [activity(each) for each in several] for name, several in parts["contextActivities"].items()
        }
    return parts
