"""What a zip says about its members, read without trusting a word of it.

Only the end record, the central directory and the members' own headers are read (APPNOTE.TXT 4.3), by the
same code on every Python: the standard library's reader mends names silently, raises half a dozen kinds of
exceptions, and notices overlapping members from Python 3.13 on only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

STORED, DEFLATED = 0, 8
MOST_DIRECTORY_BYTES = 1 << 24
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s2B5H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCATOR64 = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _UTF8 = 0x1, 0x800


class BrokenZipError(Exception):
    """The zip can't be read at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the central directory, as it stands there.

    `name` is decoded and otherwise untouched; `offset` is where the member's own header begins,
    `data_offset` where its bytes do, -1 when that header is missing or says another name.
    """

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc32: int
    packed_size: int
    size: int
    offset: int
    data_offset: int
    mode: int
    system: int
    version: int
    time: int
    date: int
    extra: bytes
    comment: bytes

    @property
    def is_folder(self) -> bool:
        """An entry for a folder holds nothing."""
        return self.name.endswith("/") and self.size == 0

    @property
    def is_encrypted(self) -> bool:
        """By bit 0; strong encryption sets it too."""
        return bool(self.flags & _ENCRYPTED)

    @property
    def is_symlink(self) -> bool:
        """By the Unix mode, which counts whatever system the entry claims to come from."""
        return self.mode & 0o170000 == 0o120000

    @property
    def is_special(self) -> bool:
        """A device, a pipe or a socket by its Unix mode."""
        return self.mode & 0o170000 not in {0, 0o100000, 0o040000, 0o120000}

    @property
    def end(self) -> int:
        """Where the member ends."""
        return self.data_offset + self.packed_size


@dataclass(frozen=True, slots=True)
class Directory:
    """The entries in the order of the central directory, and what is said about the whole zip."""

    entries: tuple[Entry, ...]
    size: int
    start: int
    comment: bytes
    is_zip64: bool


def read_directory(stream: BinaryIO, most_entries: int) -> Directory:
    """The directory of the zip in `stream`.

    BrokenZipError when there is none, when it is cut off or damaged, or when it has more than `most_entries`.
    """
    total = stream.seek(0, 2)
    at, count, size, start, comment, is_zip64 = _end_record(stream, total)
    if count > most_entries:
        raise BrokenZipError(f"it says it has {count:,} members; more than {most_entries:,} are not read")
    if size > MOST_DIRECTORY_BYTES:
        raise BrokenZipError(f"its directory says it has {size:,} bytes; no real package comes near that")
    if start + size > at:
        raise BrokenZipError("its directory does not lie where it says: the file is cut off or damaged")
    entries = tuple(_entries(stream, _at(stream, start, size), count, start))
    return Directory(entries, total, start, comment, is_zip64)


def _at(stream: BinaryIO, offset: int, size: int) -> bytes:
    """As many of the bytes as there are."""
    stream.seek(offset)
    return stream.read(size)


def _end_record(stream: BinaryIO, total: int) -> tuple[int, int, int, int, bytes, bool]:
    """Where the directory ends, the number of members, its size and start, the comment, whether zip64."""
    tail_start = max(0, total - _END.size - _FULL16)
    tail = _at(stream, tail_start, total - tail_start)
    at = tail.rfind(b"PK\5\6")
    # A comment may itself hold the signature: the true record is the one whose comment ends with the file.
    while at >= 0 and not _ends_file(tail, at):
        at = tail.rfind(b"PK\5\6", 0, at)
    if at < 0:
        raise BrokenZipError("it has no zip directory at its end: it is no zip, or it is cut off")
    _, disk, first_disk, _, count, size, start, _ = _END.unpack_from(tail, at)
    comment = tail[at + _END.size :]
    if disk not in {0, _FULL16} or first_disk not in {0, _FULL16}:
        raise BrokenZipError("it is one volume of a zip in several")
    if count == _FULL16 or _FULL32 in {size, start}:
        found = _zip64_record(stream, tail_start + at)
        if found is not None:
            return *found, comment, True
    return tail_start + at, count, size, start, comment, False


def _ends_file(tail: bytes, at: int) -> bool:
    if at + _END.size > len(tail):
        return False
    length: int = _END.unpack_from(tail, at)[-1]
    return at + _END.size + length == len(tail)


def _zip64_record(stream: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    """The same by the zip64 record in front of the end record, None where there is none."""
    if end < _LOCATOR64.size:
        return None
    signature, _, at, _ = _LOCATOR64.unpack(_at(stream, end - _LOCATOR64.size, _LOCATOR64.size))
    if signature != b"PK\6\7":
        return None
    record = _at(stream, min(at, end), _END64.size)
    if len(record) < _END64.size or record[:4] != b"PK\6\6":
        raise BrokenZipError("its zip64 directory record is missing or damaged")
    count, size, start = _END64.unpack(record)[-3:]
    return at, count, size, start


def _entries(stream: BinaryIO, directory: bytes, count: int, limit: int) -> Iterator[Entry]:
    at = 0
    for _ in range(count):
        if directory[at : at + 4] != b"PK\1\2" or at + _CENTRAL.size > len(directory):
            raise BrokenZipError("its directory ends too early or is damaged")
        fields = _CENTRAL.unpack_from(directory, at)
        end = at + _CENTRAL.size + sum(fields[11:14])
        if end > len(directory):
            raise BrokenZipError("its directory ends too early or is damaged")
        yield _entry(stream, fields, directory[at + _CENTRAL.size : end], limit)
        at = end
    if at != len(directory):
        raise BrokenZipError("its directory has more in it than it counts")


def _entry(stream: BinaryIO, fields: tuple[int, ...], texts: bytes, limit: int) -> Entry:
    _, version, system, _, flags, method, time, date, crc, packed, size, *more = fields
    name_length, extra_length, _, _, _, attributes, offset = more
    raw_name = texts[:name_length]
    extra = texts[name_length : name_length + extra_length]
    size, packed, offset = _true_sizes(extra, size, packed, offset)
    return Entry(
        name=_decoded(raw_name, flags),
        raw_name=raw_name,
        flags=flags,
        method=method,
        crc32=crc,
        packed_size=packed,
        size=size,
        offset=offset,
        data_offset=_data_offset(stream, raw_name, offset, limit),
        mode=attributes >> 16,
        system=system,
        version=version,
        time=time,
        date=date,
        extra=extra,
        comment=texts[name_length + extra_length :],
    )


def _true_sizes(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, those that do not fit in 32 bits taken from the zip64 field (APPNOTE.TXT 4.5.3)."""
    numbers = [size, packed, offset]
    if _FULL32 not in numbers:
        return size, packed, offset
    wide = iter(_zip64_numbers(extra))
    size, packed, offset = (next(wide, number) if number == _FULL32 else number for number in numbers)
    return size, packed, offset


def _zip64_numbers(extra: bytes) -> tuple[int, ...]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == 1:
            return struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8])
        at += 4 + length
    return ()


def _data_offset(stream: BinaryIO, raw_name: bytes, offset: int, limit: int) -> int:
    """Where the bytes begin; -1 when the header at `offset` is not that of a member of this name."""
    if offset + _LOCAL.size > limit:
        return -1
    header = _at(stream, offset, _LOCAL.size + len(raw_name))
    if header[:4] != b"PK\3\4" or header[_LOCAL.size :] != raw_name:
        return -1
    name_length, extra_length = _LOCAL.unpack_from(header)[-2:]
    if name_length != len(raw_name):
        return -1
    return offset + _LOCAL.size + int(name_length) + int(extra_length)


def _decoded(raw_name: bytes, flags: int) -> str:
    """The name as text: UTF-8 where it says so or is so, else MS-DOS code page (APPNOTE.TXT appendix D)."""
    try:
        return raw_name.decode("utf-8")
    except UnicodeDecodeError:
        return raw_name.decode("utf-8", "replace") if flags & _UTF8 else raw_name.decode("cp437")
