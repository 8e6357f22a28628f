"""Where the LRS keeps what it gets: one SQLite file, used by many threads."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kurspakke.database import Database
from kurspakke.lrs import documents, search, statements
from kurspakke.lrs.documents import Document, Place
from kurspakke.lrs.search import Query
from kurspakke.xapi.validate import VOIDED

_SCHEMA = """
CREATE TABLE IF NOT EXISTS statements (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, space TEXT NOT NULL, id TEXT NOT NULL, stored INTEGER NOT NULL,
  verb TEXT NOT NULL, registration TEXT NOT NULL, target TEXT NOT NULL, voided INTEGER NOT NULL, body TEXT NOT NULL,
  UNIQUE (space, id));
CREATE INDEX IF NOT EXISTS statements_in_order ON statements (space);
CREATE INDEX IF NOT EXISTS statements_by_target ON statements (space, target) WHERE target <> '';
CREATE INDEX IF NOT EXISTS statements_by_verb ON statements (space, verb);
CREATE INDEX IF NOT EXISTS statements_by_registration ON statements (space, registration);
CREATE TABLE IF NOT EXISTS mentions (
  space TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, direct INTEGER NOT NULL,
  PRIMARY KEY (space, kind, key, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attachments (
  space TEXT NOT NULL, sha2 TEXT NOT NULL, media_type TEXT NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (space, sha2));
CREATE TABLE IF NOT EXISTS activities (
  space TEXT NOT NULL, id TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (space, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (
  space TEXT NOT NULL, agent TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (space, agent, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  space TEXT NOT NULL, kind TEXT NOT NULL, activity TEXT NOT NULL, agent TEXT NOT NULL, registration TEXT NOT NULL,
  id TEXT NOT NULL, content BLOB NOT NULL, media_type TEXT NOT NULL, updated INTEGER NOT NULL,
  PRIMARY KEY (space, kind, activity, agent, registration, id));
"""
_UNVOID = (
    "UPDATE statements SET voided = 0 WHERE space = :space AND voided = 1 AND id NOT IN"
    " (SELECT target FROM statements WHERE space = :space AND verb = :voiding)"
)
_TABLES = ("statements", "mentions", "attachments", "activities", "names", "documents")


class LrsStore(Database):
    """Statements, documents and what follows from them, each in a space of its own.

    `path` is the file; with None everything is in memory, and gone with the store. Every method may be called from
    several threads at once; each is done whole or not at all.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__(path, _SCHEMA)

    def statements(self, space: str, query: Query | None = None) -> list[dict[str, Any]]:
        """The statements of a space that `query` asks for (by default all), the newest first."""
        with self.reading() as db:
            return [found.statement for found in search.find(db, space, query or Query(limit=None))]

    def record(
        self, space: str, authority: Mapping[str, object], given: Sequence[Mapping[str, Any]]
    ) -> list[str]:
        """Keep statements of the LMS itself, such as cmi5's `launched`; they have to be valid.

        Returns their ids. Raises RefusalError (409) if another statement has one of the ids.
        """
        with self.writing() as db:
            return statements.keep(db, space, given, authority)

    def document(self, space: str, place: Place) -> Document | None:
        """The document at a place."""
        with self.reading() as db:
            return documents.read(db, space, place)

    def put_document(self, space: str, place: Place, content: bytes, media_type: str) -> None:
        """Lay down a document, such as cmi5's LMS.LaunchData, whatever was there."""
        with self.writing() as db:
            documents.write(db, space, place, Document(content, media_type, int(time.time() * 1000)))

    def forget(self, space: str, registration: str = "") -> None:
        """Delete all that a space has, or of one registration the statements and states."""
        with self.writing() as db:
            if registration:
                values = (space, registration.lower())
                for table in ("statements", "documents"):
                    db.execute(f"DELETE FROM {table} WHERE space = ? AND registration = ?", values)  # noqa: S608
            else:
                for table in _TABLES:
                    db.execute(f"DELETE FROM {table} WHERE space = ?", (space,))  # noqa: S608
            # A voided statement stays voided only as long as what takes it back is there.
            db.execute(_UNVOID, {"space": space, "voiding": VOIDED})
            db.execute(
                "DELETE FROM mentions WHERE space = ? AND seq NOT IN (SELECT seq FROM statements)", (space,)
            )
