"""Safe zip in: any zip as a tree of files that are read when they are asked for, and what is wrong with it.

Nothing is ever unpacked to disk. What a hostile or clumsy zip holds becomes values (`Fault`) that rules
turn into findings; a member with a fault that makes it dangerous or unreadable is not in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kurspakke.filetree import CHUNK, File, FileTree
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
class Limits:
    """How much of a stranger's zip is looked at; sizes in bytes, unpacked."""

    members: int = 0xFFFF
    bytes: int = 1 << 33
    at_once: int = 1 << 26
    ratio: int = 250
    ratio_from: int = 1 << 20


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was looked at: its sound files, its directory as it stands there, and its faults.

    `directory` is None when the zip could not be read at all; then the only fault is of the kind BROKEN.
    """

    tree: FileTree
    directory: Directory | None
    faults: tuple[Fault, ...]


def read_zip(archive: File | Path, limits: Limits = DEFAULT_LIMITS, *, verify: bool = True) -> Archive:
    """Look at a zip on disk or in memory; OSError only when the file itself can't be read.

    `verify` unpacks every member once to nowhere, so that nobody who reads the tree meets damaged bytes;
    without it reading a member may raise DamagedMemberError.
    """
    file = File(path=archive) if isinstance(archive, Path) else archive
    try:
        with file.open() as stream:
            directory = read_directory(stream, limits.members)
    except BrokenZipError as error:
        return Archive(FileTree({}), None, (Fault(FaultKind.BROKEN, "", str(error)),))
    faults = list(_faults(directory, limits))
    tree = _tree(file, directory, faults, limits)
    if verify and (damaged := list(unreadable(tree))):
        faults += damaged
        tree = _tree(file, directory, faults, limits)
    return Archive(tree, directory, tuple(faults))


def unreadable(tree: FileTree) -> Iterator[Fault]:
    """The members of `tree` that do not unpack to what their zip's directory says."""
    for file in tree.values():
        try:
            with file.open() as stream:
                while stream.read(CHUNK):
                    pass
        except DamagedMemberError as error:
            yield error.fault


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
        for kind, message in (*_name_faults(entry), *_kind_faults(entry), *_size_faults(entry, room, limits)):
            yield Fault(kind, entry.name, f"{entry.name!r} {message}")
    yield from _duplicates(directory)
    yield from _overlaps(directory)


_Said = Iterator[tuple[FaultKind, str]]
# Control characters, and the sign that stands for bytes which are no text.
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def _name_faults(entry: Entry) -> _Said:
    name = entry.name
    parts = name.removesuffix("/").split("/")
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
    if entry.size > limits.ratio_from and entry.size > entry.packed_size * limits.ratio:
        yield FaultKind.RATIO, f"claims {entry.size:,} bytes packed into {entry.packed_size:,}: a zip bomb"
    if room < 0:
        yield FaultKind.LARGE, f"goes beyond the {limits.bytes:,} unpacked bytes that are looked at"


def _duplicates(directory: Directory) -> Iterator[Fault]:
    names: set[str] = set()
    folded: dict[str, str] = {}
    folders = {
        "/".join(parts[:depth])
        for parts in (entry.name.split("/") for entry in directory.entries)
        for depth in range(1, len(parts))
    }
    for name in (entry.name for entry in directory.entries):
        if name in names:
            yield Fault(FaultKind.DUPLICATE, name, f"{name!r} is in the zip more than once")
        elif name in folders:
            yield Fault(FaultKind.DUPLICATE, name, f"{name!r} is a file and a folder at once")
        elif (other := folded.setdefault(name.casefold(), name)) != name:
            yield Fault(FaultKind.CASE, name, f"{name!r} and {other!r} differ only in case")
        names.add(name)


def _overlaps(directory: Directory) -> Iterator[Fault]:
    before = 0
    for entry in sorted(directory.entries, key=lambda entry: entry.offset):
        if entry.data_offset < 0:
            continue
        if entry.offset < before:
            yield Fault(FaultKind.OVERLAP, entry.name, f"{entry.name!r} shares bytes with another member")
        elif entry.end > directory.start:
            yield Fault(FaultKind.OVERLAP, entry.name, f"{entry.name!r} runs into the directory")
        before = max(before, entry.end)
