"""What the program has to say about somebody's content: findings, their rules and their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding weighs: an error stops a build, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where in a file: `path` as the user knows it, `line` and `column` counted from 1, 0 where unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column`, the form that editors and terminals make into a link."""
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's identity. `id` and `name` are for ever; `explanation` says why and how to mend."""

    id: str
    name: str
    severity: Severity
    spec: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule at one place, with what to do about it; `weighed` overrides the rule's severity.

    `profiles` are the ids of those LMSs, of the ones that were asked for, that mind it.
    """

    rule: Rule
    message: str
    hint: str
    location: Location
    weighed: Severity | None = None
    profiles: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it weighs here: as the rule says, unless somebody has said otherwise."""
        return self.weighed or self.rule.severity


class KurspakkeError(Exception):
    """A refusal: the program can't go on, and it is not the course's fault. One line and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[KurspakkeError], tuple[str, str]]:
        """Fit for another process."""
        return type(self), (self.message, self.hint)


class UsageError(KurspakkeError):
    """What was asked for does not exist: a module, a language or an audience that the course does not have."""


class ContentError(Exception):
    """The content has findings that stop the work; nothing was written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(self.findings)} findings")

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Finding, ...]]]:
        """Fit for another process."""
        return type(self), (self.findings,)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetitions, in the order of the files, then of the places in them."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda finding: (finding.location, finding.rule.id, finding.message)))


def below(folder: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their places as seen from where `folder` is seen, so that editors find the files."""
    return tuple(
        replace(finding, location=replace(finding.location, path=(folder / finding.location.path).as_posix()))
        for finding in findings
    )


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, zeros included."""
    numbers = Counter(finding.severity for finding in findings)
    return {severity: numbers[severity] for severity in Severity}
