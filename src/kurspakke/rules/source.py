"""All the rules about course sources, applied to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from kurspakke.findings import Finding, Rule, Severity, ordered
from kurspakke.limits import Clock
from kurspakke.locality.edition import Edition
from kurspakke.locality.view import view
from kurspakke.rules.assessments import ASSESSMENTS
from kurspakke.rules.brands import BRANDS
from kurspakke.rules.completion import COMPLETION
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.coordination import COORDINATION
from kurspakke.rules.demands import DEMANDS
from kurspakke.rules.editions import EDITIONS
from kurspakke.rules.family import Family
from kurspakke.rules.files import FILES
from kurspakke.rules.guides import GUIDES
from kurspakke.rules.identifiers import IDENTIFIERS
from kurspakke.rules.ignoring import IGNORING, Ignoring
from kurspakke.rules.instruments import INSTRUMENTS
from kurspakke.rules.lms import LMS
from kurspakke.rules.localities import LOCALITIES
from kurspakke.rules.overlays import OVERLAYS
from kurspakke.rules.pace import PACE
from kurspakke.rules.plain_language import PLAIN_LANGUAGE
from kurspakke.rules.prose import PROSE
from kurspakke.rules.reading import READING
from kurspakke.rules.signs import SIGNS
from kurspakke.rules.translations import TRANSLATIONS
from kurspakke.rules.versions import VERSIONS
from kurspakke.rules.vocabulary import VOCABULARY
from kurspakke.source import Source
from kurspakke.spot import Spot

_WHOLE = (
    FILES,
    VERSIONS,
    IDENTIFIERS,
    PROSE,
    COMPLETION,
    TRANSLATIONS,
    VOCABULARY,
    INSTRUMENTS,
    ASSESSMENTS,
    BRANDS,
    LMS,
    EDITIONS,
    OVERLAYS,
    LOCALITIES,
    DEMANDS,
    PACE,
    PLAIN_LANGUAGE,
    SIGNS,
    COORDINATION,
    GUIDES,
)
_LOCAL = (EDITIONS, OVERLAYS, LOCALITIES)
_OF_COURSES = tuple(family for family in _WHOLE if family not in (*_LOCAL, TRANSLATIONS, VERSIONS))
"""Those that can be asked about an edition as if it were a course."""
_OF_THE_NATION = frozenset({"SRC-028", "SRC-154"})
"""What nothing uses, files and terms, is told of the national course: an edition may replace what used them."""


def validate_source(source: Source, today: date) -> tuple[Finding, ...]:
    """The findings in a course source that it does not accept itself `today`, in the order of its files."""
    return ordered(
        Ignoring(source, tuple(_everywhere(source, None, of_components)), today, source_rules()).kept()
    )


Components = Callable[[Sequence[Spot], AbstractSet[str] | None], Iterable[Finding]]
"""What the rules about components, or those whose ids are given, find in those of one file: nothing else matters."""


def of_components(spots: Sequence[Spot], wanted: AbstractSet[str] | None) -> Iterator[Finding]:
    """The findings in the components of a page, or of an edition."""
    for spot in spots:
        yield from COMPONENTS.findings(spot, Clock(), wanted)


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
    kept = Ignoring(source, tuple(_everywhere(source, wanted, components)), today, rules).kept()
    return ordered(finding for finding in kept if finding.severity is Severity.ERROR)


def _everywhere(source: Source, wanted: AbstractSet[str] | None, components: Components) -> Iterator[Finding]:
    """The findings in the national course, and those that only its editions give rise to, with the edition's name."""
    told = [*_of_files(source, wanted), *_of_course(source, wanted, _WHOLE)]
    told += _of_pages(source.every_spot, wanted, components)
    yield from told
    seen = {(finding.rule.id, finding.message, finding.location) for finding in told}
    for name in source.editions.layers:
        if edition := source.editions.known.get(name):
            for finding in _of_edition(source, edition, wanted, components):
                key = finding.rule.id, finding.message, finding.location
                if key not in seen:
                    seen.add(key)
                    yield replace(finding, message=f"{finding.message} (edition {name})")


def _of_edition(
    source: Source, edition: Edition, wanted: AbstractSet[str] | None, components: Components
) -> Iterator[Finding]:
    """The findings in an edition; of its components only those that the course does not have."""
    local = view(source, edition)
    asked = (wanted or {rule.id for rule in source_rules()}) - _OF_THE_NATION
    yield from _of_course(local, asked, _OF_COURSES)
    known = {id(spot.component) for spot in source.every_spot}
    yield from _of_pages(
        (spot for spot in local.every_spot if id(spot.component) not in known), wanted, components
    )


def _of_files(source: Source, wanted: AbstractSet[str] | None) -> Iterator[Finding]:
    for shaped in source.shaped.values():
        yield from READING.findings(shaped, Clock(), wanted)


def _of_course(
    source: Source, wanted: AbstractSet[str] | None, families: Iterable[Family[Source]]
) -> Iterator[Finding]:
    for family in families:
        yield from family.findings(source, Clock(), wanted)


def _of_pages(
    spots: Iterable[Spot], wanted: AbstractSet[str] | None, components: Components
) -> Iterator[Finding]:
    pages: dict[str, list[Spot]] = {}
    for spot in spots:
        pages.setdefault(spot.document.path, []).append(spot)
    for together in pages.values():
        yield from components(together, wanted)


def source_rules() -> tuple[Rule, ...]:
    """Every rule about sources, in the order of their ids."""
    checks = [check.rule for family in _WHOLE for check in family.checks]
    checks += (check.rule for check in READING.checks)
    checks += (check.rule for check in IGNORING.checks)
    checks += (check.rule for check in COMPONENTS.checks)
    return tuple(sorted(checks, key=lambda rule: rule.id))
