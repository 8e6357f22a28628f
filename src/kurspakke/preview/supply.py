"""One thing that the user named, and the packages that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kurspakke.filetree import FileTree
from kurspakke.findings import Finding
from kurspakke.package import Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.parts import version_of


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
    findings: Sequence[Finding] = field(default=())
    origin: Path = Path()


class Supply(Protocol):
    """A course's source, or a package that lies on the disk. Methods may be called from several threads at once."""

    def offers(self) -> Sequence[Offer]:
        """The packages that there are now."""

    def package(self, offer_id: str) -> Package | None:
        """One of them as it is now; None when it can't be made."""

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What is to be said of one of them, and of what it is made of."""


def differing(old: FileTree, new: FileTree) -> frozenset[str]:
    """The paths at which two trees are not the same, bytes in memory by what they are and others by their stamps."""
    return frozenset(path for path in old.keys() | new.keys() if not _same(path, old, new))


def _same(path: str, old: FileTree, new: FileTree) -> bool:
    before, now = old.get(path), new.get(path)
    if before is None or now is None:
        return False
    if before is now:
        return True
    if before.data is not None and now.data is not None:
        return before.data == now.data
    return version_of(before) == version_of(now)
