"""The report for those who import packages: Norwegian, the verdict first, one file that also prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from kurspakke.conformity import Judgement, Status, judgements
from kurspakke.findings import Finding, Rule, Severity, ordered
from kurspakke.package import Kind
from kurspakke.reporters.facts import Fact, facts
from kurspakke.reporters.sheet import sheet
from kurspakke.reporters.target import TargetReport, worst_first
from kurspakke.reporters.text import printable
from kurspakke.reporters.verdict import STANDARDS, LmsVerdict, Verdict, minding_of, verdict, verdicts_by_lms
from kurspakke.ruletexts import Mender, RuleText, rule_text
from kurspakke.wcag import Requirement, spec_of

if TYPE_CHECKING:
    from kurspakke.builtpages import BuiltPages

MOST_PLACES = 20
"""So many places of one rule are listed; the others are counted."""

_WEIGHTS = {Severity.ERROR: "Må rettes", Severity.WARNING: "Bør rettes", Severity.NOTE: "Til orientering"}
_MENDERS = {
    Mender.ADMINISTRATOR: ("Dette kan du ordne selv", "Det gjelder selve filen eller læringsplattformen."),
    Mender.AUTHOR: ("Dette må den som har laget kurset, rette", "Send rapporten til dem du fikk kurset av."),
    Mender.SUPPLIER: (
        "Dette må leverandøren av forfatterverktøyet rette",
        "Den som har laget kurset, kan prøve en nyere utgave av verktøyet eller melde feilen.",
    ),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """All breaches of one rule in one target."""

    rule: Rule
    text: RuleText
    weight: str
    severity: Severity
    spec: str
    profiles: tuple[str, ...]
    places: tuple[Finding, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """What one kind of people can mend."""

    title: str
    lead: str
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Conformity:
    """The accessibility report of a target; `about` says what was judged where that is not the target itself."""

    about: str
    judgements: tuple[Judgement, ...]
    sums: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What the report says about one target."""

    anchor: str
    name: str
    path: str
    title: str
    standard: str
    verdict: Verdict
    by_lms: tuple[LmsVerdict, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    conformity: Conformity | None
    is_unbuilt: bool
    """Whether it is a source that can't be built, so that there is no page to judge."""


def render(targets: Sequence[TargetReport], *, colour: bool = False) -> str:
    """The whole report as one HTML document."""
    del colour
    sections = [_section(number, target) for number, target in enumerate(targets, 1)]
    return sheet("report.html.j2", sections=sections, most=MOST_PLACES, Requirement=Requirement)


def _section(number: int, target: TargetReport) -> Section:
    target = _with_pages(target)
    contents = target.contents
    title = contents.titles[0] if contents and contents.titles else target.pages.title if target.pages else ""
    return Section(
        anchor=f"pakke-{number}",
        name=printable(PurePath(target.path).name or target.path),
        path=printable(target.path),
        title=printable(title),
        standard=STANDARDS[contents.standards[0] if contents and contents.standards else _kind(target)],
        verdict=verdict(target),
        by_lms=verdicts_by_lms(target),
        facts=facts(contents) if contents else (),
        groups=tuple(_groups(target.findings)),
        conformity=_conformity(target),
        is_unbuilt=target.kind == Kind.SOURCE and not target.pages and _has_errors(target.findings),
    )


def _with_pages(target: TargetReport) -> TargetReport:
    """A source with what was found in the pages it becomes and is not told of the source in the same words."""
    if target.pages is None:
        return target
    told = {rule_text(finding.rule).title for finding in target.findings}
    more = [finding for finding in target.pages.findings if rule_text(finding.rule).title not in told]
    return replace(target, findings=ordered((*target.findings, *more)))


def _has_errors(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _kind(target: TargetReport) -> Kind:
    return Kind(target.kind)


def _groups(findings: Sequence[Finding]) -> Iterator[Group]:
    """Whoever has the gravest thing to mend comes first."""
    troubles = list(_troubles(findings))
    order = list(_MENDERS)
    first = {
        mender: min([t.severity.rank for t in troubles if t.text.mender is mender], default=9)
        for mender in order
    }
    for mender in sorted(order, key=lambda mender: (first[mender], order.index(mender))):
        own = tuple(trouble for trouble in troubles if trouble.text.mender is mender)
        if own:
            yield Group(*_MENDERS[mender], own)


def _troubles(findings: Sequence[Finding]) -> Iterator[Trouble]:
    """The gravest first; one for each rule, weighed by its gravest breach."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in worst_first(findings):
        by_rule.setdefault(finding.rule.id, []).append(finding)
    for found in by_rule.values():
        rule, severity = found[0].rule, found[0].severity
        yield Trouble(
            rule=rule,
            text=rule_text(rule),
            weight=_WEIGHTS[severity],
            severity=severity,
            spec=spec_of(rule),
            profiles=tuple(dict.fromkeys(lms for finding in found for lms in minding_of(finding))),
            places=tuple(found[:MOST_PLACES]),
            more=max(0, len(found) - MOST_PLACES),
        )


def _conformity(target: TargetReport) -> Conformity | None:
    """None where there is nothing to look at: not a package, or a course's source that can't be built."""
    contents = target.pages.contents if target.pages else target.contents
    if contents is None or not contents.pages:
        return None
    judged = judgements((*target.findings, *target.known), contents)
    sums = Counter(one.status for one in judged)
    about = _about(target.pages) if target.pages else ""
    return Conformity(about, judged, tuple((status, sums[status]) for status in Status))


def _about(pages: BuiltPages) -> str:
    number = "den ene pakken" if pages.packages == 1 else f"de {pages.packages} pakkene"
    more = " Lokale utgaver er ikke med; kontroller dem som pakker." if pages.has_editions else ""
    standard = STANDARDS[pages.contents.standards[0]]
    return f"Vurderingen gjelder sidene i {number} som kurset blir til ({standard}).{more}"
