"""S12-130 to S12-149: how the scripts of a SCORM 1.2 package call the LMS, as far as their text tells.

Wrappers that serve several standards hold the words of all of them. So each rule looks for what is wrong
whatever else the package can do, and all of them are warnings or notes: text can mislead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.hrefs import Reach, resolve
from kurspakke.rules.family import Family, Problem
from kurspakke.scripttext import Match, Scripts

SCRIPT_SCORM: Family[Scripts] = Family("S12", first=130)

_BUILT = (b'"LMS"', b"'LMS'", b"`LMS$")
"""Names of calls that are put together: `api["LMS" + name]`."""
_STORES = (b"localStorage", b"sessionStorage")
_LOOKS = re.compile(rb"1484_11|\.API\b|[\"']API[\"']|LMS(?:Initialize|SetValue|GetValue|Commit|Finish)\b")


def calls_lms(scripts: Scripts) -> bool:
    """Whether any script seems to look for the API of SCORM, of either version."""
    return scripts.mentions(b"LMSInitialize", b"1484_11", *_BUILT) or scripts.matches(_LOOKS)


def only_stores(scripts: Scripts) -> bool:
    """Whether scripts keep something in the browser."""
    return scripts.mentions(*_STORES)


@SCRIPT_SCORM.rule(0, "no-scorm-api", Severity.WARNING, spec="SCORM 1.2 RTE 3.3")
def no_scorm_api(scripts: Scripts) -> Iterator[Problem]:
    """A SCO looks for the LMS's `API` and calls it.

    A package in which no script does never tells that it was opened, and in most LMSs learners can't complete
    it. Add an API wrapper that calls `LMSInitialize("")` and `LMSFinish("")`, or declare the resource as
    `adlcp:scormtype="asset"`. Packages with parts that can't be read here (Flash, WebAssembly, scripts on
    other hosts) are let alone.
    """
    if not scripts.is_whole or calls_lms(scripts) or only_stores(scripts) or not scripts.package.scorm:
        return
    for manifest in scripts.package.scorm.walk():
        for resource in manifest.every_resource():
            inside = resource.href and resolve(resource.href).reach is Reach.INSIDE
            if inside and resource.scormtype and resource.scormtype.value.lower() == "sco":
                location = scripts.package.at(scripts.package.name_of("imsmanifest.xml"), resource.place)
                message = f"no script of the SCO {resource.identifier or ''} looks for the LMS's API"
                yield Problem(location, message, "add an API wrapper, or declare the resource as an asset")
                return


_ELEMENT_2004 = (
    rb"cmi\.(?:completion_status|success_status|score\.(?:raw|min|max|scaled)|location|session_time|exit"
    rb"|progress_measure|learner_id|learner_name|total_time|scaled_passing_score|completion_threshold)"
)
_CALL_2004 = re.compile(rb"LMS[GS]etValue\(\s*[\"'](" + _ELEMENT_2004 + rb")[\"']")
_SET_2004 = re.compile(rb"\.[gs]et\(\s*[\"'](" + _ELEMENT_2004 + rb")[\"']")
_QUOTED_2004 = re.compile(rb"[\"'](" + _ELEMENT_2004 + rb")[\"']")


@SCRIPT_SCORM.rule(1, "scorm-2004-element", Severity.WARNING, spec="SCORM 1.2 RTE 3.4")
def scorm_2004_element(scripts: Scripts) -> Iterator[Problem]:
    """A SCORM 1.2 package sets and gets elements of SCORM 1.2.

    `cmi.completion_status`, `cmi.success_status`, `cmi.score.scaled` and `cmi.location` are of SCORM 2004; an
    LMS answers with error 401 and keeps nothing. In 1.2 they are `cmi.core.lesson_status`,
    `cmi.core.score.raw` and `cmi.core.lesson_location`. Named in calls of 1.2 (`LMSSetValue`), in scripts that
    set them without asking for the version, and where no script names an element of 1.2 at all.
    """
    found = [*scripts.first(_CALL_2004, b"cmi."), *_unasked(scripts)]
    if not found and scripts.mentions(b"LMSInitialize", *_BUILT) and not scripts.mentions(b"cmi.core"):
        found = list(scripts.first(_QUOTED_2004, b"cmi."))
    seen: set[str] = set()
    for match in found:
        if match.text.path not in seen:
            seen.add(match.text.path)
            hint = "use cmi.core.lesson_status, cmi.core.score.raw or cmi.core.lesson_location"
            yield Problem(match.location, f"{match.groups[0]} is an element of SCORM 2004", hint)


_ASKS = re.compile(rb"1484_11|cmi\.core|2004|[\"']1\.[23]")


def _unasked(scripts: Scripts) -> Iterator[Match]:
    """Where a script calls its wrapper with such an element, and knows no other version."""
    for match in scripts.first(_SET_2004, b"cmi."):
        if not _ASKS.search(match.text.data):
            yield match


_CALLED = re.compile(
    rb"\.(LMS(?:Initialize|Finish|Commit))\(\s*"
    rb"(?:(\"[^\"\n]{1,40}\"|'[^'\n]{1,40}'|null|undefined|true|false|\d{1,9})\s*)?\)(?!\s*\{)"
)
_API = re.compile(rb"(?i)api(?:handle)?\Z")


@SCRIPT_SCORM.rule(2, "wrong-lms-argument", Severity.WARNING, spec="SCORM 1.2 RTE 3.3.2")
def wrong_lms_argument(scripts: Scripts) -> Iterator[Problem]:
    """`LMSInitialize`, `LMSFinish` and `LMSCommit` are called with the empty string.

    `API.LMSFinish()` passes `undefined`, and Moodle and other careful LMSs answer `false` with error 201: the
    session does not begin, or nothing is saved. Write `API.LMSFinish("")`.
    """
    for match in scripts.first(_CALLED, b".LMS", before=_API):
        call, argument = match.groups
        message = f"{call} is called with {argument or 'nothing'}"
        yield Problem(match.location, message, f'write {call}("")')


@SCRIPT_SCORM.rule(3, "session-never-finished", Severity.WARNING, spec="SCORM 1.2 RTE 3.3.2.2")
def session_never_finished(scripts: Scripts) -> Iterator[Problem]:
    """A package that calls `LMSInitialize` calls `LMSFinish` too.

    Many LMSs work out status, score and time when they are told that the session ends; without that call
    results are lost, or the next launch is refused. Call it once, when the learner leaves (`pagehide`).
    """
    yield from _half(scripts, b"LMSInitialize", b"LMSFinish", "is begun (LMSInitialize) and never finished")


@SCRIPT_SCORM.rule(4, "session-never-begun", Severity.WARNING, spec="SCORM 1.2 RTE 3.3.2.1")
def session_never_begun(scripts: Scripts) -> Iterator[Problem]:
    """A package that calls `LMSSetValue` or `LMSFinish` calls `LMSInitialize` first.

    Before it, the LMS answers every call with error 301 and keeps nothing.
    """
    yield from _half(scripts, b"LMSSetValue", b"LMSInitialize", "is used and never begun (LMSInitialize)")
    if not scripts.mentions(b"LMSSetValue"):
        yield from _half(scripts, b"LMSFinish", b"LMSInitialize", "is finished and never begun")


def _half(scripts: Scripts, there: bytes, missing: bytes, what: str) -> Iterator[Problem]:
    if not scripts.is_whole or scripts.mentions(missing, *_BUILT):
        return
    for match in scripts.first(re.compile(re.escape(there)), there):
        hint = f'call {missing.decode()}("") as well'
        yield Problem(match.location, f"the session with the LMS {what}", hint)
        return


_SET = re.compile(
    rb"[\"'](?:cmi\.core\.(lesson_status|exit|session_time)|cmi\.interactions\.[^\"'\n]{0,60}(?:\.|\b)(result))"
    rb"[\"']\s*,\s*[\"']([^\"'\n]{0,40})[\"']\s*\)"
)
_CALLS_SET = re.compile(rb"[sS]et\w{0,20}\(\s*\Z")
_MAY_BE = {
    "lesson_status": {"passed", "completed", "failed", "incomplete", "browsed"},
    "exit": {"", "suspend", "logout", "time-out"},
    "result": {"correct", "wrong", "unanticipated", "neutral"},
}
_TIME = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(?:\.\d{1,2})?")


@SCRIPT_SCORM.rule(5, "value-not-of-scorm-12", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4")
def value_not_of_scorm_12(scripts: Scripts) -> Iterator[Problem]:
    """Values that stand in a call are words of SCORM 1.2.

    `lesson_status`: `passed`, `completed`, `failed`, `incomplete` or `browsed` (`not attempted` is the LMS's
    to say, and Moodle makes `completed` of it); `exit`: `suspend`, `logout`, `time-out` or empty (`normal` is
    of SCORM 2004); the `result` of an interaction: `correct`, `wrong`, `unanticipated`, `neutral` or a number
    (`incorrect` is of SCORM 2004); `session_time`: `00:12:30`, not `PT12M30S`. An LMS refuses others with
    error 405.
    """
    for text in scripts.texts(b"cmi."):
        for found in scripts.all_in(text, _SET, before=_CALLS_SET):
            core, interaction, value = found.groups
            element = core or interaction
            if not _fits(element, value):
                message = f"{element} is set to {value!r}"
                yield Problem(found.location, message, _hint(element))


def _fits(element: str, value: str) -> bool:
    if element == "session_time":
        return _TIME.fullmatch(value) is not None
    is_number = element == "result" and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    return is_number or value in _MAY_BE[element]


def _hint(element: str) -> str:
    if element == "session_time":
        return "write hours, minutes and seconds: 00:12:30"
    words = ", ".join(sorted(word for word in _MAY_BE[element] if word))
    return f"one of {words}" + (", or empty" if element == "exit" else "")
