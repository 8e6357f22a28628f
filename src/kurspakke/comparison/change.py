"""One thing that differs between two versions of a package, and what that does to learners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a change does to those who have begun, or are done."""

    LOSES = "loses"
    """Results or progress are lost, or come to mean something else: not to be uploaded over the old one."""
    CHANGES = "changes"
    """Nothing is lost, but somebody under way meets something else than they began with."""
    HARMLESS = "harmless"
    """Learners who are under way or done are as well off as before."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Effect).index(self)


@dataclass(frozen=True, slots=True)
class Change:
    """A difference: `kind` is its name for ever, `subject` the identifier or path, `reason` what it leads to."""

    kind: str
    effect: Effect
    subject: str
    message: str
    reason: str
