"""How much a package weighs, and what of it the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kurspakke.filetree import File, FileTree
from kurspakke.zipmember import PackedFile

MOST_LISTED = 20
"""So many of the largest files are listed."""


@dataclass(frozen=True, slots=True)
class Heavy:
    """One file: its size in bytes, unpacked and in the zip (0 where there is no zip yet)."""

    path: str
    bytes: int
    packed: int


@dataclass(frozen=True, slots=True)
class Weight:
    """The number of files, their bytes unpacked, those of the packed ones in the zip, and the largest of them."""

    files: int
    bytes: int
    packed: int
    largest: Sequence[Heavy]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def weight(tree: FileTree) -> Weight:
    """The weight of all files of a package."""
    heavy = [Heavy(path, file.size, _packed(file)) for path, file in tree.items()]
    largest = sorted(heavy, key=lambda each: (-each.bytes, each.path))[:MOST_LISTED]
    return Weight(
        len(heavy), sum(each.bytes for each in heavy), sum(each.packed for each in heavy), tuple(largest)
    )


def _packed(file: File) -> int:
    return file.entry.packed_size if isinstance(file, PackedFile) else 0
