"""Whether a course may have changed, told by names, sizes and times alone."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from kurspakke.coursefiles import CourseFiles
from kurspakke.findings import KurspakkeError
from kurspakke.preview.keptmeans import template_stamps


def course_stamp(root: Path) -> Hashable:
    """Another value after every change that time and size show, in the course, its templates and the program's."""
    try:
        files = CourseFiles.of(root)
    except (KurspakkeError, OSError):
        return None
    entries = ((name, entry.size, entry.mtime_ns) for name, entry in files.files.items())
    return frozenset(entries), frozenset(template_stamps(root / "templates").items())
