"""RTE-010 and RTE-012 to RTE-016: what a played SCO reports: status, score, place and time."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.played import Conversation, Played

_DONE = frozenset({"passed", "completed"})
_FINAL = frozenset({"passed", "failed", "completed"})
_LEAST = 4
"""What takes a learner fewer steps is a page to read, not a course to go through."""

RESULTS: Family[Played] = Family("RTE")


@RESULTS.rule(
    10,
    "status-before-score",
    Severity.WARNING,
    spec="SCORM 1.2 RTE 3.4.4 (cmi.core.score, lesson_status); SCORM 2004 RTE 4.2.4, 4.2.20, 4.2.22",
)
def status_before_score(played: Played) -> Iterator[Problem]:
    """The score comes before the status that rests on it.

    Some LMSs write the result down the moment the status says passed, failed or completed, and a score that comes
    after it is lost, or is that of the next attempt.
    """
    for talk in played.scorm[:1]:
        dialect = talk.dialect
        ends = [call for call in talk.taken(*dialect.statuses) if call.value in _FINAL]
        scores = talk.taken(*dialect.scores)
        if ends and scores and talk.calls.index(scores[0]) > talk.calls.index(ends[0]):
            message = f"{_short(ends[0].element)} became {ends[0].value} before the first score was set"
            hint = f"set {' and '.join(dialect.scores)} first, then the status, then commit"
            yield Problem(played.whole, message, hint)


def _short(element: str) -> str:
    """The last part of its name: lesson_status."""
    return element.rpartition(".")[2]


@RESULTS.rule(
    12,
    "done-when-opened",
    Severity.WARNING,
    spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status); SCORM 2004 RTE 4.2.4, 4.2.22",
)
def done_when_opened(played: Played) -> Iterator[Problem]:
    """Opening a course is not the same as having done it.

    The status was passed or completed before the learner had done anything. For a single page that is meant to be
    read that may be right; for a course the report is worth nothing.
    """
    for talk in played.scorm[:1]:
        early = [
            call for call in talk.taken(*talk.dialect.statuses) if call.step == 0 and call.value in _DONE
        ]
        if early and talk.sitting.steps >= _LEAST:
            yield Problem(
                played.whole,
                f"{_short(early[0].element)} became {early[0].value} as soon as the package was opened",
                "say incomplete at the start, and completed when the learner is through",
            )


@RESULTS.rule(
    13,
    "status-goes-back",
    Severity.ERROR,
    spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status); SCORM 2004 RTE 4.2.4, 4.2.22",
)
def status_goes_back(played: Played) -> Iterator[Problem]:
    """What is passed or completed never becomes incomplete again.

    A learner who is done and comes back to look something up must not lose the result. Read the status at the start,
    and leave it alone when it is passed or completed. SCORM 2004 has two of them: none of the two goes back.
    """
    best: dict[str, str] = {}
    for talk in played.scorm:
        for call in talk.taken(*talk.dialect.statuses):
            before = best.get(call.element, "")
            if before in _DONE and call.value not in _DONE:
                message = f"{_short(call.element)} went from {before} to {call.value}"
                yield Problem(played.whole, message, "never set a lower status than the one that was reached")
                return
            best[call.element] = call.value


@RESULTS.rule(
    14,
    "writes-in-review",
    Severity.WARNING,
    spec="SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_mode); SCORM 2004 RTE 4.2.16 (cmi.mode)",
)
def writes_in_review(played: Played) -> Iterator[Problem]:
    """In review mode nothing is written.

    Moodle opens a course that is done in review mode, and stores what is written all the same: the result of a
    learner who only looks at it again is overwritten. Ask for cmi.core.lesson_mode (in SCORM 2004: cmi.mode), and set
    no result unless it is `normal`.
    """
    for talk in played.scorm:
        if talk.sitting.purpose == "review":
            dialect = talk.dialect
            results = {*dialect.statuses, *dialect.scores}
            written = [call.element for call in talk.tries if call.element in results]
            if written:
                message = f"{written[0]} was set although {dialect.mode} is review"
                yield Problem(played.whole, message, "write no status and no score in review mode")


@RESULTS.rule(
    15,
    "place-not-asked-for",
    Severity.NOTE,
    spec="SCORM 1.2 RTE 3.4.4 (lesson_location, suspend_data); SCORM 2004 RTE 4.2.14, 4.2.23",
)
def place_not_asked_for(played: Played) -> Iterator[Problem]:
    """A learner who comes back goes on where they left.

    At the second launch the package asked the LMS neither for the bookmark nor for the saved state, so everybody
    begins anew. Fine for a page or two, tiresome in a course. Who was done may begin anew: in SCORM 2004 the LMS says so
    by an empty cmi.entry.
    """
    first, again = _of(played, "first"), _of(played, "return")
    if not first or not again or len(first.sitting.pages) + again.sitting.steps <= _LEAST:
        return
    dialect = again.dialect
    if again.begins and not again.asked() & {dialect.state, dialect.place} and not _is_over(first, again):
        yield Problem(
            played.whole,
            "the package asked for no bookmark and no saved state when it was opened again",
            f"save the place in {dialect.place}, and read it at the start",
        )


def _of(played: Played, purpose: str) -> Conversation | None:
    return next((talk for talk in played.scorm if talk.sitting.purpose == purpose), None)


def _is_over(first: Conversation, again: Conversation) -> bool:
    """Whether the learner was done, and the package was told that there is nothing to go on with."""
    entries = [call for call in again.questions if call.element == again.dialect.entry]
    is_done = any(call.value in _DONE for call in first.taken(*first.dialect.statuses))
    return is_done and any(call.error == "0" and not call.answer for call in entries)


@RESULTS.rule(
    16,
    "time-not-reported",
    Severity.NOTE,
    spec="SCORM 1.2 RTE 3.4.4 (cmi.core.session_time); SCORM 2004 RTE 4.2.21 (cmi.session_time)",
)
def time_not_reported(played: Played) -> Iterator[Problem]:
    """The session's time is reported.

    LMSs show time spent; without cmi.core.session_time (in SCORM 2004: cmi.session_time) it is nought.
    """
    for talk in played.scorm[:1]:
        dialect = talk.dialect
        if talk.ends and not talk.taken(dialect.time):
            yield Problem(
                played.whole,
                f"{dialect.time} was never set",
                f"set it before {dialect.end}, as {dialect.time_form}",
            )
