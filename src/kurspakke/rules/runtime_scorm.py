"""RTE-003 to RTE-019: what a played SCO says to its LMS (SCORM 1.2 RTE; ADL SCO-RTE1)."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.play.performance import Call, Sitting
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.played import Played

STATE = "cmi.suspend_data"
STATUS = "cmi.core.lesson_status"
SCORE = "cmi.core.score.raw"
_DONE = frozenset({"passed", "completed"})
_FINAL = frozenset({"passed", "failed", "completed"})
_LEAST = 4
"""What takes a learner fewer steps is a page to read, not a course to go through."""
STORM = 12
"""So many commits in ten seconds are a storm: LMSs write each one to a database."""
_TEN_SECONDS = 10_000

CALLS: Family[Played] = Family("RTE")


def _calls(sitting: Sitting, name: str) -> list[Call]:
    return [call for call in sitting.calls if call.name == name]


def _sets(sitting: Sitting, element: str) -> list[Call]:
    return [
        call for call in _calls(sitting, "LMSSetValue") if call.element == element and call.answer == "true"
    ]


@CALLS.rule(
    3, "never-initialized", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.1 (LMSInitialize); ADL SCO-RTE1"
)
def never_initialized(played: Played) -> Iterator[Problem]:
    """A SCO finds the LMS's API and calls LMSInitialize.

    Without that nothing is reported: the course stays "not attempted" in the LMS whatever the learner does. Most
    often the script looks for the API in the wrong window, for that of SCORM 2004, or not at all.
    """
    if played.scorm and not _calls(played.scorm[0], "LMSInitialize"):
        hint = "look for an object called API in parent windows, then in the opener, and call LMSInitialize"
        yield Problem(played.whole, "the package was opened and never called LMSInitialize", hint)


@CALLS.rule(4, "call-outside-session", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.1; error 301 and 101")
def call_outside_session(played: Played) -> Iterator[Problem]:
    """Calls come between one LMSInitialize and one LMSFinish.

    An LMS refuses the others, and what they wanted to save is lost. Call LMSInitialize first and once, LMSFinish last
    and once.
    """
    seen = {
        (call.name, call.error): call
        for sitting in reversed(played.scorm)
        for call in reversed(sitting.calls)
        if call.error in {"301", "101"}
    }
    if played.scorm and not _calls(played.scorm[0], "LMSInitialize"):
        return
    for call in seen.values():
        message = f"{call.name}({_given(call)}) was refused with error {call.error}: {call.diagnostic}"
        yield Problem(played.whole, message, "keep every call between LMSInitialize and LMSFinish")


@CALLS.rule(
    5, "refused-value", Severity.ERROR, spec="SCORM 1.2 RTE 3.4 (data model); error 201, 402, 403 and 405"
)
def refused_value(played: Played) -> Iterator[Problem]:
    """What is set is an element of the data model and has its data type.

    A strict LMS refuses everything else and keeps the old value, a lenient one stores what no report understands.
    Frequent: times with three decimals, `incorrect` for `wrong`, identifiers with blanks or æøå, elements of SCORM
    2004.
    """
    seen = {
        (_row(call.element), call.error): call
        for sitting in reversed(played.scorm)
        for call in reversed(_calls(sitting, "LMSSetValue"))
        if call.error in {"201", "402", "403", "405"} and not _is_long_state(call)
    }
    for call in seen.values():
        message = f"LMSSetValue({_given(call)}) was refused with error {call.error}: {call.diagnostic}"
        yield Problem(played.whole, message, "write the value in the form that the data model asks for")


def _row(element: str) -> str:
    return ".".join("n" if part.isdecimal() else part for part in element.split("."))


def _is_long_state(call: Call) -> bool:
    return call.element == STATE and call.error == "405"


@CALLS.rule(
    6, "refused-question", Severity.WARNING, spec="SCORM 1.2 RTE 3.4 (data model); error 201, 202, 203, 404"
)
def refused_question(played: Played) -> Iterator[Problem]:
    """What is asked for with LMSGetValue is an element that can be read.

    The LMS answers with nothing. Interactions and the session time can't be read back, and elements of SCORM 2004 are
    not known to SCORM 1.2.
    """
    seen = {
        (_row(call.element), call.error): call
        for sitting in reversed(played.scorm)
        for call in reversed(_calls(sitting, "LMSGetValue"))
        if call.error not in {"0", "301", "101"}
    }
    for call in seen.values():
        message = f"LMSGetValue({_given(call)}) was answered with error {call.error}: {call.diagnostic}"
        yield Problem(played.whole, message, "ask only for what SCORM 1.2 lets content read")


@CALLS.rule(
    7, "state-over-4096", Severity.ERROR, spec="SCORM 1.2 RTE 3.4.4 (cmi.suspend_data: CMIString4096)"
)
def state_over_4096(played: Played) -> Iterator[Problem]:
    """The saved state has at most 4,096 characters.

    Strict LMSs refuse a longer one and others cut it: the learner comes back and has to begin again. Save less, or
    save it more tightly.
    """
    long = [
        call for sitting in played.scorm for call in _calls(sitting, "LMSSetValue") if _is_long_state(call)
    ]
    if long:
        most = max(len(call.value) for call in long)
        message = f"cmi.suspend_data became {most:,} characters long when the package was played"
        yield Problem(played.whole, message, "save less: at most 4,096 characters")


@CALLS.rule(8, "never-finished", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.1 (LMSFinish); ADL SCO-RTE1")
def never_finished(played: Played) -> Iterator[Problem]:
    """A session ends with LMSFinish when the learner leaves the page.

    Without it some LMSs keep no score and no time, and others leave the attempt open. Call it on `pagehide`; `unload`
    is ever more often not heard.
    """
    for sitting in played.scorm[:1]:
        if _calls(sitting, "LMSInitialize") and not _calls(sitting, "LMSFinish"):
            yield Problem(
                played.whole, "the learner left, and LMSFinish was not called", "call LMSFinish on `pagehide`"
            )


@CALLS.rule(9, "result-never-committed", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.3 (LMSCommit)")
def result_never_committed(played: Played) -> Iterator[Problem]:
    """What is set is also committed, at the latest when the learner leaves.

    Values that no LMSCommit or LMSFinish follows are gone with the page.
    """
    for sitting in played.scorm[:1]:
        ends = [at for at, call in enumerate(sitting.calls) if call.name in {"LMSCommit", "LMSFinish"}]
        last = max((at for at, call in enumerate(sitting.calls) if call.name == "LMSSetValue"), default=-1)
        if ends and last > max(ends):
            call = sitting.calls[last]
            yield Problem(
                played.whole,
                f"{call.element} was set and never committed",
                "call LMSCommit after the last value",
            )


@CALLS.rule(
    10, "status-before-score", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.score, lesson_status)"
)
def status_before_score(played: Played) -> Iterator[Problem]:
    """The score comes before the status that rests on it.

    Some LMSs write the result down the moment the status says passed, failed or completed, and a score that comes
    after it is lost, or is that of the next attempt.
    """
    for sitting in played.scorm[:1]:
        ends = [call for call in _sets(sitting, STATUS) if call.value in _FINAL]
        scores = _sets(sitting, SCORE)
        if ends and scores and sitting.calls.index(scores[0]) > sitting.calls.index(ends[0]):
            message = f"lesson_status became {ends[0].value} before the first score was set"
            yield Problem(played.whole, message, "set cmi.core.score.raw first, then the status, then commit")


@CALLS.rule(11, "commit-storm", Severity.WARNING)
def commit_storm(played: Played) -> Iterator[Problem]:
    """Values are committed when there is something to save, not all the time.

    Each commit is a request to the LMS, and most write all values to a database. Hundreds of learners who start
    together bring a small server down, and ILIAS has been seen to freeze.
    """
    for sitting in played.scorm[:1]:
        times = [call.at for call in _calls(sitting, "LMSCommit")]
        most = max((sum(at <= other < at + _TEN_SECONDS for other in times) for at in times), default=0)
        if most > max(STORM, 2 * _actions(sitting)):
            yield Problem(
                played.whole,
                f"{most} commits in ten seconds",
                "gather what is to be saved, and commit it once",
            )


def _actions(sitting: Sitting) -> int:
    """How much a learner does in the busiest ten seconds, as far as the calls tell."""
    steps = sorted({call.step: call.at for call in sitting.calls}.values())
    return max((sum(at <= other < at + _TEN_SECONDS for other in steps) for at in steps), default=0)


@CALLS.rule(12, "done-when-opened", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status)")
def done_when_opened(played: Played) -> Iterator[Problem]:
    """Opening a course is not the same as having done it.

    The status was passed or completed before the learner had done anything. For a single page that is meant to be
    read that may be right; for a course the report is worth nothing.
    """
    for sitting in played.scorm[:1]:
        early = [call for call in _sets(sitting, STATUS) if call.step == 0 and call.value in _DONE]
        if early and sitting.steps >= _LEAST:
            yield Problem(
                played.whole,
                f"lesson_status became {early[0].value} as soon as the package was opened",
                "say incomplete at the start, and completed when the learner is through",
            )


@CALLS.rule(13, "status-goes-back", Severity.ERROR, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status)")
def status_goes_back(played: Played) -> Iterator[Problem]:
    """What is passed or completed never becomes incomplete again.

    A learner who is done and comes back to look something up must not lose the result. Read the status at the start,
    and leave it alone when it is passed or completed.
    """
    best = ""
    for sitting in played.scorm:
        for call in _sets(sitting, STATUS):
            if best in _DONE and call.value not in _DONE:
                message = f"lesson_status went from {best} to {call.value}"
                yield Problem(played.whole, message, "never set a lower status than the one that was reached")
                return
            best = call.value


@CALLS.rule(14, "writes-in-review", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_mode)")
def writes_in_review(played: Played) -> Iterator[Problem]:
    """In review mode nothing is written.

    Moodle opens a course that is done in review mode, and stores what is written all the same: the result of a
    learner who only looks at it again is overwritten. Ask for cmi.core.lesson_mode, and set no result unless it is
    `normal`.
    """
    for sitting in played.scorm:
        if sitting.purpose == "review":
            written = [
                call.element for call in _calls(sitting, "LMSSetValue") if call.element in {STATUS, SCORE}
            ]
            if written:
                message = f"{written[0]} was set although cmi.core.lesson_mode is review"
                yield Problem(played.whole, message, "write no status and no score in review mode")


@CALLS.rule(
    15, "place-not-asked-for", Severity.NOTE, spec="SCORM 1.2 RTE 3.4.4 (lesson_location, suspend_data)"
)
def place_not_asked_for(played: Played) -> Iterator[Problem]:
    """A learner who comes back goes on where they left.

    At the second launch the package asked the LMS neither for the bookmark nor for the saved state, so everybody
    begins anew. Fine for a page or two, tiresome in a course.
    """
    again = played.performance.sitting("return")
    if (
        played.scorm
        and again
        and again.ending == "left"
        and len(played.scorm[0].pages) + again.steps > _LEAST
    ):
        asked = {call.element for call in _calls(again, "LMSGetValue")}
        if _calls(again, "LMSInitialize") and not asked & {STATE, "cmi.core.lesson_location"}:
            yield Problem(
                played.whole,
                "the package asked for no bookmark and no saved state when it was opened again",
                "save the place in cmi.core.lesson_location, and read it at the start",
            )


@CALLS.rule(16, "time-not-reported", Severity.NOTE, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.session_time)")
def time_not_reported(played: Played) -> Iterator[Problem]:
    """The session's time is reported.

    LMSs show time spent; without cmi.core.session_time it is nought.
    """
    for sitting in played.scorm[:1]:
        if _calls(sitting, "LMSFinish") and not _sets(sitting, "cmi.core.session_time"):
            yield Problem(
                played.whole, "cmi.core.session_time was never set", "set it before LMSFinish, as HH:MM:SS"
            )


def _given(call: Call) -> str:
    return ", ".join(repr(str(each)[:60]) for each in call.given)
