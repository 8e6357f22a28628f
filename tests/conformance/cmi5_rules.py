"""The rules of cmi5 (first edition) for what a unit says at run time, held against recorded statements.

Each breach begins with the clause of the specification, as the requirement list of ADL's CATAPULT numbers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Statement = Mapping[str, Any]
CONTEXT = "https://w3id.org/xapi/cmi5/context/"
SESSION = f"{CONTEXT}extensions/sessionid"
MASTERY = f"{CONTEXT}extensions/masteryscore"
_VERBS = ("initialized", "completed", "passed", "failed", "terminated")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_DURATION = re.compile(r"P(\d+D)?T(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?")


@dataclass(frozen=True)
class Launch:
    """What the LMS said when it launched a session."""

    session: str
    registration: str
    activity: str
    actor: Mapping[str, Any]
    template: Mapping[str, Any]
    mode: str = "Normal"
    mastery: float | None = None


def breaches(statements: Sequence[Statement], launches: Sequence[Launch]) -> list[str]:
    """Every breach in the statements of one registration; `launches` in the order of the sessions."""
    found = [line for statement in statements for line in _alone(statement, launches)]
    for launch in launches:
        mine = [each for each in statements if _session(each) == launch.session]
        found += _in_session(mine, launch)
    found += _in_registration([each for each in statements if _defined(each)])
    return found


def verb(statement: Statement) -> str:
    """The last part of the verb's IRI."""
    return str(statement["verb"]["id"]).rsplit("/", 1)[1]


def _alone(statement: Statement, launches: Sequence[Launch]) -> Iterator[str]:
    """What each statement must be by itself."""
    name = verb(statement)
    launch = next((each for each in launches if each.session == _session(statement)), None)
    if launch is None:
        yield f"9.6.3.1-4 {name} has no sessionid of any session"
        return
    context, result = statement["context"], statement.get("result", {})
    if not _UUID.fullmatch(str(statement["id"])):
        yield f"9.1.0.0-1 {name} has the id {statement['id']}"
    if statement["actor"] != launch.actor:
        yield f"8.1.3.0-3, 9.2.0.0 {name} is said of {statement['actor']}"
    if context.get("registration") != launch.registration:
        yield f"8.1.4.0-3, 9.6.1.0-1 {name} has another registration"
    if not _UTC.fullmatch(statement.get("timestamp", "")):
        yield f"9.7.0.0-1 {name} has the timestamp {statement.get('timestamp')}"
    if "duration" in result and not _DURATION.fullmatch(result["duration"]):
        yield f"4.1.0.0-1 {name} lasted {result['duration']}"
    if not _holds(context, launch.template):
        yield f"10.2.1.0-6 {name} leaves out parts of the context template"
    yield from _defined_alone(statement, launch) if _defined(statement) else _allowed_alone(statement)


def _defined_alone(statement: Statement, launch: Launch) -> Iterator[str]:
    name, result = verb(statement), statement.get("result", {})
    if name not in _VERBS:
        yield f"9.3 {name} is no verb that cmi5 defines"
    if statement["object"].get("id") != launch.activity:
        yield f"8.1.5.0-6 {name} has another object: {statement['object'].get('id')}"
    if "score" in result and name not in ("passed", "failed"):
        yield f"9.5.1.0-2 {name} has a score"
    if "raw" in result.get("score", {}) and not {"min", "max"} <= set(result["score"]):
        yield f"9.5.1.0-3 {name} has a raw score without a range"
    yield from _claims(statement)
    if name in {"passed", "failed", "completed"} and launch.mode != "Normal":
        yield f"10.2.2.0 {name} in mode {launch.mode}"
    if name in {"passed", "failed"} and launch.mastery is not None:
        yield from _by_mastery(statement, launch.mastery)


def _claims(statement: Statement) -> Iterator[str]:
    """What the result may claim, and what goes with it."""
    name, result = verb(statement), statement.get("result", {})
    if result.get("success") is not {"passed": True, "failed": False}.get(name):
        yield f"9.5.2.0 {name} says success {result.get('success')}"
    if result.get("completion") is not {"completed": True}.get(name):
        yield f"9.5.3.0 {name} says completion {result.get('completion')}"
    if name != "initialized" and "duration" not in result:
        yield f"9.5.4.1 {name} has no duration"
    if ("success" in result or "completion" in result) != _has_category(statement, "moveon"):
        yield f"9.6.2.2 {name} and the category moveon do not fit"


def _by_mastery(statement: Statement, mastery: float) -> Iterator[str]:
    scaled = statement.get("result", {}).get("score", {}).get("scaled")
    if statement["context"].get("extensions", {}).get(MASTERY) != mastery:
        yield f"9.6.3.2-2 {verb(statement)} does not tell the mastery score"
    if scaled is not None and (scaled >= mastery) != (verb(statement) == "passed"):
        yield f"9.3.4.0-2 {verb(statement)} with {scaled}, the mastery score being {mastery}"


def _allowed_alone(statement: Statement) -> Iterator[str]:
    if _has_category(statement, "moveon"):
        yield f"9.6.2.2 {verb(statement)} has the category moveon without being defined by cmi5"
    if "voided" in statement["verb"]["id"]:
        yield "6.3.0.0-1 a statement is voided"


def _in_session(statements: Sequence[Statement], launch: Launch) -> Iterator[str]:
    """What the statements of one session must be together, in the order in which they came."""
    if not statements:
        yield f"9.3.0.0-1 nothing was said in the session {launch.session}"
        return
    names = [verb(each) for each in statements if _defined(each)]
    if verb(statements[0]) != "initialized":
        yield f"9.3.0.0-4 the session begins with {verb(statements[0])}"
    if verb(statements[-1]) != "terminated":
        yield f"9.3.0.0-5 the session ends with {verb(statements[-1])}"
    for name in _VERBS:
        if names.count(name) > 1:
            yield f"9.3.0.0-2 {name} is said {names.count(name)} times in a session"
    if {"passed", "failed"} <= set(names):
        yield "9.3.0.0-3 both passed and failed in a session"


def _in_registration(statements: Sequence[Statement]) -> Iterator[str]:
    names = [verb(each) for each in statements]
    for name in ("completed", "passed"):
        if names.count(name) > 1:
            yield f"9.3.0.0-6 {name} is said {names.count(name)} times in a registration"
    if "passed" in names and "failed" in names[names.index("passed") :]:
        yield "9.3.0.0-8 failed after passed"


def _session(statement: Statement) -> object:
    return statement.get("context", {}).get("extensions", {}).get(SESSION)


def _defined(statement: Statement) -> bool:
    return _has_category(statement, "cmi5")


def _has_category(statement: Statement, name: str) -> bool:
    given = statement.get("context", {}).get("contextActivities", {}).get("category", [])
    return f"{CONTEXT}categories/{name}" in [each["id"] for each in given]


def _holds(context: Any, template: Any) -> bool:
    """Whether everything in the template stands in the context too; lists may have more.

    A template may name one activity where the context has a list of them (xAPI 1.0.3, 2.4.6.2).
    """
    if isinstance(context, list) and isinstance(template, Mapping):
        return any(_holds(each, template) for each in context)
    if isinstance(template, Mapping):
        return isinstance(context, Mapping) and all(
            _holds(context.get(key), part) for key, part in template.items()
        )
    if isinstance(template, list):
        given = context if isinstance(context, list) else [context]
        return all(any(_holds(each, part) for each in given) for part in template)
    return bool(context == template)
