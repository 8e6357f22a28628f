"""Statements on their way into the store (xAPI 1.0.3, part two, 2.3; part three, 2.1.1 and 2.1.2)."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kurspakke.lrs import jsontext
from kurspakke.lrs.mentions import activities, actors, agent_key, mentions
from kurspakke.lrs.reception import received
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.sameness import is_same
from kurspakke.xapi.validate import VOIDED

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attachment:
    """The bytes that belong to an attachment, found by its SHA-2 in lower case."""

    sha2: str
    media_type: str
    content: bytes


def keep(
    db: sqlite3.Connection,
    space: str,
    given: Sequence[Statement],
    authority: Mapping[str, object],
    attachments: Sequence[Attachment] = (),
) -> list[str]:
    """Keep valid statements, and return their ids as they were given, in the same order.

    One that is there already counts as kept. Raises RefusalError (409) if it is another one under the same id.
    """
    stored = _next_moment(db, space)
    names = [_kept(db, space, each, authority, stored) for each in given]
    db.executemany(
        "INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?)",
        [(space, each.sha2, each.media_type, each.content) for each in attachments],
    )
    return names


def _next_moment(db: sqlite3.Connection, space: str) -> int:
    """Now, and later than all that is there: asking for what came `since` a statement then finds every later one."""
    (last,) = db.execute(
        "SELECT stored FROM statements WHERE space = ? ORDER BY seq DESC LIMIT 1", (space,)
    ).fetchone() or (0,)
    return max(int(time.time() * 1000), int(last) + 1)


def _kept(
    db: sqlite3.Connection, space: str, given: Statement, authority: Mapping[str, object], stored: int
) -> str:
    statement = received(given, authority, stored)
    given_name = str(statement["id"])
    name = given_name.lower()
    found = db.execute("SELECT body FROM statements WHERE space = ? AND id = ?", (space, name)).fetchone()
    if found:
        if not is_same(json.loads(found[0]), given):
            raise RefusalError(
                409, f"another statement has the id {name} already, and statements never change"
            )
        return given_name
    thing = statement["object"]
    target = thing["id"].lower() if thing.get("objectType") == "StatementRef" else ""
    registration = statement.get("context", {}).get("registration", "").lower()
    verb = statement["verb"]["id"]
    row = (space, name, stored, verb, registration, target, _is_voided(db, space, name, verb))
    cursor = db.execute(
        "INSERT INTO statements (space, id, stored, verb, registration, target, voided, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, jsontext.written(statement)),
    )
    if verb == VOIDED:
        db.execute(
            "UPDATE statements SET voided = 1 WHERE space = ? AND id = ? AND verb <> ?",
            (space, target, VOIDED),
        )
    _note(db, space, cursor.lastrowid or 0, statement)
    return given_name


def _is_voided(db: sqlite3.Connection, space: str, name: str, verb: str) -> bool:
    """Whether a statement that comes now was taken back before it came; what takes others back stands for ever."""
    if verb == VOIDED:
        return False
    found = db.execute(
        "SELECT 1 FROM statements WHERE space = ? AND target = ? AND verb = ?", (space, name, VOIDED)
    )
    return found.fetchone() is not None


def _note(db: sqlite3.Connection, space: str, seq: int, statement: Statement) -> None:
    """Note by what the statement is found, and what it tells of agents and activities."""
    db.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?)",
        [(space, each.kind, each.key, seq, each.direct) for each in mentions(statement)],
    )
    called = {(space, agent_key(each), each["name"]) for each in actors(statement) if "name" in each}
    db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", [each for each in called if each[1]])
    for activity in activities(statement):
        if definition := activity.get("definition"):
            _learn(db, space, activity["id"], definition)


def _learn(db: sqlite3.Connection, space: str, activity: str, definition: Statement) -> None:
    """Add to what is known of an activity: new languages beside the old, everything else in the newest form."""
    row = db.execute(
        "SELECT definition FROM activities WHERE space = ? AND id = ?", (space, activity)
    ).fetchone()
    known = json.loads(row[0]) if row else {}
    merged = {**known, **definition}
    for name in ("name", "description"):
        if name in known and name in definition:
            merged[name] = {**known[name], **definition[name]}
    if merged != known:
        values = (space, activity, jsontext.written(merged))
        db.execute("INSERT OR REPLACE INTO activities VALUES (?, ?, ?)", values)
