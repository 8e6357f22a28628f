"""What cmi5 asks of an AU while it runs: how a rule is written, and what a breach of it says.

The rules themselves stand in `form.py`, `context.py`, `scores.py` and `results.py` (a statement in
itself), `order.py` (its place among the others) and `requests.py` (documents). Their numbers are those of ADL
CATAPULT's list of requirements: a clause of the cmi5 specification, and a count within it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is not kept: which, where in the statement or request, and why it matters, in two languages.

    `refused` tells that an LMS must not take what breaks it (403); the others are noted.
    """

    rule: str
    where: str
    nb: str
    en: str
    refused: bool

    @property
    def clause(self) -> str:
        """The clause of the specification, as people cite it: `cmi5 9.3.4`."""
        numbers = self.rule.partition("-")[0].split(".")
        while numbers[-1] == "0" and len(numbers) > 2:
            numbers.pop()
        return f"cmi5 {'.'.join(numbers)}"


Subject = TypeVar("Subject")
Check = Callable[[Subject], str | None]
"""None where the rule is kept; else what is there instead, for the texts' `{found}`: "" where nothing is to be told."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A rule: its number and name, where it looks, what it says when it is broken, and the check."""

    id: str
    name: str
    where: str
    nb: str
    en: str
    refuses: bool
    check: Check[Subject]

    def breach(self, subject: Subject) -> Breach | None:
        """The breach of this rule by `subject`, or None."""
        found = self.check(subject)
        if found is None:
            return None
        said = {"found": _short(found)}
        return Breach(
            self.id, self.where, self.nb.format_map(said), self.en.format_map(said), refused=self.refuses
        )


class Table(Generic[Subject]):
    """Rules about one kind of thing, in the order in which they are asked."""

    def __init__(self) -> None:
        self._rules: list[Rule[Subject]] = []

    def __iter__(self) -> Iterator[Rule[Subject]]:
        return iter(self._rules)

    def rule(
        self, number: str, where: str, nb: str, en: str, *, refuses: bool = True
    ) -> Callable[[Check[Subject]], Check[Subject]]:
        """A decorator that puts the check it stands above into the table."""

        def add(check: Check[Subject]) -> Check[Subject]:
            name = getattr(check, "__name__", number).replace("_", "-")
            self._rules.append(Rule(number, name, where, nb, en, refuses, check))
            return check

        return add

    def breaches(self, subject: Subject) -> Iterator[Breach]:
        """All that `subject` breaks."""
        for rule in self._rules:
            if breach := rule.breach(subject):
                yield breach


_MOST = 120


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
