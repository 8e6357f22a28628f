"""What is to be at an address: a release, its files, and in which order they may be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kurspakke.findings import KurspakkeError
from kurspakke.statefolder import Stamp
from kurspakke.sums import Sums

BY_HASH = "by-sha256/"
"""Begins the second path of each file, under which its bytes never change."""

_HASHED = re.compile(rf"{BY_HASH}[0-9a-f]{{64}}/[^/]+")
# What tells of other files and links to them.
_TELLING = {".html", ".xml", ".atom", ".json", ".txt", ".md", ""}


def by_hash(sha256: str, path: str) -> str:
    """The path under which the bytes with this sum stay, with the file's own name at the end."""
    return f"{BY_HASH}{sha256}/{path.rpartition('/')[2]}"


def is_by_hash(path: str) -> bool:
    """Whether a path is such a one."""
    return _HASHED.fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a release: where it is here, the hexadecimal SHA-256 of its bytes, and its stamp when that was read."""

    file: Path
    sha256: str
    stamp: Stamp

    @classmethod
    def of(cls, file: Path, sha256: str) -> Item:
        """The file as it is now; OSError as the system raises it."""
        return cls(file, sha256, Stamp.of(file.stat()))

    @property
    def size(self) -> int:
        """Number of bytes."""
        return self.stamp.size

    @property
    def is_same(self) -> bool:
        """Whether nobody has changed the file since."""
        return Stamp.of(self.file.stat()) == self.stamp


@dataclass(frozen=True, slots=True)
class Release:
    """A whole release, by paths relative to the address.

    `last` are the paths that make it visible: they are put when all else is there, in their order. `kept` are
    paths that were there before and stay as they are, with their sums.
    """

    items: Mapping[str, Item]
    last: tuple[str, ...]
    kept: Mapping[str, str]

    def __post_init__(self) -> None:
        for path in (*self.items, *self.kept):
            if not is_inside(path) or path.startswith(BY_HASH):
                raise ValueError(f"no path for a file of a release: {path!r}")

    @classmethod
    def in_folder(cls, folder: Path, last: Sequence[str], sums: Sums) -> Release:
        """All files below a folder, but hidden ones. KurspakkeError where one of `last` is missing."""
        items = {}
        for path in _files(folder):
            # The stamp first: a change while the sum is worked out shows, too.
            item = Item.of(path, "")
            items[path.relative_to(folder).as_posix()] = replace(item, sha256=sums.of(path).sha256)
        for name in last:
            if name not in items:
                raise KurspakkeError(f"{folder / name} is not there", "make the release anew")
        return cls(items, tuple(last), {})

    def stages(self) -> Iterator[tuple[str, ...]]:
        """The paths in the order in which they may be seen: what others tell of, what tells of it, then `last`."""
        telling = {path for path in self.items if PurePosixPath(path).suffix in _TELLING}
        yield tuple(sorted(self.items.keys() - telling - set(self.last)))
        yield tuple(sorted(telling - set(self.last)))
        for path in self.last:
            yield (path,)

    def hashed(self) -> dict[str, Item]:
        """Its files by their second paths."""
        return {by_hash(item.sha256, path): item for path, item in self.items.items()}

    def lasting(self) -> frozenset[str]:
        """The second paths of all of it, of what is kept, too."""
        return frozenset((*self.hashed(), *(by_hash(sha256, path) for path, sha256 in self.kept.items())))


def is_inside(path: str) -> bool:
    """Whether a path stays below the address, and is none of the program's own."""
    parts = path.split("/")
    return bool(path) and not any(not part or part.startswith(".") for part in parts)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path
