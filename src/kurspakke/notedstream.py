"""Bytes on their way to a file, noted: read back, the file holds what was meant, without unpacking it once more."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

LARGE = 1 << 18


class NotedStream:
    """A stream to write to that remembers all but large pieces, and where they went.

    Films are large: they are counted, and read back by whoever plays them.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pieces: list[tuple[int, bytes]] = []
        self._end = 0

    def write(self, data: bytes) -> int:
        """Pass `data` on."""
        if len(data) < LARGE:
            self._pieces.append((self._end, data))
        self._end += len(data)
        return self._stream.write(data)

    def skip(self, size: int) -> None:
        """Take note that the system has put so many bytes there by itself."""
        self._end += size

    def flush(self) -> None:
        """Pass on what has been held back."""
        self._stream.flush()

    def fileno(self) -> int:
        """The file's number."""
        return self._stream.fileno()

    def holds(self, path: Path) -> bool:
        """Whether the file at `path` is what was written, as far as that was noted."""
        with path.open("rb") as stream:
            for position, data in self._pieces:
                stream.seek(position)
                if stream.read(len(data)) != data:
                    return False
            return stream.seek(0, 2) == self._end
