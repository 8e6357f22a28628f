"""What learners have done, kept in SQLite from run to run: learners, their attempts, and each session with its calls.

A session is one launch of one SCO, known from its first commit on. What it committed is kept as it was; what the
next session begins with is worked out by `carryover.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any

from kurspakke.database import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS learners (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  package TEXT NOT NULL, learner TEXT NOT NULL, sco TEXT NOT NULL, mode TEXT NOT NULL,
  started TEXT NOT NULL, updated TEXT NOT NULL, serial INTEGER NOT NULL DEFAULT -1,
  finished INTEGER NOT NULL DEFAULT 0, data TEXT NOT NULL DEFAULT '{}');
CREATE INDEX IF NOT EXISTS sessions_of ON sessions (package, learner, sco);
CREATE TABLE IF NOT EXISTS calls (
  session TEXT NOT NULL, number INTEGER NOT NULL, call TEXT NOT NULL, PRIMARY KEY (session, number));
"""
FIRST_LEARNERS = (
    ("kari", "Ødegård, Kari"),
    ("ase", "Ås-Mæland, Åse"),
    ("per", "Hansen, Per"),
)
"""Who is there to begin with: names as they are in Norway, family name first as SCORM has it."""
MOST_NAME = 255
"""The longest name of a learner in characters."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who takes courses; `name` as SCORM has it: family name, given name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose attempt at what: the package by its offer's key, the SCO by its item's identifier."""

    package: str
    learner: str
    sco: str


@dataclass(frozen=True, slots=True)
class Session:
    """One launch: what it committed last, and when. `finished` tells that the content ended it itself."""

    id: str
    whose: Whose
    mode: str
    started: str
    updated: str
    serial: int
    finished: bool
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Commit:
    """What is kept of a session at once: the values as they are now, and the calls since the last commit.

    `serial` counts the session's commits, `first` is the number of the first of the calls: what arrives twice or too
    late is known by them.
    """

    serial: int
    values: Mapping[str, str]
    calls: Sequence[Any] = ()
    first: int = 0
    finished: bool = False


class Attempts:
    """The store in the file at `path`, or in memory; every method may be called from several threads at once.

    Raises:
        KurspakkeError: the file can't be made, or is none of ours.
    """

    def __init__(self, path: Path | None) -> None:
        self._base = Database(path, _SCHEMA)
        with self._base.writing() as base:
            if not base.execute("SELECT 1 FROM learners").fetchone():
                base.executemany("INSERT INTO learners VALUES (?, ?)", FIRST_LEARNERS)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def key(self) -> bytes:
        """The secret that packages' addresses are made of, the same from run to run: browsers keep data by address."""
        with self._base.writing() as base:
            base.execute("INSERT OR IGNORE INTO facts VALUES ('key', ?)", (token_bytes(32),))
            return bytes(base.execute("SELECT value FROM facts WHERE name = 'key'").fetchone()[0])

    def learners(self) -> Sequence[Learner]:
        """All of them, in the order in which they came."""
        with self._base.reading() as base:
            return [Learner(*row) for row in base.execute("SELECT id, name FROM learners ORDER BY rowid")]

    def enrol(self, name: str) -> Learner:
        """One more learner.

        Raises:
            ValueError: the name is empty or too long.
        """
        name = " ".join(name.split())
        if not name or len(name) > MOST_NAME:
            raise ValueError(f"a name has 1 to {MOST_NAME} characters")
        with self._base.writing() as base:
            number = base.execute("SELECT count(*) + 1 FROM learners").fetchone()[0]
            learner = Learner(f"learner-{number}", name)
            base.execute("INSERT INTO learners VALUES (?, ?)", (learner.id, learner.name))
            return learner

    def keep(self, session: str, whose: Whose, mode: str, commit: Commit) -> None:
        """What a session committed, unless something later of it is here already."""
        now = _now()
        with self._base.writing() as base:
            base.execute(
                "INSERT OR IGNORE INTO sessions (id, package, learner, sco, mode, started, updated) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (session, whose.package, whose.learner, whose.sco, mode, now, now),
            )
            base.executemany(
                "INSERT OR IGNORE INTO calls VALUES (?, ?, ?)",
                [
                    (session, number, json.dumps(call))
                    for number, call in enumerate(commit.calls, commit.first)
                ],
            )
            base.execute(
                "UPDATE sessions SET serial = ?, data = ?, finished = finished OR ?, updated = ? "
                "WHERE id = ? AND package = ? AND serial < ?",
                (
                    commit.serial,
                    json.dumps(commit.values),
                    commit.finished,
                    now,
                    session,
                    whose.package,
                    commit.serial,
                ),
            )

    def sessions(self, package: str, learner: str | None = None) -> Sequence[Session]:
        """The sessions of a package in the order in which they began."""
        with self._base.reading() as base:
            rows = base.execute(
                "SELECT id, package, learner, sco, mode, started, updated, serial, finished, data "
                "FROM sessions WHERE package = ? AND (? IS NULL OR learner = ?) ORDER BY position",
                (package, learner, learner),
            ).fetchall()
        return [_session(row) for row in rows]

    def calls(self, session: str) -> Sequence[Any]:
        """The calls of a session in their order."""
        with self._base.reading() as base:
            rows = base.execute(
                "SELECT call FROM calls WHERE session = ? ORDER BY number", (session,)
            ).fetchall()
        return [json.loads(call) for (call,) in rows]

    def reset(self, package: str, learner: str, sco: str | None = None) -> int:
        """Forget what a learner has done in a package, or in one SCO of it; how many sessions that were."""
        chosen = "package = ? AND learner = ? AND (? IS NULL OR sco = ?)"
        given = (package, learner, sco, sco)
        with self._base.writing() as base:
            base.execute(
                f"DELETE FROM calls WHERE session IN (SELECT id FROM sessions WHERE {chosen})",  # noqa: S608
                given,
            )
            return base.execute(f"DELETE FROM sessions WHERE {chosen}", given).rowcount  # noqa: S608


def _session(row: tuple[Any, ...]) -> Session:
    session, package, learner, sco, mode, started, updated, serial, finished, data = row
    whose = Whose(package, learner, sco)
    return Session(session, whose, mode, started, updated, serial, bool(finished), json.loads(data))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
