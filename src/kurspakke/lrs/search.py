"""Finding statements again, and what the store knows of activities and agents (xAPI 1.0.3, part three, 2.1.3 to 2.5)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kurspakke.lrs.statements import Attachment


@dataclass(frozen=True, slots=True)
class Query:
    """What statements are asked for.

    `agent` is an `agent_key`; `since` (exclusive) and `until` (inclusive) are milliseconds since 1970. At most `limit`
    are found, None for all. `after` is the place of the last one of the page before.
    """

    agent: str = ""
    verb: str = ""
    activity: str = ""
    registration: str = ""
    related_agents: bool = False
    related_activities: bool = False
    since: int | None = None
    until: int | None = None
    ascending: bool = False
    limit: int | None = 100
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A statement and its place in the order in which all were stored."""

    seq: int
    statement: dict[str, Any]


_WANTED = (
    "WITH RECURSIVE wanted (seq, id) AS (SELECT seq, id FROM statements WHERE space = :space AND {}"
    " UNION SELECT s.seq, s.id FROM statements s"
    " JOIN wanted ON s.space = :space AND s.target <> '' AND s.target = wanted.id) "
)


def find(db: sqlite3.Connection, space: str, query: Query) -> list[Found]:
    """The statements that fit, the newest first unless ascending; those that were taken back are left out.

    A statement about another one (a StatementRef) fits where that one does, whether or not that was taken back.
    """
    where, values = ["space = :space", "voided = 0"], {"space": space, **_values(query)}
    if query.since is not None:
        where.append("stored > :since")
    if query.until is not None:
        where.append("stored <= :until")
    if query.after is not None:
        where.append("seq > :after" if query.ascending else "seq < :after")
    wanted = ""
    if matching := _matching(query):
        wanted = _WANTED.format(" AND ".join(matching))
        where.append("seq IN (SELECT seq FROM wanted)")
    order = "ASC" if query.ascending else "DESC"
    # Every piece stands above; what was asked for is in the values.
    rows = db.execute(
        f"{wanted}SELECT seq, body FROM statements WHERE {' AND '.join(where)} ORDER BY seq {order} LIMIT :limit",  # noqa: S608
        values,
    )
    return [Found(seq, json.loads(body)) for seq, body in rows]


def _values(query: Query) -> dict[str, Any]:
    return {
        **{name: getattr(query, name) for name in ("agent", "verb", "activity", "since", "until", "after")},
        "registration": query.registration.lower(),
        "limit": -1 if query.limit is None else query.limit,
    }


def _matching(query: Query) -> Sequence[str]:
    """The conditions that a statement fulfils itself, or one that it refers to."""
    found = [f"{name} = :{name}" for name in ("verb", "registration") if getattr(query, name)]
    for kind, related in (("agent", query.related_agents), ("activity", query.related_activities)):
        if getattr(query, kind):
            also = "" if related else " AND direct = 1"
            found.append(
                f"seq IN (SELECT seq FROM mentions WHERE space = :space AND kind = '{kind}' AND key = :{kind}{also})"  # noqa: S608
            )
    return found


def one(db: sqlite3.Connection, space: str, name: str, *, voided: bool) -> dict[str, Any] | None:
    """The statement with an id, if it is taken back (`voided`) or not."""
    row = db.execute(
        "SELECT body FROM statements WHERE space = ? AND id = ? AND voided = ?", (space, name.lower(), voided)
    ).fetchone()
    return json.loads(row[0]) if row else None


def attachment(db: sqlite3.Connection, space: str, sha2: str) -> Attachment | None:
    """The bytes of an attachment, if they were sent."""
    row = db.execute(
        "SELECT sha2, media_type, content FROM attachments WHERE space = ? AND sha2 = ?",
        (space, sha2.lower()),
    ).fetchone()
    return Attachment(*row) if row else None


def definition(db: sqlite3.Connection, space: str, activity: str) -> dict[str, Any]:
    """What statements have told of an activity; empty if nothing."""
    row = db.execute(
        "SELECT definition FROM activities WHERE space = ? AND id = ?", (space, activity)
    ).fetchone()
    return json.loads(row[0]) if row else {}


def names(db: sqlite3.Connection, space: str, agent: str) -> list[str]:
    """The names that an agent has had, by its key."""
    rows = db.execute("SELECT name FROM names WHERE space = ? AND agent = ? ORDER BY name", (space, agent))
    return [name for (name,) in rows]
