"""Where a course project's things are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COURSE_SOURCE = "course_source"
COURSE_FILE = "course.yaml"
DIST = "dist"


@dataclass(frozen=True, slots=True)
class Project:
    """A course's source, and the folder its packages go to."""

    source: Path
    out: Path

    @classmethod
    def of(cls, source: str | None, out: str | None) -> Project:
        """The project that is meant: without a source, course_source/ here, or this folder if the course is here.

        Packages go to dist/ in the folder one works in, unless told otherwise.
        """
        if source is None:
            source = "." if Path(COURSE_FILE).is_file() else COURSE_SOURCE
        return cls(Path(source), Path(out or DIST))
