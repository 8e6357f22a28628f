"""All that xAPI 1.0.3 asks of a statement (part two, 2.2 to 2.6 and 4), said in words."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.xapi import values
from kurspakke.xapi.activities import activity
from kurspakke.xapi.actors import actor as actor_of
from kurspakke.xapi.actors import agent, authority, group
from kurspakke.xapi.circumstances import attachment, context, reference, result
from kurspakke.xapi.form import Form, fits
from kurspakke.xapi.problem import Check, Problem, within

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
"""The verb that takes another statement back (2.3.2)."""

_VERB = Form("a verb", "2.4.3", {"id": values.iri, "display": values.language_map}, ("id",))


def problems(statement: object) -> list[Problem]:
    """What is wrong with a statement; nothing, if a strict LRS takes it."""
    return list(_statement(statement, ""))


def _verb(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_VERB, value, path)


def _object_of(kinds: dict[str, Check]) -> Check:
    """The object of a statement: which kinds there are decides whether it may be a SubStatement."""

    def check(value: object, path: str) -> Iterator[Problem]:
        kind = value.get("objectType", "Activity") if isinstance(value, dict) else "Activity"
        if isinstance(kind, str) and kind in kinds:
            yield from kinds[kind](value, path)
        else:
            yield from values.one_of(kinds, "2.4.4")(kind, within(path, "objectType"))

    return check


_KINDS: dict[str, Check] = {
    "Activity": activity,
    "Agent": agent,
    "Group": group,
    "StatementRef": reference,
}
_COMMON: dict[str, Check] = {
    "actor": actor_of,
    "verb": _verb,
    "result": result,
    "context": context,
    "timestamp": values.timestamp,
    "attachments": values.array_of(attachment, "2.4.11"),
}
_NEEDS = ("actor", "verb", "object")
_SUBSTATEMENT = Form(
    "a SubStatement",
    "2.4.4.3",
    {
        "objectType": values.one_of({"SubStatement"}, "2.4.4.3"),
        "object": _object_of(_KINDS),
        **_COMMON,
    },
    _NEEDS,
)


def _substatement(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_SUBSTATEMENT, value, path)
    yield from _activities_only(value, path)


_STATEMENT = Form(
    "a statement",
    "2.4",
    {
        "id": values.uuid,
        "object": _object_of({**_KINDS, "SubStatement": _substatement}),
        "stored": values.timestamp,
        "authority": authority,
        "version": values.version,
        **_COMMON,
    },
    _NEEDS,
)


def _statement(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_STATEMENT, value, path)
    yield from _activities_only(value, path)
    if isinstance(value, dict) and isinstance(value.get("verb"), dict):
        thing = value.get("object")
        kind = thing.get("objectType") if isinstance(thing, dict) else None
        if value["verb"].get("id") == VOIDED and kind != "StatementRef":
            yield Problem("object", "of a voiding statement is a StatementRef", "2.3.2")


def _activities_only(value: object, path: str) -> Iterator[Problem]:
    """Revision and platform are of activities (2.4.6)."""
    parts = value if isinstance(value, dict) else {}
    thing, around = parts.get("object"), parts.get("context")
    if not isinstance(thing, dict) or not isinstance(around, dict):
        return
    kind = thing.get("objectType", "Activity")
    for name in ("revision", "platform"):
        if name in around and kind != "Activity":
            where = within(within(path, "context"), name)
            yield Problem(where, f"is only for statements about an Activity, not {kind}", "2.4.6")
