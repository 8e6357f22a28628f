"""The packages of a course that were asked for, made of one reading of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kurspakke.findings import Finding
from kurspakke.limits import DEFAULT_LIMITS, Clock
from kurspakke.package import Package
from kurspakke.preview.coursereading import CourseReading
from kurspakke.preview.parts import Version
from kurspakke.rules.validate import validate_package


@dataclass(eq=False, slots=True)
class Made:
    """A package, and what its files were when it was made."""

    package: Package
    versions: Mapping[str, Version]
    _findings: tuple[Finding, ...] | None = None

    def findings(self) -> tuple[Finding, ...]:
        """What the validator says of it; told when it is asked for."""
        if self._findings is None:
            # Another one of the same files: what the validator learns of them need not be kept.
            package = Package(self.package.path, self.package.tree, clock=Clock(DEFAULT_LIMITS.seconds))
            self._findings = validate_package(package)
        return self._findings


@dataclass(eq=False, slots=True)
class Shown:
    """The last reading of which packages could be made, with those that were, and why others could not, by their ids."""

    reading: CourseReading
    made: dict[str, Made] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
