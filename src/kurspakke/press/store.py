"""What the press has made, in the output folder's state folder: each thing in a file named by what it was made of."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from kurspakke.wholefile import write_whole

_SUM = hashlib.sha256().digest_size


class Store:
    """The folder of finished things. Several processes may be at it: a file is there wholly or not at all.

    Each file begins with a sum over its key and its content, so that a damaged one, or one under a wrong name, is
    noticed and made anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start = time.time_ns()

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None when there is nothing, or it is damaged."""
        path = self._folder / key
        try:
            data = path.read_bytes()
            content = data[_SUM:]
            if data[:_SUM] != _sum(key, content):
                path.unlink(missing_ok=True)
                return None
            os.utime(path)
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep it; where there is no room, the next build only takes longer."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / key, _sum(key, content) + content)

    def touch(self, key: str) -> None:
        """Let the sweep spare what is kept under a key, without looking at it."""
        with suppress(OSError):
            os.utime(self._folder / key)

    def sweep(self) -> None:
        """Remove what nobody has asked for or kept since this store was opened."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                # A file system's clock may be behind the system's by a tick.
                if entry.stat().st_mtime_ns < self._start - 2_000_000_000:
                    Path(entry.path).unlink(missing_ok=True)


def _sum(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\n" + content).digest()
