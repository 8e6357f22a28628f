"""What of the findings is reported, and how grave: pure functions from raw findings to kept ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kurspakke.findings import Finding, Severity

OFF = "off"
"""In place of a severity: the rule's findings are left out."""


@dataclass(frozen=True, slots=True)
class Control:
    """Which rules count, by their ids.

    `select` are those that are reported, None for all; `ignore` those that are not, also when they are selected.
    `weights` gives rules another severity, None to leave them out.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    weights: Mapping[str, Severity | None] = field(default_factory=dict)

    def kept(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that are left, each with the severity that it has here."""
        for finding in findings:
            rule = finding.rule.id
            weight = self.weights.get(rule, finding.severity)
            if weight is None or rule in self.ignore or (self.select is not None and rule not in self.select):
                continue
            yield finding if weight is finding.severity else replace(finding, weighed=weight)
