"""A package beside what came of playing it, and what was said then: what the rules about played packages look at."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kurspakke.findings import Location
from kurspakke.package import Kind, Package
from kurspakke.play.dialect import Dialect, dialect_of
from kurspakke.play.performance import Call, Performance, Sitting


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


@dataclass(frozen=True, slots=True)
class Played:
    """A package beside what came of playing it."""

    package: Package
    performance: Performance

    @property
    def whole(self) -> Location:
        """The package as a place."""
        return self.package.whole

    def file(self, path: str, line: int = 0) -> Location:
        """A file of the package, or the package where the file is not known."""
        return Location(f"{self.package.path}/{path}", line) if path else self.whole

    @property
    def played(self) -> tuple[Sitting, ...]:
        """The sittings in which the content was there."""
        return tuple(sitting for sitting in self.performance.sittings if sitting.ending == "left")

    @property
    def scorm(self) -> tuple[Conversation, ...]:
        """What was said in them, where the API of SCORM was there to be called."""
        dialect = dialect_of(self.package)
        if dialect is None or self.performance.kind not in {Kind.SCORM12, Kind.SCORM2004}:
            return ()
        return tuple(Conversation(sitting, dialect) for sitting in self.played)
