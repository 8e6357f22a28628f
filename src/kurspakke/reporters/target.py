"""What the validator found in one target: the input of every reporter."""

from __future__ import annotations

from dataclasses import dataclass

from kurspakke.coverage import Covered
from kurspakke.findings import Finding


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

    With a baseline, `findings` are the new ones and `compared` tells of the others. `goals` are those of a source.
    """

    path: str
    kind: str
    findings: tuple[Finding, ...]
    compared: Compared | None = None
    goals: tuple[Covered, ...] = ()
