"""What the rules about components found in a file, kept as long as the file is the same."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kurspakke.findings import Finding
from kurspakke.rules.source import of_components
from kurspakke.spot import Spot
from kurspakke.yamltree import Document, Keys


@dataclass(frozen=True, slots=True)
class _Page:
    document: Document
    languages: tuple[str, ...]
    wanted: AbstractSet[str] | None
    findings: tuple[Finding, ...]


class KeptFindings:
    """See `rules.source.Components`; for documents that a `KeptReader` read."""

    def __init__(self) -> None:
        # An edition leaves out of a page what it replaces: a page without that is one of its own.
        self._pages: dict[tuple[str, tuple[Keys, ...]], _Page] = {}

    def __call__(self, spots: Sequence[Spot], wanted: AbstractSet[str] | None) -> Sequence[Finding]:
        """What is found in `spots`, all of which stand in one document."""
        document, languages = spots[0].document, spots[0].languages
        name = document.path, tuple(spot.keys for spot in spots)
        page = self._pages.get(name)
        if (
            page is None
            or page.document is not document
            or page.languages != languages
            or page.wanted != wanted
        ):
            page = _Page(document, languages, wanted, tuple(of_components(spots, wanted)))
            self._pages[name] = page
        return page.findings
