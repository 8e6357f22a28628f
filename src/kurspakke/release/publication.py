"""Everything that is known of a release before it is written: the input of all its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kurspakke.course import Course
from kurspakke.record import Record
from kurspakke.release.changelog import Changelog
from kurspakke.release.offer import VersionOffer
from kurspakke.release.places import Place
from kurspakke.release.privacytable import PrivacyTable
from kurspakke.release.replacement import Replacement
from kurspakke.release.words import LANGUAGES
from kurspakke.source import Source


@dataclass(frozen=True, slots=True)
class Earlier:
    """The release that this one was compared with; `record_only`: by sums and identifiers alone."""

    version: str
    record_only: bool


@dataclass(frozen=True)
class Publication:
    """A release: its packages as versions with modules, and what is to be said of them.

    `date` is the day it is released on as YYYY-MM-DD, "" where nobody has said it; `privacy` are the tables by
    language; `guides` are the import guides by id and name.
    """

    source: Source
    course: Course
    record: Record
    offers: tuple[VersionOffer, ...]
    places: Mapping[str, Place]
    replacements: Mapping[str, Replacement]
    earlier: Earlier | None
    log: Changelog
    date: str
    privacy: Mapping[str, tuple[PrivacyTable, ...]]

    @property
    def national(self) -> tuple[VersionOffer, ...]:
        """The versions of the national edition."""
        return self.of(None)

    @property
    def editions(self) -> tuple[str, ...]:
        """The ids of the local editions, each once."""
        return tuple(dict.fromkeys(offer.edition for offer in self.offers if offer.edition))

    def of(self, edition: str | None) -> tuple[VersionOffer, ...]:
        """The versions of an edition."""
        return tuple(offer for offer in self.offers if offer.edition == edition)

    def language_of(self, edition: str) -> str:
        """What the pages about an edition are written in: its own language, or bokmål where it has another one."""
        own = self.of(edition)[0].language
        return own if own in LANGUAGES else LANGUAGES[0]

    def unsafe(self) -> Iterator[Replacement]:
        """What must not be uploaded over the package before, and what is gone."""
        found = sorted(self.replacements.values(), key=lambda one: one.path)
        return (replacement for replacement in found if replacement.is_unsafe)
