"""The words of the preview's own pages, in Norwegian and in English."""

from __future__ import annotations

from collections.abc import Mapping

_NB = {
    "preview": "Forhåndsvisning",
    "lead": "Åpne en pakke og se det samme som den som lærer, og det læringsplattformen får vite.",
    "module": "Innhold",
    "language": "Språk",
    "audience": "Målgruppe",
    "edition": "Utgave",
    "formats": "Åpne som",
    "findings": "Funn",
    "looking": "ser etter …",
    "none": "ingen",
    "error": "feil",
    "warning": "advarsel",
    "note": "merknad",
    "errors": "feil",
    "warnings": "advarsler",
    "notes": "merknader",
    "empty": "Det er ingen pakker her.",
    "switch": "English",
    "safari": (
        "Safari finner ikke adressene som pakkene vises på (noe.localhost). Bruk Edge, Chrome eller Firefox."
    ),
    "all": "Alle pakker",
    "script_needed": "Forhåndsvisningen trenger JavaScript.",
    "gone": "Pakken finnes ikke lenger",
    "gone_lead": "Den er flyttet eller slettet, eller kurset har ikke lenger denne varianten.",
    "static": "Kurs",
    "static_lead": "Velg et kurs. Svarene dine blir lagret i denne nettleseren, og ingen andre steder.",
}
_EN = {
    "preview": "Preview",
    "lead": "Open a package to see what the learner sees, and what the LMS is told.",
    "module": "Content",
    "language": "Language",
    "audience": "Audience",
    "edition": "Edition",
    "formats": "Open as",
    "findings": "Findings",
    "looking": "looking …",
    "none": "none",
    "error": "error",
    "warning": "warning",
    "note": "note",
    "errors": "errors",
    "warnings": "warnings",
    "notes": "notes",
    "empty": "There are no packages here.",
    "switch": "Norsk",
    "safari": (
        "Safari does not find the addresses that packages are shown at (something.localhost). "
        "Use Edge, Chrome or Firefox."
    ),
    "all": "All packages",
    "script_needed": "The preview needs JavaScript.",
    "gone": "The package is no longer there",
    "gone_lead": "It was moved or deleted, or the course no longer has this variant.",
    "static": "Courses",
    "static_lead": "Choose a course. Your answers are kept in this browser, and nowhere else.",
}
WORDS: Mapping[str, Mapping[str, str]] = {"nb": _NB, "en": _EN}
