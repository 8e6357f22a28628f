"""Where the pages of a release lie in its folder."""

from __future__ import annotations

from kurspakke.release.words import LANGUAGES

_GUIDES = {"nb": "veiledning", "nn": "rettleiing"}


def front_page(language: str) -> str:
    """The page that the release begins with."""
    return "index.html" if language == LANGUAGES[0] else f"index-{language}.html"


def privacy_page(language: str) -> str:
    """The page with the privacy tables."""
    return "personvern.html" if language == LANGUAGES[0] else f"personvern-{language}.html"


def changes_page(language: str) -> str:
    """The page with the changelog."""
    return "endringer.html" if language == LANGUAGES[0] else f"endringer-{language}.html"


def edition_page(edition: str) -> str:
    """The page of a locality."""
    return f"utgaver/{edition}.html"


def guide_page(name: str, edition: str | None, language: str) -> str:
    """The import guide for an LMS: with an edition's files in its own language, or with the national ones in each."""
    return f"{f'utgaver/{edition}' if edition else _GUIDES[language]}/{name}.html"


def report_page(version: str) -> str:
    """The report of the check of a version's packages."""
    return f"rapporter/{version}.html"


def kit_page(version: str) -> str:
    """The coordinator's page of a version."""
    return f"koordinator/{version}/for_koordinator.html"
