"""The coordinator's page of a version, over all its modules, with what it needs to open from the disk."""

from __future__ import annotations

from collections.abc import Mapping

from kurspakke.filetree import File
from kurspakke.release.version import Version
from kurspakke.runtime import STYLE, runtime_files


def kit_files(version: Version) -> Mapping[str, File]:
    """The files by their names in the kit's folder; none where the course has nothing for a coordinator."""
    workshop, brand = version.workshop, version.course.head.brand
    page = workshop.for_coordinator(version.whole, None)
    if not page:
        return {}
    style = runtime_files(version.course.modules, "web", brand)[STYLE]
    logos = {
        workshop.media["", name]: File(path=workshop.source.files.files[name].path)
        for _, name in (brand.logos() if brand else ())
    }
    return {**page, STYLE: style, **logos}
