"""One thing that the user named, and the packages that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kurspakke.filetree import FileTree
from kurspakke.findings import Finding
from kurspakke.package import Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.parts import Version, version_of


@dataclass(frozen=True, slots=True)
class Change:
    """What is not as it was.

    `offers` are the ids of the packages whose files changed, `files` the paths in them that are other, new or gone;
    `listed` tells that the list itself changed: its titles, languages, errors. `findings` are the errors in the
    source at `origin` that hinder now; none when all is well, or well again.
    """

    offers: frozenset[str]
    files: Mapping[str, frozenset[str]]
    listed: bool
    findings: Sequence[Finding]
    origin: Path

    @classmethod
    def of(
        cls, origin: Path, files: Mapping[str, frozenset[str]], findings: Sequence[Finding], *, listed: bool
    ) -> Change:
        """The change when those paths in `files` differ; packages where none does have not changed."""
        changed = {offer: paths for offer, paths in files.items() if paths}
        return cls(frozenset(changed), changed, listed, findings, origin)


class Supply(Protocol):
    """A course's source, or a package that lies on the disk. Methods may be called from several threads at once."""

    @property
    def origin(self) -> Path:
        """What the user named, as far as it is this."""

    @property
    def is_file(self) -> bool:
        """Whether it is one file rather than a folder."""

    @property
    def is_course(self) -> bool:
        """Whether packages are made of it."""

    def has(self, offer_id: str) -> bool:
        """Whether the offer of this id is here."""

    def offers(self) -> Sequence[Offer]:
        """The packages that there are now."""

    def package(self, offer_id: str) -> Package | None:
        """One of them as it is now; None when it can't be made."""

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What is to be said of one of them, and of what it is made of."""

    def is_hindered(self) -> bool:
        """Whether what lies there now can't be opened."""

    def is_stale(self) -> bool:
        """Whether files seem to have changed since they were last looked at; told by their stamps alone."""

    def look(self) -> Iterator[Change]:
        """What has changed since the last time. Packages that were looked at last are made anew first."""


def versions_of(tree: FileTree) -> Mapping[str, Version]:
    """What each file is now: those on the disk may be others later, under the same name."""
    return {path: version_of(file) for path, file in tree.items()}


def differing(old: Mapping[str, Version], new: Mapping[str, Version]) -> frozenset[str]:
    """The paths that are not the same in both."""
    return frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
