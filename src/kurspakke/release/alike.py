"""Packages that are the same but for a locality's names: what is found out about one of them holds for the others.

That is what the press goes by (press/blanks.py), here for zips as they lie there, whoever made them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kurspakke.course import Stamp
from kurspakke.filetree import CHUNK
from kurspakke.press.blanks import TEXTS, Names, blanked, names
from kurspakke.record import Label
from kurspakke.source import Source
from kurspakke.unit import COMBINED, Unit
from kurspakke.variant import Variant
from kurspakke.words import words
from kurspakke.zipdirectory import Directory, Entry
from kurspakke.zipmember import DamagedMemberError
from kurspakke.zipreader import Archive, read_zip

# Of each member a header before it and an entry in the directory, and the end: no other bytes are in a plain zip.
_BESIDE_A_MEMBER = 30 + 46
_END = 22


def names_in(label: Label, source: Source, version: str) -> Names:
    """A package's names by which it differs from those of other localities; none where that can't be told.

    `version` is that of the course that it was built from.
    """
    course, edition = source.course, source.editions.known.get(label.edition or "")
    if course is None or edition is None:
        return ()
    modules = tuple(module for module in course.modules if label.module in {module.id, COMBINED})
    if not modules:
        return ()
    stamp = Stamp(id=edition.id, title=edition.title)
    head = course.head.model_copy(update={"version": version})
    told = course.model_copy(update={"edition": stamp, "head": head})
    variant = Variant(label.lang, label.audience, label.edition)
    return names(Unit(told, modules, variant, combined=label.module == COMBINED), words(label.lang))


@dataclass(frozen=True, slots=True)
class Likeness:
    """A sum over a package that is the same in every locality, and the bytes of its files, which need not be."""

    sum: str
    bytes: int


def likeness(place: Path, named: Names) -> Likeness | None:
    """What the package at `place` is like; None where it has no names, or is no plain zip."""
    if not named:
        return None
    archive = read_zip(place, verify=False)
    directory = archive.directory
    if directory is None or archive.faults or not _is_plain(directory, place):
        return None
    try:
        sums = list(_sums(archive, directory, place, named))
    except DamagedMemberError:
        return None
    if None in sums:
        return None
    return Likeness(hashlib.sha256("".join(map(str, sums)).encode()).hexdigest(), archive.tree.size)


def tells(text: str, named: Names) -> bool:
    """Whether one of the names stands in the text."""
    return any(name.decode() in text for name, _ in named)


def _is_plain(directory: Directory, place: Path) -> bool:
    """Whether there is nothing in the zip but its members."""
    beside = sum(2 * len(entry.raw_name) + _BESIDE_A_MEMBER for entry in directory.entries)
    packed = sum(entry.packed_size for entry in directory.entries)
    told = directory.comment or any(entry.extra or entry.comment for entry in directory.entries)
    return not told and place.stat().st_size == packed + beside + _END


def _sums(archive: Archive, directory: Directory, place: Path, named: Names) -> Iterator[str | None]:
    """A line for each member; None for one that is not so plain."""
    with place.open("rb") as stream:
        for entry in directory.entries:
            if entry.name.endswith(TEXTS):
                data = blanked(archive.tree[entry.name].read(), named)
                alike = None if data is None else hashlib.sha256(data).hexdigest()
            else:
                stream.seek(entry.data_offset)
                alike = f"{entry.crc32} {entry.size} {_sum(stream, entry.packed_size)}"
            yield None if alike is None else f"{alike} {_told(entry)}\n"


def _sum(stream: BinaryIO, left: int) -> str:
    """Over the bytes that come next, packed as they are."""
    digest = hashlib.sha256()
    while left and (chunk := stream.read(min(left, CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def _told(entry: Entry) -> str:
    """What the directory says of a member, but for sums, sizes and places."""
    plain = (entry.raw_name, entry.flags, entry.method, entry.mode, entry.system, entry.version)
    return repr((*plain, entry.time, entry.date))
