"""One member of a zip: what can be wrong with it, and its bytes, unpacked while they are read."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from deflate import DeflateError, crc32, deflate_decompress

from kurspakke.filetree import CHUNK, File
from kurspakke.limits import Clock
from kurspakke.zipdirectory import DEFLATED, Entry

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PACKED_CHUNK = 1 << 16
_VERIFIED_CHUNK = 1 << 18


class FaultKind(StrEnum):
    """What can be wrong with a zip or a member; every kind is a rule's business."""

    BROKEN = "broken"  # no zip, cut off, damaged directory, too many members
    HEADER = "header"  # the member's own header is missing or says another name
    DUPLICATE = "duplicate"  # a second member of the same name, or a file where another member needs a folder
    CASE = "case"  # differs from another member's name only in case (stays in the tree)
    TRAVERSAL = "traversal"  # `..` or `.` in the name
    ABSOLUTE = "absolute"  # begins with `/`
    DRIVE = "drive"  # a drive letter or another colon
    BACKSLASH = "backslash"  # `\` in the name
    NAME = "name"  # empty parts, control characters, bytes that are no text
    RESERVED = "reserved"  # a name that Windows keeps for itself or mends (stays in the tree)
    ENCRYPTED = "encrypted"
    LINK = "link"  # a symbolic link, a device or a pipe
    METHOD = "method"  # compressed by something other than deflate
    OVERLAP = "overlap"  # shares bytes with another member, or runs into the directory
    RATIO = "ratio"  # unpacks to absurdly much
    LARGE = "large"  # more bytes than the limits allow
    NESTING = "nesting"  # in more folders within each other than the limits allow
    DAMAGED = "damaged"  # does not unpack to what the directory says


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one member, or with the whole zip where `name` is empty."""

    kind: FaultKind
    name: str
    message: str


class DamagedMemberError(Exception):
    """A member does not unpack to what the zip's directory says, or is too large to be read at once."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class PackedFile(File):
    """A member of a zip; its bytes are unpacked while they are read, and checked at their end."""

    archive: File
    entry: Entry
    at_once: int

    @cached_property
    def size(self) -> int:
        """Number of bytes, unpacked."""
        return self.entry.size

    def open(self) -> BinaryIO:
        """The bytes as a stream that raises DamagedMemberError once they are not what they should be."""
        room = max(1, min(CHUNK, self.size))
        return io.BufferedReader(_MemberStream(self.archive.open(), self.entry), room)

    @property
    def crc32(self) -> int:
        """As the directory says; `verify` tells whether that is so."""
        return self.entry.crc32

    def verify(self, clock: Clock) -> None:
        """Unpack all the bytes to nowhere.

        Raises:
            DamagedMemberError: they are not what the directory says.
            OutOfTimeError: the time is used up.
        """
        room = bytearray(max(1, min(_VERIFIED_CHUNK, self.size)))
        with _MemberStream(self.archive.open(), self.entry) as stream:
            while stream.readinto(room):
                clock.check()

    def read(self) -> bytes:
        """All the bytes; DamagedMemberError when they are damaged or more than the limits allow at once."""
        if self.size > self.at_once:
            message = f"{self.entry.name} has {self.size:,} bytes; {self.at_once:,} are read at once"
            raise DamagedMemberError(Fault(FaultKind.LARGE, self.entry.name, message))
        data = self._in_one_go()
        if data is not None:
            return data
        with self.open() as stream:
            return stream.read()

    def _in_one_go(self) -> bytes | None:
        """The bytes of a small member, in half the time; None where `open` must tell what they are, or what is wrong."""
        if self.entry.method != DEFLATED or not self.size or self.entry.packed_size > _PACKED_CHUNK:
            return None
        with self.archive.open() as archive:
            archive.seek(self.entry.data_offset)
            packed = archive.read(self.entry.packed_size)
        try:
            data = deflate_decompress(packed, self.size)
        except DeflateError:
            return None
        return bytes(data) if len(data) == self.size and crc32(data) == self.entry.crc32 else None


class _MemberStream(io.RawIOBase):
    """The unpacked bytes of one member, never more of them than the directory says."""

    def __init__(self, archive: BinaryIO, entry: Entry) -> None:
        self._archive = archive
        self._entry = entry
        self._packed_left = entry.packed_size
        self._left = entry.size
        self._crc = 0
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
        archive.seek(entry.data_offset)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._archive.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        length = (
            self._stored_into(view) if self._inflater is None else self._unpacked_into(view, self._inflater)
        )
        self._left -= length
        self._crc = crc32(view[:length], self._crc)
        if self._left < 0:
            raise self._damaged("unpacks to more bytes than the directory says")
        if not length and (self._left or self._packed_left):
            raise self._damaged("does not have as many bytes as the directory says")
        if not length and self._crc != self._entry.crc32:
            raise self._damaged("is damaged: its CRC-32 does not fit")
        return length

    def _stored_into(self, view: memoryview) -> int:
        length = self._archive.readinto(view[: self._packed_left])  # type: ignore[attr-defined]  # a file's or BytesIO's
        self._packed_left -= length
        return int(length)

    def _unpacked_into(self, view: memoryview, inflater: zlib._Decompress) -> int:
        data = self._inflated(inflater, len(view))
        view[: len(data)] = data
        return len(data)

    def _stored(self, most: int) -> bytes:
        data = self._archive.read(min(most, self._packed_left))
        self._packed_left -= len(data)
        return data

    def _inflated(self, inflater: zlib._Decompress, most: int) -> bytes:
        data = b""
        while not data and not inflater.eof:
            packed = inflater.unconsumed_tail or self._stored(_PACKED_CHUNK)
            try:
                data = inflater.decompress(packed, most)
            except zlib.error as error:
                raise self._damaged(f"does not unpack: {error}") from error
            if not packed and not data:
                break
        return data

    def _damaged(self, what: str) -> DamagedMemberError:
        return DamagedMemberError(Fault(FaultKind.DAMAGED, self._entry.name, f"{self._entry.name!r} {what}"))
