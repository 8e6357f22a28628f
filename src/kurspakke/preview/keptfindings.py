"""What the rules about components found on a page, kept as long as the page is the same."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kurspakke.findings import Finding
from kurspakke.rules.source import of_components
from kurspakke.spot import Spot
from kurspakke.yamltree import Document


@dataclass(frozen=True, slots=True)
class _Page:
    document: Document
    languages: tuple[str, ...]
    wanted: AbstractSet[str] | None
    findings: tuple[Finding, ...]


class KeptFindings:
    """See `rules.source.Components`; for documents that a `KeptReader` read."""

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}

    def __call__(self, spots: Sequence[Spot], wanted: AbstractSet[str] | None) -> Sequence[Finding]:
        """What is found on the page on which `spots` are all the components."""
        document, languages = spots[0].document, spots[0].languages
        page = self._pages.get(document.path)
        if (
            page is None
            or page.document is not document
            or page.languages != languages
            or page.wanted != wanted
        ):
            page = _Page(document, languages, wanted, tuple(of_components(spots, wanted)))
            self._pages[document.path] = page
        return page.findings
