"""A small SQLite file of the program's own, or one in memory: used by many threads, and by several programs at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from kurspakke.findings import KurspakkeError

_PATIENCE = 10.0
"""Seconds to wait for another program that writes to the same file."""


class Database:
    """The tables of `schema` in the file at `path`; with None in memory, and gone with it.

    Every method may be called from several threads at once; they wait for each other.

    Raises:
        KurspakkeError: the file can't be made, is damaged, or is none of ours; it is left as it is.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        self._lock = RLock()
        name = ":memory:" if path is None else str(path)
        try:
            self._base = sqlite3.connect(
                name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            # The journal survives a crash of the program; only that of the machine may cost the last moments.
            self._base.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {schema}")
        except sqlite3.Error as error:
            raise KurspakkeError(
                f"nothing can be kept in {path}: {error}",
                "name another folder with --store, or put that file away",
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database, for the time of the block."""
        with self._lock:
            yield self._base

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The database in a transaction: what the block writes is kept if it ends well, and else undone."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")
