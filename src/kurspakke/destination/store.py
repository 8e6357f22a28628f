"""A place in a store: what is there, and how things come there and go. Paths are relative to the place."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurspakke.destination.address import Address
from kurspakke.destination.kinds import Kind, kind_of
from kurspakke.destination.opening import opened
from kurspakke.destination.refusals import refusing

STATE = ".kurspakke/"
"""Begins the paths of what is there for the program only."""

STREAMS = 8
"""So many files are on their way at once.

Each takes at most four times `kinds.PART` of memory: up to two parts go in one piece, and are copied on their way.
"""

# What stores call a file's version; one of these is enough to see that a file was changed by somebody.
_VERSIONS = ("ETag", "etag", "md5Hash", "mtime", "created")


@dataclass(frozen=True, slots=True)
class There:
    """A file in the store: its size in bytes, and the store's own word for its version («» where it has none)."""

    size: int
    version: str


class Store:
    """The place at an address. Every method raises KurspakkeError where the store refuses or can't be reached."""

    def __init__(self, address: Address, system: Any, root: str) -> None:
        self.address = address
        self.kind: Kind = kind_of(address.scheme)
        self._system = system
        self._root = root.rstrip("/")

    @classmethod
    def at(cls, address: Address) -> Store:
        """The place, not yet looked at; KurspakkeError where the scheme or its package is not known here."""
        return cls(address, *opened(address))

    @property
    def streams(self) -> int:
        """How many files may be on their way at once: one, where a connection is shared."""
        return STREAMS if self._system.async_impl else 1

    def where(self, path: str) -> str:
        """The place of a file, for people."""
        return f"{self.address.shown}/{path}"

    def listing(self) -> dict[str, There]:
        """Every file that is there now."""
        with self._refusing():
            self._system.invalidate_cache()
            found = self._system.find(self._root, detail=True)
        start = f"{self._root}/"
        return {
            name.removeprefix(start): _there(info) for name, info in found.items() if name.startswith(start)
        }

    def read(self, path: str) -> bytes | None:
        """The bytes of a small file; None where there is none."""
        with self._refusing(path):
            try:
                return bytes(self._system.cat_file(self._at(path)))
            except FileNotFoundError:
                return None

    def put(self, file: Path, path: str) -> None:
        """Send a file of this machine: under `path` there is what was there, or all of it, at any moment."""
        with self._refusing(path):
            if self.kind.whole:
                self._system.put_file(str(file), self._at(path), **self.kind.put)
                return
            passing = self._passing()
            self._system.put_file(str(file), passing)
            self._rename(passing, path)

    def write(self, data: bytes, path: str) -> None:
        """The same for a few bytes in memory."""
        with self._refusing(path):
            if self.kind.whole:
                self._system.pipe_file(self._at(path), data)
                return
            passing = self._passing()
            self._system.pipe_file(passing, data)
            self._rename(passing, path)

    def copy(self, source: str, path: str) -> None:
        """Let the store copy a file that is there; only where its kind `copies`."""
        with self._refusing(path):
            self._system.cp_file(self._at(source), self._at(path))

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files; those that are gone already are none the less."""
        names = sorted(self._at(path) for path in paths)
        with self._refusing():
            if self._system.async_impl:
                # In bundles, where the store takes bundles.
                self._system.rm(names)
                return
            for name in names:
                with suppress(FileNotFoundError):
                    self._system.rm_file(name)

    def _refusing(self, path: str = "") -> AbstractContextManager[None]:
        return refusing(self.where(path) if path else self.address.shown, self.kind.keys)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _passing(self) -> str:
        self._system.makedirs(self._at(STATE.rstrip("/")), exist_ok=True)
        return self._at(f"{STATE}{secrets.token_hex(8)}.new")

    def _rename(self, passing: str, path: str) -> None:
        target = self._at(path)
        self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._system.mv(passing, target)


def _there(info: dict[str, Any]) -> There:
    version = next((str(info[name]) for name in _VERSIONS if info.get(name) is not None), "")
    return There(int(info.get("size") or 0), version.strip('"'))
