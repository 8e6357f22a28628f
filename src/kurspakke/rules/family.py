"""A family of rules: functions that carry their own id, name, severity, clause and explanation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.limits import Clock

Subject = TypeVar("Subject")
Find = Callable[[Subject], Iterable["Problem"]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where, what, and what to do about it."""

    location: Location
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A rule beside the function that finds its breaches in a subject."""

    rule: Rule
    find: Find[Subject]

    def finding(self, problem: Problem) -> Finding:
        """A breach of this rule."""
        return Finding(self.rule, problem.message, problem.hint, problem.location)


class Family(Generic[Subject]):
    """The rules about one kind of subject, in the order they stand in their module.

    Two families of the same prefix share its numbers: the second one counts from `first`.
    """

    def __init__(self, prefix: str, first: int = 0) -> None:
        self.prefix = prefix
        self.first = first
        self.checks: list[Check[Subject]] = []

    def rule(
        self, number: int, name: str, severity: Severity, spec: str = ""
    ) -> Callable[[Find[Subject]], Find[Subject]]:
        """Make the decorated function the rule `<prefix>-<number>`; its docstring is the explanation."""

        def enter(find: Find[Subject]) -> Find[Subject]:
            rule = Rule(
                f"{self.prefix}-{self.first + number:03}",
                name,
                severity,
                spec,
                inspect.cleandoc(find.__doc__ or ""),
            )
            self.checks.append(Check(rule, find))
            return find

        return enter

    def findings(
        self, subject: Subject, clock: Clock, wanted: AbstractSet[str] | None = None
    ) -> Iterator[Finding]:
        """The findings in `subject` of every rule of the family, or of those whose ids are `wanted`.

        `clock` is asked before each rule; an author's own files have all the time there is, `Clock()`.

        Raises:
            OutOfTimeError: the time that `clock` gives is used up.
        """
        for check in self.checks:
            clock.check()
            if wanted is None or check.rule.id in wanted:
                yield from map(check.finding, check.find(subject))
