"""The folder `.kurspakke` inside the output folder: what the program remembers about its own output.

Everything in it is disposable: a build without it, or with a damaged one, gives the same packages and only
takes longer. The one exception is the journal of a publication that was interrupted (`journal.py`).
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurspakke.findings import KurspakkeError
from kurspakke.wholefile import UNFINISHED, write_whole

NAME = ".kurspakke"


@dataclass(frozen=True, slots=True)
class Stamp:
    """How the file system tells that a file is still the same: sizes in bytes, times in nanoseconds."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        """The stamp in what `os.stat` says."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)

    @classmethod
    def at(cls, path: Path) -> Stamp | None:
        """The stamp of the regular file at `path`, None where there is none."""
        try:
            found = os.lstat(path)
        except OSError:
            return None
        return cls.of(found) if stat.S_ISREG(found.st_mode) else None

    def settled(self, now: int) -> bool:
        """Whether a change after `now` is sure to show in the stamp.

        A file can change twice within one tick of its file system's clock: at once after a change the same
        stamp may stand for other bytes. Two seconds are the longest tick there is (FAT).
        """
        return max(self.mtime, self.ctime) < now - 2_000_000_000

    def plain(self) -> list[int]:
        """For JSON; `Stamp(*stamp.plain())` is the stamp again."""
        return [self.size, self.mtime, self.ctime, self.inode]


@dataclass(frozen=True, slots=True)
class StateFolder:
    """The state folder of the output folder `out`."""

    out: Path

    @property
    def path(self) -> Path:
        """Where it is; it need not exist."""
        return self.out / NAME

    def make(self) -> None:
        """Make it, and the output folder, where they are missing; OSError as the system raises it."""
        if self.path.is_symlink():
            raise KurspakkeError(
                f"{self.path} is a symbolic link", "remove it: a build makes the folder itself"
            )
        self.path.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> dict[str, Any]:
        """The JSON object in the file `name`; empty when it is missing or damaged in any way."""
        try:
            value = json.loads((self.path / name).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def write(self, name: str, value: dict[str, Any]) -> None:
        """Put `value` into the file `name`, wholly or not at all; OSError as the system raises it."""
        write_whole(self.path / name, json.dumps(value, separators=(",", ":")).encode())

    def clear(self) -> None:
        """Remove what processes that were ended in the middle of `write` have left."""
        for file in self.path.glob(f"*{UNFINISHED}"):
            file.unlink(missing_ok=True)

    def forget(self, name: str) -> None:
        """Remove the file `name`, if it is there."""
        (self.path / name).unlink(missing_ok=True)
