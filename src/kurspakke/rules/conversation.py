"""What a played SCO and its LMS said to each other in a sitting, in the words of the version of SCORM they speak."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kurspakke.play.dialect import Dialect
from kurspakke.play.performance import Call, Sitting


@dataclass(frozen=True, slots=True)
class Conversation:
    """The calls of a sitting; `dialect` has the names by which they are told apart."""

    sitting: Sitting
    dialect: Dialect

    @property
    def calls(self) -> tuple[Call, ...]:
        """All of them, in order."""
        return self.sitting.calls

    @property
    def begins(self) -> list[Call]:
        """The calls that begin a session."""
        return self._named(self.dialect.begin)

    @property
    def ends(self) -> list[Call]:
        """The calls that end it."""
        return self._named(self.dialect.end)

    @property
    def commits(self) -> list[Call]:
        """The calls that have values kept."""
        return self._named(self.dialect.commit)

    @property
    def questions(self) -> list[Call]:
        """The calls that ask for values."""
        return self._named(self.dialect.get)

    @property
    def tries(self) -> list[Call]:
        """The calls that set values, taken or refused."""
        return self._named(self.dialect.set)

    def taken(self, *elements: str) -> list[Call]:
        """Those of them that set one of these elements and were not refused."""
        return [call for call in self.tries if call.element in elements and call.answer == "true"]

    def asked(self) -> AbstractSet[str]:
        """The elements that were asked for."""
        return {call.element for call in self.questions}

    def is_long_state(self, call: Call) -> bool:
        """Whether it is a saved state that was refused since it was too long."""
        is_refused = call.element == self.dialect.state and call.error == self.dialect.mistyped
        return is_refused and len(call.value) > self.dialect.most_state

    def _named(self, name: str) -> list[Call]:
        return [call for call in self.calls if call.name == name]


def given(call: Call) -> str:
    """What the call was given, shortened, as a list."""
    return ", ".join(repr(str(each)[:60]) for each in call.given)
