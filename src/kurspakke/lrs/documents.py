"""Documents of activities and agents: kept as they come, found by their place (xAPI 1.0.3, part three, 2.2)."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import astuple, dataclass

STATE, ACTIVITY_PROFILE, AGENT_PROFILE = "state", "activity profile", "agent profile"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies: what does not apply to its kind is empty. `agent` is an `agent_key`.

    With `id` empty it is all documents of that activity, agent or both; for states without `registration` those of
    every registration then.
    """

    kind: str
    activity: str = ""
    agent: str = ""
    registration: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its bytes, their type and when it was written, in milliseconds since 1970."""

    content: bytes
    media_type: str
    updated: int

    @property
    def etag(self) -> str:
        """The entity tag of these very bytes: their SHA-1 in quotes, as part three, 3.1 recommends."""
        return f'"{hashlib.sha1(self.content, usedforsecurity=False).hexdigest()}"'


_AT = "space = ? AND kind = ? AND activity = ? AND agent = ? AND registration = ? AND id = ?"


def read(db: sqlite3.Connection, space: str, place: Place) -> Document | None:
    """The document at a place."""
    row = db.execute(
        f"SELECT content, media_type, updated FROM documents WHERE {_AT}",  # noqa: S608 - a constant
        (space, *astuple(place)),
    ).fetchone()
    return Document(*row) if row else None


def write(db: sqlite3.Connection, space: str, place: Place, document: Document) -> None:
    """Lay down a document, in the place of what was there."""
    values = (space, *astuple(place), document.content, document.media_type, document.updated)
    db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def delete(db: sqlite3.Connection, space: str, place: Place) -> None:
    """Take away the document at a place, or with no id all of them."""
    if place.id:
        db.execute(f"DELETE FROM documents WHERE {_AT}", (space, *astuple(place)))  # noqa: S608
    else:
        where, values = _all_at(space, place)
        db.execute(f"DELETE FROM documents WHERE {where}", values)  # noqa: S608


def ids(db: sqlite3.Connection, space: str, place: Place, since: int | None) -> list[str]:
    """The ids of the documents at a place without one, of those written after `since` if that is given."""
    where, values = _all_at(space, place)
    rows = db.execute(
        f"SELECT DISTINCT id FROM documents WHERE {where} AND updated > ? ORDER BY id",  # noqa: S608
        (*values, -1 if since is None else since),
    )
    return [name for (name,) in rows]


def _all_at(space: str, place: Place) -> tuple[str, tuple[str, ...]]:
    where = "space = ? AND kind = ? AND activity = ? AND agent = ?"
    values = (space, place.kind, place.activity, place.agent)
    if place.registration:
        return f"{where} AND registration = ?", (*values, place.registration)
    return where, values
