"""What the preview has to offer: packages that can be opened, wherever they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kurspakke.findings import Finding
from kurspakke.package import Kind, Package


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that can be opened.

    `id` is its `secret_id`, by which addresses name it. `key` names it to the store: the same from run to run, so
    that attempts are found again. `origin` is what the user named: a course's source, a zip, a folder. `module`,
    `language`, `audience` and `edition` are known of packages that are built from a source, and empty for others
    that don't say. `error` tells why the package can't be opened now; then it has no files.
    """

    id: str
    key: str
    title: str
    kind: Kind
    origin: Path
    file_name: str
    module: str = ""
    language: str = ""
    audience: str = ""
    edition: str = ""
    error: str = ""


class Shelf(Protocol):
    """All that is previewed. Every method may be called from several threads at once."""

    def offers(self) -> Sequence[Offer]:
        """What there is now, in the order in which the paths were given."""

    def offer(self, offer_id: str) -> Offer | None:
        """One of them."""

    def package(self, offer_id: str) -> Package | None:
        """The package as it is now, made when it is asked for first; None when there is none, or it can't be made."""

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What the validator says of the package and, where it is built from a source, of that."""
