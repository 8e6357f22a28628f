"""A file of a package, version and length known before it is read, and read from any byte on without unpacking."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kurspakke.filetree import File
from kurspakke.zipdirectory import STORED
from kurspakke.zipmember import PackedFile

CHUNK = 1 << 18
"""So many bytes are in memory for each request."""


@dataclass(frozen=True, slots=True)
class Version:
    """How long a file is, and the strong validator of these very bytes (RFC 9110, section 8.8.3)."""

    size: int
    etag: str


def version_of(file: File) -> Version:
    """The version of `file` as it is now; nothing large is read for it.

    In a zip and in memory that is CRC-32 and size, on the disk time and size: a file there may change at any time.

    Raises:
        OSError: the file on the disk can't be looked at.
    """
    if file.path is not None:
        now = os.stat(file.path)  # noqa: PTH116 - of a Path, the size would be the remembered one
        return Version(now.st_size, f'"{now.st_mtime_ns:x}-{now.st_size:x}"')
    crc = file.entry.crc32 if isinstance(file, PackedFile) else file.crc32
    return Version(file.size, f'"{crc:08x}-{file.size:x}"')


def chunks(file: File, wanted: range) -> Iterator[bytes]:
    """The bytes `wanted` of `file`, a few at a time.

    Raises:
        DamagedMemberError: a member of a zip is not what the zip says it is.
        OSError: the file can't be read, or is shorter now than it was.
    """
    left = len(wanted)
    with _open_at(file, wanted.start) as stream:
        while left:
            data = stream.read(min(left, CHUNK))
            if not data:
                raise OSError(f"ends {left:,} bytes too early")
            left -= len(data)
            if not left and wanted.stop == file.size:
                # Members of a zip are checked behind their end: damaged ones are not to arrive whole.
                stream.read(1)
            yield data


def _open_at(file: File, start: int) -> BinaryIO:
    """The bytes from `start` on. A stored member is sought in; a deflated one is unpacked up to there, to nowhere."""
    if isinstance(file, PackedFile) and start and file.entry.method == STORED:
        stream = file.archive.open()
        stream.seek(file.entry.data_offset + start)
        return stream
    stream = file.open()
    if not isinstance(file, PackedFile):
        stream.seek(start)
        return stream
    while start:
        start -= len(stream.read(min(start, CHUNK))) or start
    return stream
