"""A package beside what came of playing it: what the rules about played packages look at."""

from __future__ import annotations

from dataclasses import dataclass

from kurspakke.findings import Location
from kurspakke.package import Kind, Package
from kurspakke.play.dialect import dialect_of
from kurspakke.play.performance import Performance, Sitting
from kurspakke.rules.conversation import Conversation


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
