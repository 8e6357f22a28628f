"""What the validator found in one target: the input of every reporter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kurspakke.coverage import Covered
from kurspakke.findings import Finding, ordered
from kurspakke.readability import Reading

if TYPE_CHECKING:
    from kurspakke.builtpages import BuiltPages
    from kurspakke.contents import Contents


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as a baseline remembers it, `count` times; see baseline.py."""

    fingerprint: str
    target: str
    rule: str
    name: str
    path: str
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """How a target stands beside a baseline: so many findings were `known`, and those in `fixed` are gone."""

    known: int
    fixed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TargetReport:
    """The findings about what lies at `path`; `kind` is the word for it in reports (design: JSON).

    With a baseline, `findings` are the new ones, `known` those that are not told one by one, though a criterion that
    they breach stays breached, and `compared` counts them. `goals` and `readings` are those of a source; where a
    report that shows it was asked for, `contents` is what a package holds, and `pages` what a source becomes, if it
    can be built.
    """

    path: str
    kind: str
    findings: tuple[Finding, ...]
    contents: Contents | None = None
    compared: Compared | None = None
    known: tuple[Finding, ...] = ()
    goals: tuple[Covered, ...] = ()
    readings: tuple[Reading, ...] = ()
    pages: BuiltPages | None = None

    def inside(self, finding: Finding) -> str:
        """The file that the finding is about, as seen from the target; empty where it is about the whole."""
        whole, path = self.path.rstrip("/\\"), finding.location.path
        return path[len(whole) + 1 :] if path.startswith((f"{whole}/", f"{whole}\\")) else ""

    @property
    def is_file(self) -> bool:
        """Whether the target is one file, so that what is inside can't be opened by its path."""
        return Path(self.path).is_file()


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, then in the order of the places."""
    return sorted(ordered(findings), key=lambda finding: finding.severity.rank)
