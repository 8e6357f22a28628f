"""RTE-001, RTE-002 and RTE-020 to RTE-039: whether a played package opens, and what its pages do in the browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.played import Played

PAGES: Family[Played] = Family("RTE")


@PAGES.rule(1, "not-launched", Severity.ERROR, spec="SCORM 1.2 RTE 3.2 (launch); SCORM 2004 RTE 2.1")
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


@PAGES.rule(2, "hangs", Severity.ERROR)
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


@PAGES.rule(20, "request-leaves-the-package", Severity.WARNING)
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


@PAGES.rule(21, "missing-when-played", Severity.ERROR)
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


@PAGES.rule(22, "script-error", Severity.WARNING)
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


@PAGES.rule(23, "dialog", Severity.WARNING)
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


@PAGES.rule(24, "barrier", Severity.WARNING, spec="WCAG 2.1 A and AA, as axe finds them")
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


@PAGES.rule(25, "not-played", Severity.NOTE)
def not_played(played: Played) -> Iterator[Problem]:
    """The package could be played.

    SCORM, Tin Can, cmi5 and web packages are, where there is something in them that an LMS would launch.
    """
    if played.performance.skipped:
        message = f"the package was not played: {played.performance.skipped}"
        yield Problem(played.whole, message, "try it in the LMS itself")


@PAGES.rule(26, "played-in-part", Severity.NOTE)
def played_in_part(played: Played) -> Iterator[Problem]:
    """All of the package was played.

    An LMS launches each SCO, activity or AU by itself, and only the first one is played: the others may have faults of
    their own. Items with the same address count once.
    """
    if played.played and played.performance.parts > 1:
        message = (
            f"of {played.performance.parts} parts only the first was played: {played.performance.launched}"
        )
        yield Problem(played.whole, message, "try the others in the LMS itself")
