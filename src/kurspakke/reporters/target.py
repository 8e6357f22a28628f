"""What the validator found in one target: the input of every reporter."""

from __future__ import annotations

from dataclasses import dataclass

from kurspakke.findings import Finding


@dataclass(frozen=True, slots=True)
class TargetReport:
    """The findings about what lies at `path`; `kind` is the word for it in reports (design: JSON)."""

    path: str
    kind: str
    findings: tuple[Finding, ...]
