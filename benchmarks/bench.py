"""Where it is measured, and a line of what came out."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Run
from benchmarks.reference import Size, write_course

KURSPAKKE = Path(sys.executable).with_name("kurspakke")
FORMATS = "scorm12,xapi,cmi5"


@dataclass(frozen=True)
class Result:
    """One line of the table; `held` says whether its budget holds, None where it has none."""

    what: str
    figures: Run | None
    note: str = ""
    budget: str = ""
    held: bool | None = None


@dataclass(frozen=True)
class Bench:
    """A folder to work in, and how many times everything is measured."""

    folder: Path
    times: int

    def course(self, name: str, size: Size) -> Path:
        """A course of this size, written once."""
        folder = self.folder / name
        return folder if folder.exists() else write_course(folder, size)

    def build(self, course: Path, formats: str = FORMATS) -> list[str | Path]:
        """The command that builds the course."""
        return [KURSPAKKE, "build", course, "-o", self.out(course), "--format", formats]

    def out(self, course: Path) -> Path:
        """Where its packages go."""
        return self.folder / f"dist-{course.name}"

    def forget(self, course: Path) -> None:
        """Remove the packages and everything that is remembered about them."""
        shutil.rmtree(self.out(course), ignore_errors=True)
