"""The accessibility report («UU-rapport»): what can be said about each success criterion without a human eye.

Only what a program can know is said: `MET` where no judgement is left, `NOT_RELEVANT` where what the criterion is about
is not in the package, `DEVIATION` where a rule found a breach. All else is for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kurspakke.contents import Contents
from kurspakke.findings import Finding, Severity
from kurspakke.wcag import CRITERIA, Criterion, criteria_of


class Status(StrEnum):
    """How a criterion stands, in the words of the Norwegian accessibility statement."""

    DEVIATION = "avvik"
    HUMAN = "må vurderes av et menneske"
    MET = "oppfylt"
    NOT_RELEVANT = "ikke relevant"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said about one criterion, why (in Norwegian), and the findings behind it."""

    criterion: Criterion
    status: Status
    reason: str
    findings: tuple[Finding, ...] = ()


_NO_MEDIA = "Innholdet har verken lyd eller film."
_MEDIA = ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2")
_UNSEEN = "Ingen av skriptene eller sidene bruker {}."
_EVENTS = {
    "2.1.4": ("keys", _UNSEEN.format("hurtigtaster")),
    "2.5.1": ("gestures", _UNSEEN.format("fingerbevegelser eller draing")),
    "2.5.4": ("motion", _UNSEEN.format("bevegelsessensorer")),
}


def judgements(findings: Iterable[Finding], contents: Contents | None) -> tuple[Judgement, ...]:
    """A judgement of each criterion; without `contents` nothing can be said to be met or not relevant."""
    by_criterion: dict[str, list[Finding]] = {}
    for finding in findings:
        for criterion in criteria_of(finding.rule):
            by_criterion.setdefault(criterion.number, []).append(finding)
    return tuple(
        _judged(criterion, by_criterion.get(criterion.number, ()), contents)
        for criterion in CRITERIA.values()
    )


def _judged(criterion: Criterion, findings: Sequence[Finding], contents: Contents | None) -> Judgement:
    breaches = [finding for finding in findings if finding.severity is not Severity.NOTE]
    if breaches:
        times = "ett sted" if len(breaches) == 1 else f"{len(breaches)} steder"
        return Judgement(criterion, Status.DEVIATION, f"Brudd {times}.", tuple(breaches))
    if findings:
        return Judgement(criterion, Status.HUMAN, "Et mulig brudd må sees på.", tuple(findings))
    # A package without pages is nothing that could meet or not meet anything.
    known = contents and contents.pages and (_not_relevant(criterion, contents) or _met(criterion, contents))
    if known:
        return known
    checked = criterion.number in _checked()
    reason = (
        "De automatiske kontrollene fant ikke noe, men de ser ikke alt."
        if checked
        else "Kan ikke kontrolleres automatisk."
    )
    return Judgement(criterion, Status.HUMAN, reason)


def _not_relevant(criterion: Criterion, contents: Contents) -> Judgement | None:
    if criterion.number in _MEDIA and not contents.has_media:
        return Judgement(criterion, Status.NOT_RELEVANT, _NO_MEDIA)
    event, reason = _EVENTS.get(criterion.number, ("", ""))
    if event and event not in contents.handles:
        return Judgement(criterion, Status.NOT_RELEVANT, reason)
    return None


def _met(criterion: Criterion, contents: Contents) -> Judgement | None:
    wanted = _MET.get(criterion.number)
    reason = wanted(contents) if wanted else ""
    return Judgement(criterion, Status.MET, reason) if reason else None


def _language(contents: Contents) -> str:
    if not contents.says_language_truly or not contents.languages:
        return ""
    return f"Alle sidene oppgir språk ({', '.join(contents.languages)}), og ordene stemmer med det."


_MET: Mapping[str, Callable[[Contents], str]] = {"3.1.1": _language}


@cache
def _checked() -> frozenset[str]:
    """The criteria that some rule looks for breaches of."""
    from kurspakke.rules.validate import all_rules

    return frozenset(criterion.number for rule in all_rules() for criterion in criteria_of(rule))
