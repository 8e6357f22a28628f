"""Bytes on their way to a file, one of many: what lies on disk is copied by the system, unread where it may be.

It may be where the sum over everything is known beforehand. Where it is not, everything is summed as it passes, by the
process that writes: others are at their packages meanwhile, and a thread beside each would be one too many.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from deflate import crc32

from kurspakke.filetree import CHUNK, Digests, File
from kurspakke.notedstream import NotedStream
from kurspakke.statefolder import Stamp


class Films:
    """Files on disk that have been read once to see that they are what their sums say; for the time of one build."""

    def __init__(self, room: int = 1 << 26) -> None:
        self._seen: dict[Path, tuple[Stamp, Digests]] = {}
        self._held: dict[str, bytes] = {}
        self._room = room

    def bytes_of(self, file: File) -> bytes | None:
        """The bytes of the file's sums, held in memory; None where there is no room, or the file has others."""
        if file.sha256 not in self._held:
            if file.size > self._room:
                return None
            data = file.read()
            if File(data).digests != file.digests:
                return None
            self._room -= len(data)
            self._held[file.sha256] = data
        return self._held[file.sha256]

    def stamp_of(self, file: File) -> Stamp | None:
        """The stamp under which the file had the bytes of its sums; None when it has others."""
        path = file.path
        if path is None:
            return None
        if path not in self._seen:
            with path.open("rb") as stream:
                self._seen[path] = Stamp.of(os.fstat(stream.fileno())), Digests.of(stream)
        stamp, digests = self._seen[path]
        return stamp if digests == file.digests else None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a zip before it is written: its SHA-256, "" where it is not, and files that go into it."""

    sha256: str
    films: Films


class LinkedStream:
    """See `HashedStream`: a stream to write to that counts, and sums what it must."""

    def __init__(self, stream: NotedStream, known: Known) -> None:
        self._stream = stream
        self._sha256 = known.sha256
        self._films = known.films
        self._sha = hashlib.sha256()
        self.position = 0

    def write(self, data: bytes) -> None:
        """Pass `data` on; OSError as the stream raises it."""
        if not self._sha256:
            self._sha.update(data)
        self._stream.write(data)
        self.position += len(data)

    def hexdigest(self) -> str:
        """The SHA-256 of everything written until now, or that of the whole where it was known."""
        return self._sha256 or self._sha.hexdigest()

    def copy(self, file: File) -> bool:
        """Pass a file's bytes on; False when they are not what the file's sums say, or changed meanwhile."""
        return self._unread(file) if self._sha256 else self._read(file)

    def _read(self, file: File) -> bool:
        if (data := self._films.bytes_of(file)) is not None:
            self.write(data)
            return True
        start, crc = self.position, 0
        with file.open() as source:
            while chunk := source.read(CHUNK):
                crc = crc32(chunk, crc)
                self.write(chunk)
        return (self.position - start, crc) == (file.size, file.crc32)

    def _unread(self, file: File) -> bool:
        known = self._films.stamp_of(file)
        with file.open() as source:
            copied = self._copied(source)
            after = Stamp.of(os.fstat(source.fileno())) if file.path else None
        self.position += copied
        return known is not None and known == after and copied == file.size

    def _copied(self, source: BinaryIO) -> int:
        copied = 0
        if hasattr(os, "copy_file_range"):
            self._stream.flush()
            # Some file systems can't: what is left is read and written.
            with suppress(OSError):
                while some := os.copy_file_range(source.fileno(), self._stream.fileno(), 1 << 30):
                    copied += some
            self._stream.skip(copied)
            source.seek(copied)
        while chunk := source.read(CHUNK):
            self._stream.write(chunk)
            copied += len(chunk)
        return copied
