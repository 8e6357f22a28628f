"""The success criteria of WCAG 2.1, levels A and AA, and which of them Norwegian law asks for.

The regulation on universal design of ICT solutions (forskrift om universell utforming av IKT-løsninger) holds
public bodies to 48 of the 50: 47 for all content, and 1.2.5 for recorded films published since 1 February 2024.
1.2.3 and 1.2.4 are not among them. EN 301 549, clause 9, has each criterion under its own number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kurspakke.findings import Rule

REGULATION = "forskrift om universell utforming av IKT-løsninger"
"""What the Norwegian requirement stands in."""


class Requirement(StrEnum):
    """What the Norwegian regulation says about a criterion, for public bodies."""

    REQUIRED = "required"
    """For all content."""
    SINCE_2024 = "required since 2024"
    """For recorded films that were published on 1 February 2024 or later."""
    ADVICE = "advice"
    """Not asked for: good to do all the same."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion by its number in WCAG 2.1, with its official names in bokmål and English."""

    number: str
    level: Literal["A", "AA"]
    name_nb: str
    name_en: str
    norway: Requirement = Requirement.REQUIRED

    @property
    def clause(self) -> str:
        """Its clause in EN 301 549."""
        return f"9.{self.number}"

    @property
    def is_required(self) -> bool:
        """Whether the regulation asks for it, if only of new films."""
        return self.norway is not Requirement.ADVICE


_ALL = (
    Criterion("1.1.1", "A", "Ikke-tekstlig innhold", "Non-text Content"),
    Criterion(
        "1.2.1",
        "A",
        "Bare lyd og bare video (forhåndsinnspilt)",
        "Audio-only and Video-only (Prerecorded)",
    ),
    Criterion("1.2.2", "A", "Teksting (forhåndsinnspilt)", "Captions (Prerecorded)"),
    Criterion(
        "1.2.3",
        "A",
        "Synstolking eller mediealternativ (forhåndsinnspilt)",
        "Audio Description or Media Alternative (Prerecorded)",
        Requirement.ADVICE,
    ),
    Criterion("1.2.4", "AA", "Teksting (direkte)", "Captions (Live)", Requirement.ADVICE),
    Criterion(
        "1.2.5",
        "AA",
        "Synstolking (forhåndsinnspilt)",
        "Audio Description (Prerecorded)",
        Requirement.SINCE_2024,
    ),
    Criterion("1.3.1", "A", "Informasjon og relasjoner", "Info and Relationships"),
    Criterion("1.3.2", "A", "Meningsfylt rekkefølge", "Meaningful Sequence"),
    Criterion("1.3.3", "A", "Sensoriske egenskaper", "Sensory Characteristics"),
    Criterion("1.3.4", "AA", "Visningsretning", "Orientation"),
    Criterion("1.3.5", "AA", "Identifiser formål med inndata", "Identify Input Purpose"),
    Criterion("1.4.1", "A", "Bruk av farge", "Use of Color"),
    Criterion("1.4.2", "A", "Styring av lyd", "Audio Control"),
    Criterion("1.4.3", "AA", "Kontrast (minimum)", "Contrast (Minimum)"),
    Criterion("1.4.4", "AA", "Endring av tekststørrelse", "Resize text"),
    Criterion("1.4.5", "AA", "Bilder av tekst", "Images of Text"),
    Criterion("1.4.10", "AA", "Dynamisk tilpasning (reflow)", "Reflow"),
    Criterion("1.4.11", "AA", "Kontrast for ikke-tekstlig innhold", "Non-text Contrast"),
    Criterion("1.4.12", "AA", "Tekstavstand", "Text Spacing"),
    Criterion(
        "1.4.13", "AA", "Pekerfølsomt innhold eller innhold ved tastaturfokus", "Content on Hover or Focus"
    ),
    Criterion("2.1.1", "A", "Tastatur", "Keyboard"),
    Criterion("2.1.2", "A", "Ingen tastaturfelle", "No Keyboard Trap"),
    Criterion("2.1.4", "A", "Hurtigtaster som består av ett tegn", "Character Key Shortcuts"),
    Criterion("2.2.1", "A", "Justerbar hastighet", "Timing Adjustable"),
    Criterion("2.2.2", "A", "Pause, stopp, skjul", "Pause, Stop, Hide"),
    Criterion("2.3.1", "A", "Terskelverdi på maksimalt tre glimt", "Three Flashes or Below Threshold"),
    Criterion("2.4.1", "A", "Hoppe over blokker", "Bypass Blocks"),
    Criterion("2.4.2", "A", "Sidetitler", "Page Titled"),
    Criterion("2.4.3", "A", "Fokusrekkefølge", "Focus Order"),
    Criterion("2.4.4", "A", "Formål med lenke (i kontekst)", "Link Purpose (In Context)"),
    Criterion("2.4.5", "AA", "Flere måter", "Multiple Ways"),
    Criterion("2.4.6", "AA", "Overskrifter og ledetekster", "Headings and Labels"),
    Criterion("2.4.7", "AA", "Synlig fokus", "Focus Visible"),
    Criterion("2.5.1", "A", "Pekerbevegelser", "Pointer Gestures"),
    Criterion("2.5.2", "A", "Pekeravbrytelse", "Pointer Cancellation"),
    Criterion("2.5.3", "A", "Ledetekst i navn", "Label in Name"),
    Criterion("2.5.4", "A", "Bevegelsesaktivering", "Motion Actuation"),
    Criterion("3.1.1", "A", "Språk på siden", "Language of Page"),
    Criterion("3.1.2", "AA", "Språk på deler av innhold", "Language of Parts"),
    Criterion("3.2.1", "A", "Fokus", "On Focus"),
    Criterion("3.2.2", "A", "Inndata", "On Input"),
    Criterion("3.2.3", "AA", "Konsekvent navigering", "Consistent Navigation"),
    Criterion("3.2.4", "AA", "Konsekvent identifikasjon", "Consistent Identification"),
    Criterion("3.3.1", "A", "Identifikasjon av feil", "Error Identification"),
    Criterion("3.3.2", "A", "Ledetekster eller instruksjoner", "Labels or Instructions"),
    Criterion("3.3.3", "AA", "Forslag ved feil", "Error Suggestion"),
    Criterion(
        "3.3.4",
        "AA",
        "Forhindring av feil (juridiske feil, økonomiske feil, datafeil)",
        "Error Prevention (Legal, Financial, Data)",
    ),
    Criterion("4.1.1", "A", "Parsing (oppdeling)", "Parsing"),
    Criterion("4.1.2", "A", "Navn, rolle, verdi", "Name, Role, Value"),
    Criterion("4.1.3", "AA", "Statusbeskjeder", "Status Messages"),
)

CRITERIA: Mapping[str, Criterion] = {criterion.number: criterion for criterion in _ALL}
"""The fifty criteria by their numbers, in the order of WCAG 2.1."""

_NUMBER = re.compile(r"\d\.\d\.\d+")


def criteria_of(rule: Rule) -> tuple[Criterion, ...]:
    """The criteria that the rule checks, of those its `spec` names after «WCAG 2.1,»; empty for other rules.

    Raises KeyError for a number that is no criterion of level A or AA.
    """
    parts = (part.strip() for part in rule.spec.split(";"))
    return tuple(
        CRITERIA[number]
        for part in parts
        if part.startswith("WCAG 2.1, ")
        for number in _NUMBER.findall(part.removeprefix("WCAG 2.1"))
    )


def spec_of(rule: Rule) -> str:
    """The clauses behind a rule; behind one about accessibility also the Norwegian requirement."""
    return "; ".join(filter(None, (rule.spec, _norwegian(criteria_of(rule)))))


def _norwegian(criteria: Iterable[Criterion]) -> str:
    """The clauses of EN 301 549 by what the regulation says about them."""
    by_requirement: dict[Requirement, list[str]] = {}
    for criterion in criteria:
        by_requirement.setdefault(criterion.norway, []).append(criterion.clause)
    return "; ".join(
        f"EN 301 549, {' and '.join(clauses)} ({_SAYS[norway]})" for norway, clauses in by_requirement.items()
    )


_SAYS = {
    Requirement.REQUIRED: f"{REGULATION}: required",
    Requirement.SINCE_2024: f"{REGULATION}: required of films published since 1 February 2024",
    Requirement.ADVICE: f"{REGULATION}: not required, good advice",
}
