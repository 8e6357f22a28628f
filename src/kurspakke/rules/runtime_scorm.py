"""RTE-003 to RTE-011: the session of a played SCO with its LMS (SCORM 1.2 RTE 3.3, SCORM 2004 RTE 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from kurspakke.findings import Severity
from kurspakke.play.performance import Call
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.played import Conversation, Played, given

STORM = 12
"""So many commits in ten seconds are a storm: LMSs write each one to a database."""
_TEN_SECONDS = 10_000
_REQUEST = "adl.nav.request"
_SHARED = "adl.data."

CALLS: Family[Played] = Family("RTE")


def _kind(call: Call) -> Hashable:
    """What calls of a kind share: the name, the element but for the indexes, and the error."""
    return call.name, _row(call.element), call.error


def _firsts(
    played: Played, wanted: Callable[[Conversation, Call], bool], kind: Callable[[Call], Hashable] = _kind
) -> Iterator[tuple[Conversation, Call]]:
    """The first call of each kind."""
    seen = {
        kind(call): (talk, call)
        for talk in reversed(played.scorm)
        for call in reversed(talk.calls)
        if wanted(talk, call)
    }
    yield from seen.values()


def _row(element: str) -> str:
    return ".".join("n" if part.isdecimal() else part for part in element.split("."))


@CALLS.rule(
    3,
    "never-initialized",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.3.2.1 (LMSInitialize), ADL SCO-RTE1; SCORM 2004 RTE 3.1.3.1 (Initialize), 3.3.1",
)
def never_initialized(played: Played) -> Iterator[Problem]:
    """A SCO finds the LMS's API and calls LMSInitialize (in SCORM 2004: Initialize).

    Without that nothing is reported: the course stays "not attempted" in the LMS whatever the learner does. Most
    often the script looks for the API in the wrong window, for that of the other version (`API` is SCORM 1.2's,
    `API_1484_11` is SCORM 2004's), or not at all.
    """
    for talk in played.scorm[:1]:
        if not talk.begins:
            api, begin = talk.dialect.api, talk.dialect.begin
            hint = f"look for an object called {api} in parent windows, then in the opener, and call {begin}"
            yield Problem(played.whole, f"the package was opened and never called {begin}", hint)


@CALLS.rule(
    4,
    "call-outside-session",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.3.2.1, error 301 and 101; SCORM 2004 RTE 3.1.7, error 103 to 143",
)
def call_outside_session(played: Played) -> Iterator[Problem]:
    """Calls come between one LMSInitialize and one LMSFinish (in SCORM 2004: Initialize and Terminate).

    An LMS refuses the others, and what they wanted to save is lost. Begin the session first and once, end it last
    and once.
    """
    if played.scorm and not played.scorm[0].begins:
        return
    for talk, call in _firsts(
        played, lambda talk, call: call.error in talk.dialect.outside, lambda call: (call.name, call.error)
    ):
        message = f"{call.name}({given(call)}) was refused with error {call.error}: {call.diagnostic}"
        begin, end = talk.dialect.begin, talk.dialect.end
        yield Problem(played.whole, message, f"keep every call between {begin} and {end}")


@CALLS.rule(
    5,
    "refused-value",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.4 (data model), error 201, 402, 403 and 405; SCORM 2004 RTE 4.2, error 351 and 401 to 408",
)
def refused_value(played: Played) -> Iterator[Problem]:
    """What is set is an element of the data model and has its data type.

    A strict LMS refuses everything else and keeps the old value, a lenient one stores what no report understands.
    Frequent in SCORM 1.2: times with three decimals, `incorrect` for `wrong`, identifiers with blanks or æøå. In
    SCORM 2004: `wrong` for `incorrect`, a scaled score over 1, an interaction's answer before its type. In both:
    elements of the other version.
    """
    refused = _firsts(
        played,
        lambda talk, call: (
            call.name == talk.dialect.set
            and call.error in talk.dialect.refused
            and not talk.is_long_state(call)
        ),
    )
    for _, call in refused:
        message = f"{call.name}({given(call)}) was refused with error {call.error}: {call.diagnostic}"
        yield Problem(played.whole, message, "write the value in the form that the data model asks for")


@CALLS.rule(
    6,
    "refused-question",
    Severity.WARNING,
    spec="SCORM 1.2 RTE 3.4 (data model), error 201, 202, 203, 404; SCORM 2004 RTE 4.2, error 301, 401 and 405",
)
def refused_question(played: Played) -> Iterator[Problem]:
    """What is asked for with LMSGetValue (in SCORM 2004: GetValue) is an element that can be read.

    The LMS answers with nothing. SCORM 1.2's interactions and the session time of both can't be read back, and
    elements of the other version are not known. To ask for what has no value yet (error 403 of SCORM 2004) is no
    fault: often there is no other way to know.
    """
    for talk, call in _firsts(
        played, lambda talk, call: call.name == talk.dialect.get and call.error in talk.dialect.unanswered
    ):
        message = f"{call.name}({given(call)}) was answered with error {call.error}: {call.diagnostic}"
        yield Problem(played.whole, message, f"ask only for what {talk.dialect.title} lets content read")


@CALLS.rule(
    7,
    "state-over-4096",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.4.4 (cmi.suspend_data: CMIString4096); SCORM 2004 RTE 4.2.23 (SPM 64,000; 2nd edition 4,000)",
)
def state_over_4096(played: Played) -> Iterator[Problem]:
    """The saved state has at most as many characters as every LMS takes.

    4,096 in SCORM 1.2, 4,000 in the 2nd edition of SCORM 2004, 64,000 from the 3rd on. Strict LMSs refuse a longer one
    and others cut it: the learner comes back and has to begin again. Save less, or save it more tightly.
    """
    long = [(talk, call) for talk in played.scorm for call in talk.tries if talk.is_long_state(call)]
    if long:
        most = max(len(call.value) for _, call in long)
        dialect = long[0][0].dialect
        message = f"{dialect.state} became {most:,} characters long when the package was played"
        yield Problem(played.whole, message, f"save less: at most {dialect.most_state:,} characters")


@CALLS.rule(
    8,
    "never-finished",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.3.2.1 (LMSFinish), ADL SCO-RTE1; SCORM 2004 RTE 3.1.3.2 (Terminate)",
)
def never_finished(played: Played) -> Iterator[Problem]:
    """A session ends with LMSFinish (in SCORM 2004: Terminate) when the learner leaves the page.

    Without it some LMSs keep no score and no time, and others leave the attempt open. Call it on `pagehide`; `unload`
    is ever more often not heard.
    """
    for talk in played.scorm[:1]:
        if talk.begins and not talk.ends:
            end = talk.dialect.end
            yield Problem(
                played.whole, f"the learner left, and {end} was not called", f"call {end} on `pagehide`"
            )


@CALLS.rule(
    9,
    "result-never-committed",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.3.2.3 (LMSCommit); SCORM 2004 RTE 3.1.4.3 (Commit)",
)
def result_never_committed(played: Played) -> Iterator[Problem]:
    """What is set is also committed, at the latest when the learner leaves.

    Values that no LMSCommit or LMSFinish (in SCORM 2004: Commit or Terminate) follows are gone with the page.
    """
    for talk in played.scorm[:1]:
        dialect = talk.dialect
        keeps = [at for at, call in enumerate(talk.calls) if call.name in {dialect.commit, dialect.end}]
        last = max((at for at, call in enumerate(talk.calls) if call.name == dialect.set), default=-1)
        if keeps and last > max(keeps):
            yield Problem(
                played.whole,
                f"{talk.calls[last].element} was set and never committed",
                f"call {dialect.commit} after the last value",
            )


@CALLS.rule(11, "commit-storm", Severity.WARNING)
def commit_storm(played: Played) -> Iterator[Problem]:
    """Values are committed when there is something to save, not all the time.

    Each commit is a request to the LMS, and most write all values to a database. Hundreds of learners who start
    together bring a small server down, and ILIAS has been seen to freeze.
    """
    for talk in played.scorm[:1]:
        times = [call.at for call in talk.commits]
        most = max((sum(at <= other < at + _TEN_SECONDS for other in times) for at in times), default=0)
        if most > max(STORM, 2 * _actions(talk)):
            yield Problem(
                played.whole,
                f"{most} commits in ten seconds",
                "gather what is to be saved, and commit it once",
            )


def _actions(talk: Conversation) -> int:
    """How much a learner does in the busiest ten seconds, as far as the calls tell."""
    steps = sorted({call.step: call.at for call in talk.calls}.values())
    return max((sum(at <= other < at + _TEN_SECONDS for other in steps) for at in steps), default=0)


@CALLS.rule(
    17,
    "sequencing-not-played",
    Severity.NOTE,
    spec="SCORM 2004 SN 5.6 (adl.nav.request); 4th edition RTE 4 (adl.data)",
)
def sequencing_not_played(played: Played) -> Iterator[Problem]:
    """What the package asks of sequencing can be judged when it is played.

    The LMS that it is played against has no sequencing: where content asks to be led (`adl.nav.request`) the request
    is taken, and nothing comes of it. `adl.data` is not there. What would have followed is not judged.
    """
    requests = [call.value for talk in played.scorm for call in talk.taken(_REQUEST)]
    shares = any(call.element.startswith(_SHARED) for talk in played.scorm for call in talk.calls)
    asked = [
        *(f"asked to be led on ({_REQUEST}: {value[:60]})" for value in dict.fromkeys(requests)),
        *(["asked for data that SCOs share (adl.data)"] if shares else ()),
    ]
    for what in asked:
        message = f"the package {what}, which was noted and not carried out"
        yield Problem(played.whole, message, "try it in the LMS itself, with one learner")
