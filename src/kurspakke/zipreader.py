"""Safe zip in: any zip as a tree of files that are read when they are asked for, and what is wrong with it.

Nothing is ever unpacked to disk. What a hostile or clumsy zip holds becomes values (`Fault`) that rules
turn into findings; a member with a fault that makes it dangerous or unreadable is not in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kurspakke.filetree import File, FileTree
from kurspakke.limits import DEFAULT_LIMITS, RATIO_FROM, Clock, Limits, OutOfTimeError
from kurspakke.zipdirectory import (
    DEFLATED,
    STORED,
    BrokenZipError,
    Directory,
    Entry,
    read_directory,
)
from kurspakke.zipmember import DamagedMemberError, Fault, FaultKind, PackedFile

HARMLESS = frozenset({FaultKind.CASE, FaultKind.RESERVED})


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was looked at: its sound files, its directory as it stands there, and its faults.

    `directory` is None when the zip could not be read at all; then the only fault is of the kind BROKEN.
    """

    tree: FileTree
    directory: Directory | None
    faults: tuple[Fault, ...]


def read_zip(
    archive: File | Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    verify: bool = True,
    clock: Clock | None = None,
) -> Archive:
    """Look at a zip on disk or in memory; OSError only when the file itself can't be read.

    `verify` unpacks every member once, so that nobody who reads the tree meets damaged bytes; without it, or where
    `clock` has run out, reading a member may raise DamagedMemberError. Texts are then kept, as far as `limits` have
    room for them: whoever looks at a package reads them next.
    """
    file = File(path=archive) if isinstance(archive, Path) else archive
    try:
        with file.open() as stream:
            directory = read_directory(stream, limits.members)
    except BrokenZipError as error:
        return Archive(FileTree({}), None, (Fault(FaultKind.BROKEN, "", str(error)),))
    faults = list(_faults(directory, limits))
    tree = _tree(file, directory, faults, limits)
    if verify:
        tree, damaged = verified(tree, clock or Clock(), limits.unpacked)
        faults += damaged
    return Archive(tree, directory, tuple(faults))


def verified(files: Mapping[str, File], clock: Clock, room: int = 0) -> tuple[FileTree, tuple[Fault, ...]]:
    """Those of a zip's files that unpack to what its directory says, and the faults of the others.

    Goes as far as the time goes; what comes after that is taken to be sound. Up to `room` bytes stay unpacked.
    """
    sound, faults = dict(files), []
    try:
        for name, file in files.items():
            try:
                sound[name] = _unpacked(file, clock, room)
            except DamagedMemberError as error:
                faults.append(error.fault)
                del sound[name]
                continue
            if sound[name] is not file:
                room -= file.size
    except OutOfTimeError:
        pass
    return FileTree(sound), tuple(faults)


_LONGEST_KEPT = 1 << 18


def _unpacked(file: File, clock: Clock, room: int) -> File:
    """The file, unpacked once: with its bytes where it is a text, as what packs well mostly is, and there is room."""
    if not isinstance(file, PackedFile):
        return file
    is_text = file.entry.packed_size * 3 <= file.size * 2
    if is_text and file.size <= min(room, _LONGEST_KEPT):
        clock.check()
        return File(data=file.read())
    file.verify(clock)
    return file


def _tree(archive: File, directory: Directory, faults: Iterable[Fault], limits: Limits) -> FileTree:
    # Of two members with one name the first counts: a fault of the second must not take the first away.
    bad = {fault.name for fault in faults if fault.kind not in HARMLESS | {FaultKind.DUPLICATE}}
    files: dict[str, File] = {}
    for entry in directory.entries:
        if not entry.is_folder and entry.name not in bad:
            files.setdefault(entry.name, PackedFile(archive=archive, entry=entry, at_once=limits.at_once))
    return FileTree(files)


def _faults(directory: Directory, limits: Limits) -> Iterator[Fault]:
    room = limits.bytes
    for entry in directory.entries:
        room -= entry.size
        said = (*_name_faults(entry, limits), *_kind_faults(entry), *_size_faults(entry, room, limits))
        for kind, message in said:
            yield Fault(kind, entry.name, f"{_shown(entry.name)} {message}")
    yield from _duplicates(directory)
    yield from _overlaps(directory)


_MOST_SHOWN = 255


def _shown(name: str) -> str:
    """The name in quotes; of one that nobody would read to its end, the beginning."""
    return repr(name if len(name) <= _MOST_SHOWN else f"{name[:_MOST_SHOWN]}…")


LONGEST_NAME = 1024
"""Bytes: no system stores longer names, and a zip of nothing but names must not fill the memory."""

_Said = Iterator[tuple[FaultKind, str]]
# Control characters, and the sign that stands for bytes which are no text.
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def _name_faults(entry: Entry, limits: Limits) -> _Said:
    name = entry.name
    if len(entry.raw_name) > LONGEST_NAME:
        yield FaultKind.NAME, f"is longer than {LONGEST_NAME:,} bytes"
        return
    parts = name.removesuffix("/").split("/")
    if len(parts) > limits.nesting:
        yield (
            FaultKind.NESTING,
            f"lies in {len(parts) - 1} folders within each other; {limits.nesting} are looked into",
        )
    if name.startswith("/"):
        yield FaultKind.ABSOLUTE, "is an absolute path"
    if "\\" in name:
        yield FaultKind.BACKSLASH, "has a backslash in its name: folders are separated by '/'"
    if ":" in name:
        yield FaultKind.DRIVE, "has a colon in its name: Windows takes it for a drive or a hidden stream"
    if any(part in {"..", "."} for part in re.split(r"[/\\]", name)):
        yield FaultKind.TRAVERSAL, "climbs out of the package by '..' or '.' in its name"
    if not name or "" in parts[not parts[0] :] or _UNUSABLE.search(name):
        yield FaultKind.NAME, "is no usable file name"
    if any(
        _RESERVED.fullmatch(part) or part != part.rstrip(". ") for part in parts if part not in {"..", "."}
    ):
        yield FaultKind.RESERVED, "has a name that can't be used on Windows"


def _kind_faults(entry: Entry) -> _Said:
    if entry.is_encrypted:
        yield FaultKind.ENCRYPTED, "is encrypted"
    if entry.is_symlink or entry.is_special:
        yield FaultKind.LINK, "is a symbolic link, a device or a pipe, not a file"
    if entry.method not in {STORED, DEFLATED}:
        yield (
            FaultKind.METHOD,
            f"is compressed by method {entry.method}: platforms know 0 (stored) and 8 (deflate)",
        )
    if entry.data_offset < 0:
        yield FaultKind.HEADER, "has no header of its own where the directory says, or one of another name"


def _size_faults(entry: Entry, room: int, limits: Limits) -> _Said:
    if entry.name.endswith("/") and entry.size:
        yield FaultKind.NAME, "is a folder by its name, but holds bytes"
    if entry.size > limits.single:
        yield FaultKind.LARGE, f"has {entry.size:,} bytes; of one file {limits.single:,} are looked at"
    if entry.size > RATIO_FROM and entry.size > entry.packed_size * limits.ratio:
        yield FaultKind.RATIO, f"claims {entry.size:,} bytes packed into {entry.packed_size:,}: a zip bomb"
    if room < 0:
        yield FaultKind.LARGE, f"goes beyond the {limits.bytes:,} unpacked bytes that are looked at"


def _duplicates(directory: Directory) -> Iterator[Fault]:
    names: set[str] = set()
    folded: dict[str, str] = {}
    known = [entry.name for entry in directory.entries if len(entry.raw_name) <= LONGEST_NAME]
    folders = set(_both(known))
    for name in known:
        if name in names:
            yield Fault(FaultKind.DUPLICATE, name, f"{_shown(name)} is in the zip more than once")
        elif name in folders:
            yield Fault(FaultKind.DUPLICATE, name, f"{_shown(name)} is a file and a folder at once")
        elif (other := folded.setdefault(name.casefold(), name)) != name:
            yield Fault(FaultKind.CASE, name, f"{_shown(name)} and {_shown(other)} differ only in case")
        names.add(name)


def _both(names: Sequence[str]) -> Iterator[str]:
    """Those of the names that stand for a file although others lie below them."""
    known, seen = set(names), ""
    for name in names:
        folder = name.rpartition("/")[0]
        if folder == seen:  # the files of a folder come one after the other
            continue
        seen = folder
        while folder:
            if folder in known:
                yield folder
            folder = folder.rpartition("/")[0]


def _overlaps(directory: Directory) -> Iterator[Fault]:
    before = 0
    for entry in sorted(directory.entries, key=lambda entry: entry.offset):
        if entry.data_offset < 0:
            continue
        if entry.offset < before:
            yield Fault(
                FaultKind.OVERLAP, entry.name, f"{_shown(entry.name)} shares bytes with another member"
            )
        elif entry.end > directory.start:
            yield Fault(FaultKind.OVERLAP, entry.name, f"{_shown(entry.name)} runs into the directory")
        before = max(before, entry.end)
