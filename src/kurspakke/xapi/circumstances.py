"""How it went and where: result, context and attachments (xAPI 1.0.3, part two, 2.4.5, 2.4.6 and 2.4.11)."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.xapi import values
from kurspakke.xapi.activities import activity
from kurspakke.xapi.actors import actor, group
from kurspakke.xapi.form import Form, fits
from kurspakke.xapi.problem import Problem, within

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
"""The usage type of an attachment that is the statement's signature (2.6)."""

_SCORE = Form("a score", "2.4.5.1", dict.fromkeys(("scaled", "raw", "min", "max"), values.number))


def _score(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_SCORE, value, path)
    if not isinstance(value, dict):
        return
    numbers = {name: value.get(name) for name in _SCORE.members}
    given = {name: each for name, each in numbers.items() if isinstance(each, int | float)}
    if "scaled" in given and not -1 <= given["scaled"] <= 1:
        yield Problem(within(path, "scaled"), f"is {given['scaled']}; it goes from -1 to 1", "2.4.5.1")
    for low, high in (("min", "max"), ("min", "raw"), ("raw", "max")):
        if low in given and high in given and given[low] > given[high]:
            yield Problem(
                within(path, high), f"is {given[high]}, less than {low}, which is {given[low]}", "2.4.5.1"
            )


_RESULT = Form(
    "a result",
    "2.4.5",
    {
        "score": _score,
        "success": values.boolean,
        "completion": values.boolean,
        "response": values.text,
        "duration": values.duration,
        "extensions": values.extensions,
    },
)


def result(value: object, path: str) -> Iterator[Problem]:
    """What came of it."""
    yield from fits(_RESULT, value, path)


_REFERENCE = Form(
    "a StatementRef",
    "2.4.4.3",
    {"objectType": values.one_of({"StatementRef"}, "2.4.4.3"), "id": values.uuid},
    ("objectType", "id"),
)


def reference(value: object, path: str) -> Iterator[Problem]:
    """The id of another statement."""
    yield from fits(_REFERENCE, value, path)


def _one_or_more(value: object, path: str) -> Iterator[Problem]:
    # A single activity is from xAPI 0.9; an LRS has to take it (2.4.6.2).
    if isinstance(value, list):
        yield from values.array_of(activity, "2.4.6.2")(value, path)
    else:
        yield from activity(value, path)


_ACTIVITIES = Form(
    "contextActivities", "2.4.6.2", dict.fromkeys(("parent", "grouping", "category", "other"), _one_or_more)
)


def _context_activities(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_ACTIVITIES, value, path)


_CONTEXT = Form(
    "a context",
    "2.4.6",
    {
        "registration": values.uuid,
        "instructor": actor,
        "team": group,
        "contextActivities": _context_activities,
        "revision": values.text,
        "platform": values.text,
        "language": values.language,
        "statement": reference,
        "extensions": values.extensions,
    },
)


def context(value: object, path: str) -> Iterator[Problem]:
    """What it belongs to."""
    yield from fits(_CONTEXT, value, path)


_ATTACHMENT = Form(
    "an attachment",
    "2.4.11",
    {
        "usageType": values.iri,
        "display": values.language_map,
        "description": values.language_map,
        "contentType": values.media_type,
        "length": values.size,
        "sha2": values.sha2,
        "fileUrl": values.iri,
    },
    ("usageType", "display", "contentType", "length", "sha2"),
)


def attachment(value: object, path: str) -> Iterator[Problem]:
    """A file that goes with the statement."""
    yield from fits(_ATTACHMENT, value, path)
    if isinstance(value, dict) and value.get("usageType") == SIGNATURE:
        kind = value.get("contentType")
        if kind != "application/octet-stream":
            yield Problem(within(path, "contentType"), "of a signature is application/octet-stream", "2.6")
