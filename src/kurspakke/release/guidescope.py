"""Whose packages an import guide is about: the national ones, or those of one locality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kurspakke.formats.table import FORMATS
from kurspakke.record import PackageRecord
from kurspakke.release.offer import Download, ModuleOffer, VersionOffer, by_language
from kurspakke.release.places import Place
from kurspakke.release.publication import Publication
from kurspakke.release.words import LANGUAGES

FORMAT_NAMES = {"scorm12": "SCORM 1.2", "xapi": "xAPI (Tin Can)", "cmi5": "cmi5"}
"""What is imported into an LMS, by the names that administrators know it under."""


@dataclass(frozen=True, slots=True)
class Files:
    """The packages of one version in the guide's format, each with its module."""

    version: VersionOffer
    modules: tuple[tuple[ModuleOffer, Download], ...]


@dataclass(frozen=True)
class Scope:
    """The versions that one set of guides is for, those in the guides' language first; no `place`: the national ones."""

    place: Place | None
    language: str
    offers: tuple[VersionOffer, ...]

    @cached_property
    def formats(self) -> tuple[str, ...]:
        """The formats for an LMS that there are packages in, the most common one first."""
        return tuple(name for name in FORMATS if name in FORMAT_NAMES and any(self.packages(name)))

    def packages(self, form: str) -> Iterator[PackageRecord]:
        """All packages in a format."""
        return (download.record for files in self.files(form) for _, download in files.modules)

    def files(self, form: str) -> Iterator[Files]:
        """The versions that have packages in a format."""
        for version in self.offers:
            found = tuple(
                (module, download)
                for module in version.modules
                for download in module.downloads
                if download.format == form
            )
            if found:
                yield Files(version, found)


def scopes(publication: Publication) -> Iterator[Scope]:
    """Those that guides are made for: all that have a package for an LMS, the national ones first, in each language."""
    for edition in (None, *publication.editions):
        for language in (publication.language_of(edition),) if edition else LANGUAGES:
            place = publication.places[edition] if edition else None
            scope = Scope(place, language, by_language(publication.of(edition), language))
            if scope.formats:
                yield scope
