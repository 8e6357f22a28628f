"""Registrations and launches, kept in SQLite from run to run, so that a learner goes on where the last launch ended.

Secrets are kept as their SHA-256 only: who reads the file can't act for a launch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kurspakke.database import Database
from kurspakke.package import Kind
from kurspakke.preview.launchmemory import Secrets
from kurspakke.preview.sessions import End, Mode, Session

_SCHEMA = """
CREATE TABLE IF NOT EXISTS registrations (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, space TEXT NOT NULL, learner TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS registrations_of ON registrations (space, learner);
CREATE TABLE IF NOT EXISTS launches (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, space TEXT NOT NULL, kind TEXT NOT NULL,
  registration TEXT NOT NULL, learner TEXT NOT NULL, actor TEXT NOT NULL, unit TEXT NOT NULL,
  activity TEXT NOT NULL, begun TEXT NOT NULL, course TEXT NOT NULL, mode TEXT NOT NULL, mastery REAL,
  move_on TEXT NOT NULL, end TEXT NOT NULL, ended TEXT, read TEXT NOT NULL,
  key TEXT UNIQUE, token TEXT UNIQUE);
CREATE INDEX IF NOT EXISTS launches_by_end ON launches (end, registration);
"""
_COLUMNS = (
    "id, space, kind, registration, learner, actor, unit, activity, begun, course, mode, mastery, move_on, end, "
    "ended, read"
)


class SqliteLaunchStore:
    """The `LaunchStore` of `launchmemory.py` in the file at `path`, or in memory.

    Raises:
        KurspakkeError: the file can't be made, or is none of ours.
    """

    def __init__(self, path: Path | None) -> None:
        self._base = Database(path, _SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def registration(self, space: str, learner: str) -> str | None:
        """The latest registration of a learner in a package."""
        with self._base.reading() as base:
            row = base.execute(
                "SELECT id FROM registrations WHERE space = ? AND learner = ? ORDER BY position DESC",
                (space, learner),
            ).fetchone()
        return str(row[0]) if row else None

    def enrol(self, space: str, learner: str, registration: str) -> None:
        """Put down a new registration, which is the latest from now on."""
        with self._base.writing() as base:
            base.execute(
                "INSERT INTO registrations (id, space, learner) VALUES (?, ?, ?)",
                (registration, space, learner),
            )

    def add(self, session: Session, secrets: Secrets) -> None:
        """Put down a launch."""
        row = (*_row(session), secrets.key, secrets.token)
        with self._base.writing() as base:
            marks = ", ".join("?" * len(row))
            base.execute(f"INSERT INTO launches ({_COLUMNS}, key, token) VALUES ({marks})", row)  # noqa: S608

    def session(self, session_id: str) -> Session | None:
        """A launch by its id."""
        return self._one("id", session_id)

    def with_token(self, token: str) -> Session | None:
        """The launch whose token has that digest."""
        return self._one("token", token)

    def with_key(self, key: str) -> Session | None:
        """The launch whose fetch address has a key of that digest."""
        return self._one("key", key)

    def hand_out(self, key: str, token: str) -> bool:
        """Give the launch of that key its token: once, however many ask at the same time; False when it has one."""
        with self._base.writing() as base:
            done = base.execute("UPDATE launches SET token = ? WHERE key = ? AND token IS NULL", (token, key))
            return done.rowcount == 1

    def open_sessions(self, registration: str) -> Sequence[Session]:
        """The sessions of cmi5 in a registration that go on."""
        return self._some("kind = ? AND end = ? AND registration = ?", Kind.CMI5, End.OPEN, registration)

    def left_sessions(self) -> Sequence[Session]:
        """All sessions of cmi5 whose last words are waited for."""
        return self._some("kind = ? AND end = ?", Kind.CMI5, End.LEFT)

    def close_session(self, session_id: str, end: End, at: datetime) -> bool:
        """Change how the session ends, unless it is terminated or abandoned already: then False."""
        with self._base.writing() as base:
            done = base.execute(
                "UPDATE launches SET end = ?, ended = ? WHERE id = ? AND end IN (?, ?)",
                (end, at.isoformat(), session_id, End.OPEN, End.LEFT),
            )
            return done.rowcount == 1

    def has_read(self, session_id: str, document: str) -> None:
        """Note that the AU has asked for that document."""
        with self._base.writing() as base:
            row = base.execute("SELECT read FROM launches WHERE id = ?", (session_id,)).fetchone()
            if row is not None:
                known = json.dumps(sorted({*json.loads(row[0]), document}))
                base.execute("UPDATE launches SET read = ? WHERE id = ?", (known, session_id))

    def forget(self, space: str, learner: str) -> None:
        """Drop all launches and registrations of a learner in a package."""
        with self._base.writing() as base:
            for table in ("launches", "registrations"):
                base.execute(
                    f"DELETE FROM {table} WHERE space = ? AND learner = ?",  # noqa: S608
                    (space, learner),
                )

    def _one(self, column: str, value: str) -> Session | None:
        return next(iter(self._some(f"{column} = ?", value)), None)

    def _some(self, where: str, *values: str) -> Sequence[Session]:
        with self._base.reading() as base:
            rows = base.execute(
                f"SELECT {_COLUMNS} FROM launches WHERE {where} ORDER BY position",  # noqa: S608 - our own words
                values,
            ).fetchall()
        return [_session(row) for row in rows]


def _row(session: Session) -> tuple[Any, ...]:
    return (
        session.id,
        session.space,
        session.kind.value,
        session.registration,
        session.learner,
        json.dumps(session.actor, ensure_ascii=False),
        session.unit,
        session.activity,
        session.begun.isoformat(),
        session.course,
        session.mode.value,
        session.mastery,
        session.move_on,
        session.end.value,
        session.ended.isoformat() if session.ended else None,
        json.dumps(sorted(session.read)),
    )


def _session(row: tuple[Any, ...]) -> Session:
    names = [name.strip() for name in _COLUMNS.split(",")]
    told = dict(zip(names, row, strict=True))
    return Session(
        **{
            **told,
            "kind": Kind(told["kind"]),
            "actor": json.loads(told["actor"]),
            "begun": datetime.fromisoformat(told["begun"]).astimezone(UTC),
            "mode": Mode(told["mode"]),
            "end": End(told["end"]),
            "ended": datetime.fromisoformat(told["ended"]).astimezone(UTC) if told["ended"] else None,
            "read": frozenset(json.loads(told["read"])),
        }
    )
