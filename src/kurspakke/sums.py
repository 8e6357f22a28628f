"""Sums of files on disk, worked out once: films need not be read again for every build and every format."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from kurspakke.filetree import Digests, File, FileTree
from kurspakke.statefolder import Stamp, StateFolder

_STORE = "sums.json"
_VERSION = 1


class Sums:
    """SHA-256 and CRC-32 of files on disk, as long as they keep their stamps; for the time of one build.

    What is remembered from build to build is only the sums of files that had settled when they were read. A
    sum that is wrong all the same is noticed while the file is packed (`zipwriter.py` counts along).
    """

    def __init__(self, state: StateFolder) -> None:
        self._state = state
        self._used: set[str] = set()
        self._unsettled: dict[str, tuple[Stamp, Digests]] = {}
        self._changed = False
        self._names: dict[Path, str] = {}

    @cached_property
    def _known(self) -> dict[str, tuple[Stamp, Digests]]:
        return _load(self._state)

    def of(self, path: Path) -> Digests:
        """The sums of the file at `path`; OSError as the system raises it."""
        name = self._names.get(path) or self._names.setdefault(path, str(path.absolute()))
        stamp = Stamp.of(path.stat())
        self._used.add(name)
        for known in (self._known.get(name), self._unsettled.get(name)):
            if known is not None and known[0] == stamp:
                return known[1]
        now = time.time_ns()
        with path.open("rb") as stream:
            digests = Digests.of(stream)
            after = Stamp.of(os.fstat(stream.fileno()))
        settled = stamp == after and stamp.settled(now)
        (self._known if settled else self._unsettled)[name] = (after, digests)
        self._changed |= settled
        return digests

    def summed(self, tree: FileTree) -> FileTree:
        """The same tree; its files on disk know their sums."""
        return FileTree({name: self._summed(file) for name, file in tree.items()})

    def save(self) -> None:
        """Remember for the next build; where that is impossible, the next build only takes longer."""
        if self._changed:
            here = {
                name: known
                for name, known in self._known.items()
                if name in self._used or Path(name).exists()
            }
            files = {
                name: [*stamp.plain(), sums.sha256, sums.crc32]
                for name, (stamp, sums) in sorted(here.items())
            }
            with suppress(OSError):
                self._state.write(_STORE, {"version": _VERSION, "files": files})
                self._changed = False

    def _summed(self, file: File) -> File:
        if file.path is None or file.known is not None:
            return file
        return File(path=file.path, known=self.of(file.path))


def _load(state: StateFolder) -> dict[str, tuple[Stamp, Digests]]:
    stored = state.read(_STORE)
    files = stored.get("files")
    if stored.get("version") != _VERSION or not isinstance(files, dict):
        return {}
    return {name: known for name, value in files.items() if (known := _known(value))}


def _known(value: Any) -> tuple[Stamp, Digests] | None:
    """One stored line, None when it is not as `save` writes it."""
    match value:
        case [int(size), int(mtime), int(ctime), int(inode), str(sha256), int(crc32)] if len(sha256) == 64:
            return Stamp(size, mtime, ctime, inode), Digests(sha256, crc32)
        case _:
            return None
