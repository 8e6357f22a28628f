"""Reproducible zip out: the same tree gives the same bytes on every machine and every Python.

The format is PKWARE's APPNOTE.TXT at its plainest (version 2.0), because learning platforms unpack with all
sorts of libraries: no zip64, no extra fields, no comments, no data descriptors, no folders, one date. What
zlib makes of a text depends on which zlib Python was linked with, so texts are deflated by libdeflate.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

import deflate

from kurspakke.filetree import CHUNK, File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.finished import Finished
from kurspakke.hashedstream import HashedStream
from kurspakke.linkedstream import Known, LinkedStream
from kurspakke.notedstream import NotedStream

# Level 8 makes real texts 0.6 % smaller and takes half as long again; 12 makes them 3 % smaller in 13 times
# the time.
LEVEL = 6
# Two packages of the same tree written by the same recipe are the same bytes.
RECIPE = f"zip 1, libdeflate of deflate {deflate.__version__}, level {LEVEL}"

# All ones in a size or a count stand for "see the zip64 record" (APPNOTE.TXT 4.4.1.4): the largest are one less.
MOST_BYTES = 0xFFFFFFFE
MOST_MEMBERS = 0xFFFE
LONGEST_NAME = 200

# Compressed already: another go at them costs time and gains nothing.
STORED_TYPES = frozenset(
    f".{ending}"
    for ending in (
        *("gif", "jpeg", "jpg", "png", "avif", "webp", "woff", "woff2"),
        *("m4a", "m4v", "mov", "mp3", "mp4", "mpeg", "oga", "ogg", "ogv", "opus", "webm"),
        *("7z", "docx", "gz", "odp", "ods", "odt", "pptx", "xlsx", "zip"),
    )
)
# libdeflate takes a file whole; nothing that is text is larger than this.
LARGEST_DEFLATED = 1 << 25

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s2B5H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STORED, _DEFLATED = 0, 8
_VERSION, _UNIX = 20, 3
_TIME, _DATE = 0, 1 << 5 | 1  # midnight, 1980-01-01: the first day a zip can name
_MODE = 0o100644 << 16  # a regular file that a web server of another user may read


@dataclass(frozen=True, slots=True)
class Zipped:
    """What came of writing a zip: its size, its SHA-256, and the sum of its contents before compression."""

    bytes: int
    sha256: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a tree can't become a zip; `path` is the member's, empty where the whole tree is meant."""

    path: str
    message: str
    hint: str


class Packer:
    """Deflated contents by their SHA-256: style sheet, runtime and schemas go into package after package.

    `careful`: what was deflated is inflated again and compared, once, for zips that are not read back member by member.
    """

    def __init__(self, room: int = 1 << 26, *, careful: bool = False) -> None:
        self._careful = careful
        self._room = room
        self._packed: OrderedDict[str, bytes | None] = OrderedDict()

    def pack(self, name: str, file: File) -> bytes | None:
        """The deflated bytes, or None where the file is better stored as it is."""
        if isinstance(file, Finished):
            return file.packed
        if PurePosixPath(name).suffix.lower() in STORED_TYPES or not 0 < file.size <= LARGEST_DEFLATED:
            return None
        if file.sha256 not in self._packed:
            packed = _deflated(name, file)
            if packed is not None and self._careful and inflated(packed) != file.read():
                raise damaged(name)
            self._keep(file.sha256, packed)
        return self._packed[file.sha256]

    def _keep(self, sha256: str, packed: bytes | None) -> None:
        self._packed[sha256] = packed
        self._room -= len(packed or b"")
        while self._room < 0 and len(self._packed) > 1:
            self._room += len(self._packed.popitem(last=False)[1] or b"")


def write_zip(
    tree: FileTree,
    stream: BinaryIO | NotedStream,
    first: Sequence[str] = (),
    packer: Packer | None = None,
    known: Known | None = None,
) -> Zipped:
    """Write `tree` as a zip to `stream`: the members named by `first`, then the others in sorted order.

    Where it is `known` what will come of it, no more is read than must be. KurspakkeError when there are obstacles
    (`obstacles` tells in advance), or when a file on disk is no longer what its sums say; OSError as the stream and the
    files raise it.
    """
    for obstacle in obstacles(tree):
        raise KurspakkeError(obstacle.message, obstacle.hint)
    packer = packer or Packer()
    if known:
        noted = stream if isinstance(stream, NotedStream) else NotedStream(stream)
        return _written(LinkedStream(noted, known), tree, first, packer)
    with HashedStream(stream) as out:
        return _written(out, tree, first, packer)


def _written(
    out: HashedStream | LinkedStream, tree: FileTree, first: Sequence[str], packer: Packer
) -> Zipped:
    central = [_write_member(out, name, tree[name], packer) for name in _ordered(tree, first)]
    start = out.position
    out.write(b"".join(central))
    size = out.position - start
    out.write(_END.pack(b"PK\5\6", 0, 0, len(central), len(central), size, start, 0))
    return Zipped(out.position, out.hexdigest(), tree.content_sha256)


def obstacles(tree: FileTree) -> Iterator[Obstacle]:
    """Everything about `tree` that a plain zip, or a platform's file system, has no room for."""
    yield from _name_obstacles(tree)
    if len(tree) > MOST_MEMBERS:
        yield Obstacle(
            "",
            f"{len(tree):,} files are too many for one package: a zip holds {MOST_MEMBERS:,}",
            "split the module, or leave files out",
        )
    for name, file in tree.items():
        if file.size > MOST_BYTES:
            yield Obstacle(
                name,
                f"{name} has {file.size:,} bytes: a file in a zip has {MOST_BYTES:,} at most",
                "compress the film harder or split it; most platforms stop at 50 to 500 MB",
            )
    # Counted before compression: whether a tree is refused must not depend on how well it deflates.
    whole = tree.size + sum(_LOCAL.size + _CENTRAL.size + 2 * len(name) for name in tree) + _END.size
    if whole > MOST_BYTES and all(file.size <= MOST_BYTES for file in tree.values()):
        yield Obstacle(
            "",
            f"the package would have {whole:,} bytes: a zip has {MOST_BYTES:,} at most",
            "split the module or compress its films harder; most platforms stop at 50 to 500 MB",
        )


def _name_obstacles(tree: FileTree) -> Iterator[Obstacle]:
    lower: dict[str, str] = {}
    for name in tree:
        if not _NAME.fullmatch(name):
            yield Obstacle(
                name,
                f"{name!r} can't be a file's name in a package",
                "use only a-z, 0-9, '-', '_' and '.', with '/' between folders",
            )
        elif len(name) > LONGEST_NAME:
            yield Obstacle(
                name,
                f"the file name {name} has {len(name)} characters: {LONGEST_NAME} at most are safe",
                "give the file a shorter name",
            )
        if (other := lower.setdefault(name.lower(), name)) != name:
            yield Obstacle(
                name,
                f"{other} and {name} differ only in case: on Windows they are one file",
                "give one of them another name",
            )


def _ordered(tree: FileTree, first: Sequence[str]) -> list[str]:
    if missing := [name for name in first if name not in tree]:
        raise ValueError(f"to be first in the zip, but not in the tree: {', '.join(missing)}")
    return [*first, *(name for name in tree if name not in first)]


def _deflated(name: str, file: File) -> bytes | None:
    data = file.read()
    if deflate.crc32(data) != file.crc32:
        raise _changed(name, file)
    return deflated(data)


def deflated(data: bytes) -> bytes | None:
    """The bytes as a zip holds them; None where they would not be fewer."""
    packed = bytes(deflate.deflate_compress(data, LEVEL))
    return packed if len(packed) < len(data) else None


def inflated(packed: bytes) -> bytes | None:
    """The bytes that were deflated; None when they were not, or not wholly."""
    try:
        return zlib.decompress(packed, -zlib.MAX_WBITS)
    except zlib.error:
        return None


def damaged(name: str) -> KurspakkeError:
    """What was deflated is not what it was when it is inflated."""
    return KurspakkeError(f"{name} could not be unpacked after packing", "check the memory of this machine")


def _write_member(out: HashedStream | LinkedStream, name: str, file: File, packer: Packer) -> bytes:
    """Write one member; its entry for the central directory."""
    packed = packer.pack(name, file)
    method = _STORED if packed is None else _DEFLATED
    sizes = (file.crc32, file.size if packed is None else len(packed), file.size)
    offset, coded = out.position, name.encode("ascii")
    out.write(_LOCAL.pack(b"PK\3\4", _VERSION, 0, method, _TIME, _DATE, *sizes, len(coded), 0) + coded)
    if packed is None:
        _copy(out, name, file)
    else:
        out.write(packed)
    entry = (b"PK\1\2", _VERSION, _UNIX, _VERSION, 0, method, _TIME, _DATE, *sizes)
    return _CENTRAL.pack(*entry, len(coded), 0, 0, 0, 0, _MODE, offset) + coded


def _copy(out: HashedStream | LinkedStream, name: str, file: File) -> None:
    """Store the file as it is, making sure that it is still what its sums say."""
    if isinstance(out, LinkedStream) and file.path:
        if not out.copy(file):
            raise _changed(name, file)
        return
    start, crc = out.position, 0
    with file.open() as stream:
        while chunk := stream.read(CHUNK):
            crc = deflate.crc32(chunk, crc)
            out.write(chunk)
    if (out.position - start, crc) != (file.size, file.crc32):
        raise _changed(name, file)


def _changed(name: str, file: File) -> KurspakkeError:
    return KurspakkeError(f"{file.path or name} changed while it was being packed", "build once more")
