"""The release before this one: its packages, or only what its `build.json` says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kurspakke.findings import KurspakkeError
from kurspakke.record import FILE, PackageRecord
from kurspakke.release.stock import read_record


@dataclass(frozen=True, slots=True)
class Previous:
    """What was released before: its version, its packages by file name, and those that are at hand."""

    course: str
    version: str
    packages: Mapping[str, PackageRecord]
    places: Mapping[str, Path]

    @property
    def is_record_only(self) -> bool:
        """Whether no package is at hand, so that only sums and identifiers can be compared."""
        return not self.places


def previous_at(path: Path) -> Previous:
    """The release in a folder, or the one that a `build.json` describes.

    A package that is gone, or is not what `build.json` says, counts as not at hand. Raises KurspakkeError where
    there is no readable `build.json`.
    """
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise KurspakkeError(
            f"there is no earlier release at {path}", f"name its folder, or its {FILE}, with --previous"
        )
    record = read_record(file)
    packages = {package.path: package for package in record.packages}
    places = {
        package.path: place
        for package in record.packages
        if (place := file.parent / package.path).is_file() and place.stat().st_size == package.bytes
    }
    # A build.json by itself may lie anywhere, also beside packages of another build.
    return Previous(record.course.id, record.course.version, packages, places if path.is_dir() else {})
