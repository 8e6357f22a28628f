"""What SCORM 1.2 and SCORM 2004 call the same things: one table for whoever plays and for the rules about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kurspakke.package import Kind, Package

GET, SET = "GetValue", "SetValue"
"""How the calls that read and write end, whatever stands before them."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A version of SCORM: the API's name, its calls, its elements, and its errors by what content has done wrong.

    `outside` are the errors of calls outside the session, `refused` of values, `unanswered` of questions, `mistyped` of
    a value that has not its type. `most_state` is the most characters of the saved state. `passing` are the elements
    that are not kept for the next session, where the stand-in itself does not see to that; `review` is what an LMS
    says in review.
    """

    title: str
    api: str
    begin: str
    end: str
    commit: str
    get: str
    set: str
    outside: frozenset[str]
    refused: frozenset[str]
    unanswered: frozenset[str]
    mistyped: str
    statuses: tuple[str, ...]
    scores: tuple[str, ...]
    state: str
    place: str
    mode: str
    entry: str
    time: str
    time_form: str
    most_state: int
    passing: frozenset[str]
    review: Mapping[str, str]


SCORM12 = Dialect(
    title="SCORM 1.2",
    api="API",
    begin="LMSInitialize",
    end="LMSFinish",
    commit="LMSCommit",
    get=f"LMS{GET}",
    set=f"LMS{SET}",
    outside=frozenset({"101", "301"}),
    refused=frozenset({"201", "402", "403", "405"}),
    unanswered=frozenset({"201", "202", "203", "401", "404"}),
    mistyped="405",
    statuses=("cmi.core.lesson_status",),
    scores=("cmi.core.score.raw",),
    state="cmi.suspend_data",
    place="cmi.core.lesson_location",
    mode="cmi.core.lesson_mode",
    entry="cmi.core.entry",
    time="cmi.core.session_time",
    time_form="HH:MM:SS",
    most_state=4096,
    passing=frozenset({"cmi.core.exit", "cmi.core.session_time", "cmi.core.entry", "cmi.core.total_time"}),
    review={"cmi.core.lesson_mode": "review", "cmi.core.credit": "no-credit"},
)

SCORM2004 = Dialect(
    title="SCORM 2004",
    api="API_1484_11",
    begin="Initialize",
    end="Terminate",
    commit="Commit",
    get=GET,
    set=SET,
    outside=frozenset({"103", "104", "112", "113", "122", "123", "132", "133", "142", "143"}),
    refused=frozenset({"351", "401", "404", "406", "407", "408"}),
    # Not 403: whether there is a value yet can't be known otherwise. Nor 402: what is not there is not content's fault.
    unanswered=frozenset({"301", "401", "405"}),
    mistyped="406",
    statuses=("cmi.completion_status", "cmi.success_status"),
    scores=("cmi.score.scaled", "cmi.score.raw"),
    state="cmi.suspend_data",
    place="cmi.location",
    mode="cmi.mode",
    entry="cmi.entry",
    time="cmi.session_time",
    time_form="PT1H30M5S",
    most_state=64_000,
    passing=frozenset(),
    review={"cmi.mode": "review", "cmi.credit": "no-credit", "cmi.entry": ""},
)
_SECOND_EDITION = frozenset({"CAM 1.3", "1.3"})
_STATE_OF_SECOND_EDITION = 4000


def dialect_of(package: Package) -> Dialect | None:
    """What the package speaks, by its edition; None where that is no SCORM."""
    if package.kind is Kind.SCORM12:
        return SCORM12
    if package.kind is not Kind.SCORM2004 or not package.scorm:
        return None
    versions = {text.text for each in package.scorm.metadata for text in each.schemaversions}
    is_second = bool(versions & _SECOND_EDITION)
    return replace(SCORM2004, most_state=_STATE_OF_SECOND_EDITION) if is_second else SCORM2004
