"""RTE-040 to RTE-069: what a Tin Can or cmi5 package sends to an LRS when it is played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kurspakke.findings import Severity
from kurspakke.package import Kind
from kurspakke.play.launching import ACTOR, REGISTRATION, SESSION
from kurspakke.play.performance import Exchange, Sitting
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.played import Played
from kurspakke.xapi.validate import problems

RECORDS: Family[Played] = Family("RTE")

_VERB = "http://adlnet.gov/expapi/verbs/"
_CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
_SESSION_ID = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
_CMI5_VERBS = frozenset({"initialized", "completed", "passed", "failed", "terminated"})

Statement = dict[str, Any]


def statements(sitting: Sitting) -> list[Statement]:
    """The statements of a sitting in the order in which they were accepted."""
    return [
        each
        for exchange in sitting.exchanges
        if _is_statement(exchange) and exchange.status < 300
        for each in (exchange.body if isinstance(exchange.body, list) else [exchange.body])
        if isinstance(each, dict)
    ]


def _is_statement(exchange: Exchange) -> bool:
    return exchange.resource == "statements" and exchange.method in {"PUT", "POST"}


def _verb(statement: Statement) -> str:
    """The last part of an ADL verb; "" for others."""
    verb = statement.get("verb")
    name = verb.get("id", "") if isinstance(verb, dict) else ""
    return name.removeprefix(_VERB) if isinstance(name, str) and name.startswith(_VERB) else ""


def _asks_an_lrs(played: Played) -> bool:
    return played.performance.kind in {Kind.XAPI, Kind.CMI5} and bool(played.played)


@RECORDS.rule(40, "nothing-sent", Severity.ERROR, spec="Tin Can packaging (launch); cmi5 9.3")
def nothing_sent(played: Played) -> Iterator[Problem]:
    """A package that is launched with an LRS sends statements to it.

    It was opened, used and left, and the LRS got none: nothing of what learners do is reported. Most often the
    launch parameters are not read, or the endpoint stands in the script.
    """
    if _asks_an_lrs(played) and not statements(played.played[0]):
        refused = [exchange for exchange in played.played[0].exchanges if exchange.status >= 400]
        if not refused:
            yield Problem(
                played.whole,
                "the package was played, and sent no statement",
                "read endpoint, auth or fetch, actor and registration from the launch address",
            )


@RECORDS.rule(
    41, "refused-by-lrs", Severity.ERROR, spec="xAPI 1.0.3, part three (communication); cmi5 4.1.0.0-1"
)
def refused_by_lrs(played: Played) -> Iterator[Problem]:
    """Requests to the LRS have the form that xAPI asks for.

    An LRS refuses the others: what they wanted to store is lost.
    """
    seen: dict[tuple[str, str, str], Exchange] = {}
    for sitting in played.played:
        for exchange in sitting.exchanges:
            if exchange.problem:
                seen.setdefault((exchange.method, exchange.resource, exchange.problem), exchange)
    for exchange in seen.values():
        message = (
            f"{exchange.method} {exchange.resource} was answered with {exchange.status}: {exchange.problem}"
        )
        yield Problem(
            played.whole, message, "send what xAPI 1.0.3 asks for, with the credentials of the launch"
        )


@RECORDS.rule(42, "invalid-statement", Severity.ERROR, spec="xAPI 1.0.3, part two (statements)")
def invalid_statement(played: Played) -> Iterator[Problem]:
    """Statements have the form that xAPI asks for.

    A strict LRS refuses the whole batch for one fault; a lenient one keeps what reports can't read.
    """
    seen: dict[str, tuple[str, str]] = {}
    for sitting in played.played:
        for statement in statements(sitting):
            for fault in problems(statement):
                seen.setdefault(str(fault), (_verb(statement) or "statement", fault.clause))
    for said, (verb, clause) in list(seen.items())[:10]:
        message = f"a statement ({verb}) is not valid: {said}"
        yield Problem(played.whole, message, f"see xAPI 1.0.3, part two, {clause}")


@RECORDS.rule(43, "not-of-this-launch", Severity.ERROR, spec="Tin Can packaging (launch); cmi5 8.1.3, 8.1.4")
def not_of_this_launch(played: Played) -> Iterator[Problem]:
    """Statements are about the learner and the registration of the launch.

    With another actor the result is somebody else's, without the registration it belongs to no enrolment, and the
    LMS does not find it.
    """
    if not _asks_an_lrs(played):
        return
    seen: set[str] = set()
    for statement in (each for sitting in played.played for each in statements(sitting)):
        actor, context = statement.get("actor"), statement.get("context")
        if isinstance(actor, dict) and actor.get("account") != ACTOR["account"]:
            seen.add("actor")
        if not isinstance(context, dict) or context.get("registration") != REGISTRATION:
            seen.add("context.registration")
    for name in sorted(seen):
        yield Problem(
            played.whole,
            f"{name} is not that of the launch",
            f"take {name} from the launch address, unchanged",
        )


@RECORDS.rule(
    44, "statement-without-id", Severity.WARNING, spec="xAPI 1.0.3, part two, 2.4.1; cmi5 9.1.0.0-1"
)
def statement_without_id(played: Played) -> Iterator[Problem]:
    """A statement gets its id where it is made.

    Sent again after a broken connection it is then the same statement, and not a second one. cmi5 demands it.
    """
    sent = (
        each
        for sitting in played.played
        for exchange in sitting.exchanges
        if _is_statement(exchange) and exchange.method == "POST"
        for each in (exchange.body if isinstance(exchange.body, list) else [exchange.body])
    )
    if any(isinstance(each, dict) and "id" not in each for each in sent):
        yield Problem(
            played.whole, "statements were sent without an id", "give each statement a UUID when it is made"
        )


def _cmi5_sessions(played: Played) -> Iterator[tuple[Sitting, list[Statement]]]:
    """The sittings of a cmi5 package with the statements that cmi5 defines."""
    if played.performance.kind == Kind.CMI5:
        for sitting in played.played:
            defined = [each for each in statements(sitting) if _verb(each) in _CMI5_VERBS]
            if statements(sitting):
                yield sitting, [each for each in defined if _has_category(each)]


def _has_category(statement: Statement) -> bool:
    context = statement.get("context")
    activities = context.get("contextActivities") if isinstance(context, dict) else None
    categories = activities.get("category", []) if isinstance(activities, dict) else []
    return isinstance(categories, list) and any(
        isinstance(each, dict) and each.get("id") == _CATEGORY for each in categories
    )


@RECORDS.rule(
    50, "initialized-not-first", Severity.ERROR, spec="cmi5 9.3.0.0-4 (initialized is the first statement)"
)
def initialized_not_first(played: Played) -> Iterator[Problem]:
    """A cmi5 session begins with `initialized`, which has the category cmi5.

    An LMS that does not see it takes the AU for not started, and may refuse everything after it.
    """
    for sitting, defined in _cmi5_sessions(played):
        first = statements(sitting)[0]
        if not defined or _verb(first) != "initialized" or not _has_category(first):
            yield Problem(
                played.whole,
                "the first statement of the session was not a cmi5 `initialized`",
                "send initialized first, with the category cmi5 in context.contextActivities",
            )
            return


@RECORDS.rule(51, "terminated-not-last", Severity.ERROR, spec="cmi5 9.3.0.0-5; 9.3.8 (terminated)")
def terminated_not_last(played: Played) -> Iterator[Problem]:
    """A cmi5 session ends with `terminated`, and nothing follows it.

    Without it the LMS waits for a session that is over, and in the end calls it abandoned.
    """
    for sitting, _ in _cmi5_sessions(played):
        verbs = [_verb(each) for each in statements(sitting)]
        if verbs[-1] != "terminated":
            what = (
                "was not the last statement"
                if "terminated" in verbs
                else "was not sent when the learner left"
            )
            yield Problem(played.whole, f"`terminated` {what}", "send terminated on `pagehide`, last of all")
            return


@RECORDS.rule(52, "result-in-review", Severity.ERROR, spec="cmi5 10.2.2.0-2, -3 (launchMode)")
def result_in_review(played: Played) -> Iterator[Problem]:
    """In the launch modes Browse and Review no result is reported.

    The learner only looks at it: completed, passed and failed belong to Normal.
    """
    for sitting, defined in _cmi5_sessions(played):
        results = [_verb(each) for each in defined if _verb(each) in {"completed", "passed", "failed"}]
        if sitting.purpose == "review" and results:
            yield Problem(
                played.whole, f"`{results[0]}` was sent in review mode", "read launchMode from LMS.LaunchData"
            )


@RECORDS.rule(
    53, "session-id-missing", Severity.ERROR, spec="cmi5 9.6.3.1-4 (sessionid); 10.2.1.0-6 (contextTemplate)"
)
def session_id_missing(played: Played) -> Iterator[Problem]:
    """Every statement carries the session's id, as the context template of the launch has it.

    By it the LMS tells the sessions of a learner apart. Take over the whole contextTemplate of LMS.LaunchData.
    """
    for sitting, _ in _cmi5_sessions(played):
        for statement in statements(sitting):
            context = statement.get("context")
            extensions = context.get("extensions") if isinstance(context, dict) else None
            if not isinstance(extensions, dict) or extensions.get(_SESSION_ID) != SESSION:
                yield Problem(
                    played.whole,
                    f"a statement ({_verb(statement)}) is without the session's id",
                    "begin each context with the contextTemplate of LMS.LaunchData",
                )
                return


@RECORDS.rule(54, "result-twice", Severity.ERROR, spec="cmi5 9.3.0.0-2, -6 and -7")
def result_twice(played: Played) -> Iterator[Problem]:
    """In a registration there is at most one `completed` and one `passed`, over all its sessions.

    Read what was sent before from the own state, and send it only once.
    """
    sent = [_verb(each) for _, defined in _cmi5_sessions(played) for each in defined]
    for verb in ("completed", "passed"):
        if sent.count(verb) > 1:
            yield Problem(
                played.whole,
                f"`{verb}` was sent {sent.count(verb)} times",
                "keep in the state what has been sent",
            )
