"""What a session leaves to the next one, and what the LMS tells it: the LMS's part of the data model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kurspakke.preview.attempts import Learner, Session

_CENTISECONDS = 100
_TIMESPAN = re.compile(r"(\d{2,4}):(\d{2}):(\d{2})(?:\.(\d{1,2}))?", re.ASCII)
_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)
_IN_SECONDS = (31_536_000, 2_592_000, 86_400, 3_600, 60, 1)
_OWN_12 = ("cmi.core.exit", "cmi.core.session_time", "cmi.core.entry", "cmi.core.total_time")
_OWN_2004 = ("cmi.exit", "cmi.session_time", "cmi.entry", "cmi.total_time")


def kept(sessions: Sequence[Session], *, is_2004: bool) -> dict[str, str]:
    """What a new session of the SCO begins with, after these of the same learner, oldest first.

    Sessions in review and browse leave nothing (SCORM 1.2 RTE 3.4.4, cmi.core.lesson_mode).
    """
    counting = [session for session in sessions if session.mode == "normal" and session.values]
    if not counting:
        return {}
    own = _OWN_2004 if is_2004 else _OWN_12
    values = {name: value for name, value in counting[-1].values.items() if name not in own}
    exit_, time, entry, total = own
    ended = counting[-1].values.get(exit_, "")
    values[entry] = "resume" if ended == "suspend" or not counting[-1].finished else ""
    times = [session.values.get(time, "") for session in counting]
    values[total] = total_2004(times) if is_2004 else total_12(times)
    return values


def told(learner: Learner, mode: str, *, is_2004: bool) -> dict[str, str]:
    """Who the learner is and in which mode the SCO runs, as the standard's elements."""
    credit = "credit" if mode == "normal" else "no-credit"
    if is_2004:
        return {
            "cmi.learner_id": learner.id,
            "cmi.learner_name": learner.name,
            "cmi.mode": mode,
            "cmi.credit": credit,
        }
    return {
        "cmi.core.student_id": learner.id,
        "cmi.core.student_name": learner.name,
        "cmi.core.lesson_mode": mode,
        "cmi.core.credit": credit,
    }


def total_12(times: Iterable[str]) -> str:
    """The sum of CMITimespans; what is none counts as nothing. At most 9999 hours, as the type has no more."""
    hundredths = 0
    for time in times:
        if found := _TIMESPAN.fullmatch(time):
            hours, minutes, seconds, rest = found.groups(default="0")
            whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
            hundredths += whole * _CENTISECONDS + int(rest.ljust(2, "0"))
    seconds_, rest_ = divmod(hundredths, _CENTISECONDS)
    hours_ = min(seconds_ // 3600, 9999)
    return f"{hours_:04}:{seconds_ // 60 % 60:02}:{seconds_ % 60:02}.{rest_:02}"


def total_2004(times: Iterable[str]) -> str:
    """The sum of ISO 8601 durations, in seconds; a year counts as 365 days, a month as 30."""
    seconds = 0.0
    for time in times:
        if len(time) > 1 and (found := _DURATION.fullmatch(time)):
            parts = zip(found.groups(default="0"), _IN_SECONDS, strict=True)
            seconds += sum(float(part) * each for part, each in parts)
    return f"PT{seconds:.2f}S"


def status_of(values: Mapping[str, str]) -> str:
    """What an LMS's list would say the SCO's status is."""
    if status := values.get("cmi.core.lesson_status"):
        return status
    parts = (values.get("cmi.completion_status", ""), values.get("cmi.success_status", ""))
    return ", ".join(part for part in parts if part and part != "unknown") or "not attempted"


def score_of(values: Mapping[str, str]) -> str:
    """The raw score, or the scaled one of SCORM 2004; empty where there is none."""
    names = ("cmi.core.score.raw", "cmi.score.raw", "cmi.score.scaled")
    return next((values[name] for name in names if values.get(name)), "")
