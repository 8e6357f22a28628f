"""RTE-001 to RTE-039: what a package does in an LMS when it is played (SCORM 1.2 RTE; ADL SCO-RTE1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke.findings import Location, Severity
from kurspakke.package import Kind, Package
from kurspakke.play.performance import Call, Performance, Sitting
from kurspakke.rules.family import Family, Problem

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


@dataclass(frozen=True, slots=True)
class Played:
    """A package beside what came of playing it."""

    package: Package
    performance: Performance

    @property
    def whole(self) -> Location:
        """The package as a place."""
        return self.package.whole

    def file(self, path: str, line: int = 0) -> Location:
        """A file of the package, or the package where the file is not known."""
        return Location(f"{self.package.path}/{path}", line) if path else self.whole

    @property
    def played(self) -> tuple[Sitting, ...]:
        """The sittings in which the content was there."""
        return tuple(sitting for sitting in self.performance.sittings if sitting.ending == "left")

    @property
    def scorm(self) -> tuple[Sitting, ...]:
        """The same, where the SCORM API was there to be called."""
        return self.played if self.performance.kind == Kind.SCORM12 else ()


RUNTIME: Family[Played] = Family("RTE")


def _calls(sitting: Sitting, name: str) -> list[Call]:
    return [call for call in sitting.calls if call.name == name]


def _sets(sitting: Sitting, element: str) -> list[Call]:
    return [
        call for call in _calls(sitting, "LMSSetValue") if call.element == element and call.answer == "true"
    ]


@RUNTIME.rule(1, "not-launched", Severity.ERROR, spec="SCORM 1.2 RTE 3.2 (launch)")
def not_launched(played: Played) -> Iterator[Problem]:
    """What the manifest launches opens in a browser.

    The learner would meet an error page or an empty frame. Open the launch file by hand, and look at the browser's
    console for what is missing.
    """
    if any(sitting.ending == "not-launched" for sitting in played.performance.sittings):
        launched = played.performance.launched
        yield Problem(
            played.whole, f"{launched} did not open", "open the file in a browser and see what is missing"
        )


@RUNTIME.rule(2, "hangs", Severity.ERROR)
def hangs(played: Played) -> Iterator[Problem]:
    """The package lets the browser go on.

    It was opened, and after minutes its script was still busy: learners see a frozen page, and nothing is saved.
    """
    if any(sitting.ending == "hung" for sitting in played.performance.sittings):
        yield Problem(
            played.whole,
            "the package did not come to an end when it was played",
            "look for a script that never ends",
        )


@RUNTIME.rule(
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


@RUNTIME.rule(4, "call-outside-session", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.1; error 301 and 101")
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


@RUNTIME.rule(
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


@RUNTIME.rule(
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


@RUNTIME.rule(
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


@RUNTIME.rule(8, "never-finished", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.1 (LMSFinish); ADL SCO-RTE1")
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


@RUNTIME.rule(9, "result-never-committed", Severity.ERROR, spec="SCORM 1.2 RTE 3.3.2.3 (LMSCommit)")
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


@RUNTIME.rule(
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


@RUNTIME.rule(11, "commit-storm", Severity.WARNING)
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


@RUNTIME.rule(12, "done-when-opened", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status)")
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


@RUNTIME.rule(13, "status-goes-back", Severity.ERROR, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status)")
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


@RUNTIME.rule(14, "writes-in-review", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_mode)")
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


@RUNTIME.rule(
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


@RUNTIME.rule(16, "time-not-reported", Severity.NOTE, spec="SCORM 1.2 RTE 3.4.4 (cmi.core.session_time)")
def time_not_reported(played: Played) -> Iterator[Problem]:
    """The session's time is reported.

    LMSs show time spent; without cmi.core.session_time it is nought.
    """
    for sitting in played.scorm[:1]:
        if _calls(sitting, "LMSFinish") and not _sets(sitting, "cmi.core.session_time"):
            yield Problem(
                played.whole, "cmi.core.session_time was never set", "set it before LMSFinish, as HH:MM:SS"
            )


@RUNTIME.rule(20, "request-leaves-the-package", Severity.WARNING)
def request_leaves_the_package(played: Played) -> Iterator[Problem]:
    """A package asks no other host for anything.

    Many LMSs and municipal networks block it, it fails without a network, and it tells a stranger who is learning
    what. Take fonts, scripts and films into the package.
    """
    hosts = Counter(
        request.url.split("/")[2] if "//" in request.url else request.url
        for sitting in played.played
        for request in sitting.requests
        if request.outside
    )
    for host, number in sorted(hosts.items()):
        hint = "take what it asks for into the package, or leave it out"
        yield Problem(played.whole, f"the package asked {host} for something ({number} times)", hint)


@RUNTIME.rule(21, "missing-when-played", Severity.ERROR)
def missing_when_played(played: Played) -> Iterator[Problem]:
    """Everything that the package asks for is in it.

    A script asked for a file that is not there: the learner meets a hole, or the course stops. (Links that stand in
    the files are found without playing: PKG-065.)
    """
    missing = {
        request.url: request.kind
        for sitting in played.played
        for request in sitting.requests
        if not request.outside and request.kind != "document"
    }
    for path, kind in sorted(missing.items()):
        message = f"{path} ({kind}) was asked for and is not in the package"
        yield Problem(played.whole, message, "put the file into the package, or mend its name")


@RUNTIME.rule(22, "script-error", Severity.WARNING)
def script_error(played: Played) -> Iterator[Problem]:
    """The package's scripts run without errors.

    An uncaught error ends whatever the script was doing: often the very part that saves the result.
    """
    seen = {
        message.text: message
        for sitting in reversed(played.played)
        for message in reversed(sitting.messages)
        if message.kind in {"exception", "error"}
    }
    for message in list(seen.values())[:10]:
        place = played.file(message.file, message.line)
        yield Problem(
            place, f"the browser reports: {message.text[:200]}", "mend the script, or ask its supplier"
        )


@RUNTIME.rule(23, "dialog", Severity.WARNING)
def dialog(played: Played) -> Iterator[Problem]:
    """The package talks to the learner on its pages, not by dialogs of the browser.

    `alert`, `confirm` and "leave this page?" stop everything until they are answered, are shut off in many frames,
    and are read out without context.
    """
    texts = {
        message.text: None
        for sitting in played.played
        for message in sitting.messages
        if message.kind == "dialog"
    }
    for text in list(texts)[:5]:
        yield Problem(played.whole, f"a dialog of the browser opened: {text[:200]}", "say it on the page")


@RUNTIME.rule(24, "barrier", Severity.WARNING, spec="WCAG 2.1 A and AA, as axe finds them")
def barrier(played: Played) -> Iterator[Problem]:
    """What the learner meets has none of the barriers that a machine can find.

    axe looks at each page as it stands in the browser, in every frame. What it finds shuts somebody out; what it does
    not find, a person has to look for.
    """
    for sitting in played.played:
        for found in sitting.barriers:
            criteria = ", ".join(found.criteria) or "WCAG 2.1"
            message = (
                f"{found.help} ({found.rule}, {criteria}): {found.count} times, first {found.example[:120]}"
            )
            yield Problem(
                played.file(found.page), message, f"mend it, and look at the page with axe: {found.rule}"
            )


@RUNTIME.rule(25, "not-played", Severity.NOTE)
def not_played(played: Played) -> Iterator[Problem]:
    """The package could be played.

    SCORM 1.2, Tin Can, cmi5 and web packages are; of SCORM 2004 only the files and the manifest are looked at.
    """
    if played.performance.skipped:
        message = f"the package was not played: {played.performance.skipped}"
        yield Problem(played.whole, message, "try it in the LMS itself")


def _given(call: Call) -> str:
    return ", ".join(repr(str(each)[:60]) for each in call.given)
