"""All the rules about course sources, applied to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import groupby

from kurspakke.findings import Finding, Rule, Severity, ordered
from kurspakke.rules.assessments import ASSESSMENTS
from kurspakke.rules.brands import BRANDS
from kurspakke.rules.completion import COMPLETION
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.coordination import COORDINATION
from kurspakke.rules.demands import DEMANDS
from kurspakke.rules.files import FILES
from kurspakke.rules.identifiers import IDENTIFIERS
from kurspakke.rules.ignoring import IGNORING, Ignoring
from kurspakke.rules.instruments import INSTRUMENTS
from kurspakke.rules.lms import LMS
from kurspakke.rules.pace import PACE
from kurspakke.rules.plain_language import PLAIN_LANGUAGE
from kurspakke.rules.prose import PROSE
from kurspakke.rules.reading import READING
from kurspakke.rules.signs import SIGNS
from kurspakke.rules.translations import TRANSLATIONS
from kurspakke.rules.vocabulary import VOCABULARY
from kurspakke.source import Source
from kurspakke.spot import Spot

_WHOLE = (
    FILES,
    IDENTIFIERS,
    PROSE,
    COMPLETION,
    TRANSLATIONS,
    VOCABULARY,
    INSTRUMENTS,
    ASSESSMENTS,
    BRANDS,
    LMS,
    DEMANDS,
    PACE,
    PLAIN_LANGUAGE,
    SIGNS,
    COORDINATION,
)


def validate_source(source: Source, today: date) -> tuple[Finding, ...]:
    """The findings in a course source that it does not accept itself `today`, in the order of its files."""
    return ordered(Ignoring(source, tuple(_findings(source)), today, source_rules()).kept())


Components = Callable[[Sequence[Spot], AbstractSet[str] | None], Iterable[Finding]]
"""What the rules about components, or those whose ids are given, find on one page: nothing else matters to it."""


def of_components(spots: Sequence[Spot], wanted: AbstractSet[str] | None) -> Iterator[Finding]:
    """The findings in the components of a page."""
    for spot in spots:
        yield from COMPONENTS.findings(spot, wanted)


def hindrances(source: Source, today: date, components: Components = of_components) -> tuple[Finding, ...]:
    """The errors among those findings, told in half the time: for whoever shows a course while it is written.

    `components` may keep what it found on pages whose documents are the same as before.
    """
    rules = source_rules()
    weights = Ignoring(source, (), today, rules).weights()
    raised = {rule for rule, weight in weights.items() if weight is Severity.ERROR}
    # Those about ignores depend on every finding there is.
    needs_all = any(check.rule.id in raised for check in IGNORING.checks)
    wanted = {rule.id for rule in rules if needs_all or rule.severity is Severity.ERROR or rule.id in raised}
    kept = Ignoring(source, tuple(_findings(source, wanted, components)), today, rules).kept()
    return ordered(finding for finding in kept if finding.severity is Severity.ERROR)


def _findings(
    source: Source, wanted: AbstractSet[str] | None = None, components: Components = of_components
) -> Iterator[Finding]:
    """What the rules find, or only those whose ids are `wanted`."""
    for shaped in source.shaped.values():
        yield from READING.findings(shaped, wanted)
    for family in _WHOLE:
        yield from family.findings(source, wanted)
    for _, spots in groupby(source.every_spot, lambda spot: spot.document.path):
        yield from components(tuple(spots), wanted)


def source_rules() -> tuple[Rule, ...]:
    """Every rule about sources, in the order of their ids."""
    checks = [check.rule for family in _WHOLE for check in family.checks]
    checks += (check.rule for check in READING.checks)
    checks += (check.rule for check in IGNORING.checks)
    checks += (check.rule for check in COMPONENTS.checks)
    return tuple(sorted(checks, key=lambda rule: rule.id))
