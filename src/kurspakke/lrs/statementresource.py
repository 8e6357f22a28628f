"""The Statement Resource (xAPI 1.0.3, part three, 2.1)."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from kurspakke.lrs import formats, jsontext, multipart, parameters, search
from kurspakke.lrs.asking import Asked, read_query
from kurspakke.lrs.delivery import judge, unpacked
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.reply import Reply, in_json
from kurspakke.lrs.search import Query
from kurspakke.lrs.statements import Attachment, keep
from kurspakke.lrs.store import LrsStore
from kurspakke.xapi.instants import instant

PAGE = 100
"""So many statements are given at once where none or 0 is asked for."""
_LARGEST_PAGE = 1000
_FORM = frozenset({"format", "attachments"})
_ONE = frozenset({"statementId", "voidedStatementId"})
_FILTERS = frozenset(
    {
        *("agent", "verb", "activity", "registration", "related_activities", "related_agents"),
        *("since", "until", "limit", "ascending"),
    }
)
_PLACE = "after"


def put(store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """Keep one statement under the id that the sender gave it."""
    parameters.only(asked.query, frozenset({"statementId"}))
    parameters.needed(asked.query, "statementId")
    name = parameters.uuid(asked.query, "statementId")
    delivery = unpacked(asked)
    judge(delivery)
    if isinstance(delivery.value, list):
        raise RefusalError(400, "PUT takes one statement, not an array")
    if delivery.value.get("id", name).lower() != name:
        raise RefusalError(400, f"the statement has another id than {name}, which is the parameter's")
    with store.writing() as db:
        keep(db, grant.space, [{"id": name, **delivery.value}], grant.authority, delivery.attachments)
    return Reply(204)


def post(store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """Keep one statement or several, all of them or none."""
    parameters.only(asked.query, frozenset())
    delivery = unpacked(asked)
    judge(delivery)
    with store.writing() as db:
        return in_json(keep(db, grant.space, delivery.statements, grant.authority, delivery.attachments))


def get(store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """One statement by its id, or those that fit the filters."""
    query = _continued(asked.query.get("more"))
    if query is None:
        query = dict(asked.query)
        parameters.only(query, _FORM | _ONE | _FILTERS)
    elif len(asked.query) > 1:
        raise RefusalError(400, "`more` goes with no other parameter")
    with store.reading() as db:
        if _ONE & query.keys():
            return _one(db, grant, asked, query)
        return _several(db, grant, asked, query)


def _one(db: sqlite3.Connection, grant: Grant, asked: Asked, query: dict[str, str]) -> Reply:
    others = sorted(query.keys() - _FORM)
    if len(others) > 1:
        raise RefusalError(400, f"{others[-2]} and {others[-1]} don't go together")
    name = parameters.uuid(query, others[0])
    statement = search.one(db, grant.space, name, voided=others[0] == "voidedStatementId")
    if statement is None:
        raise RefusalError(404, f"there is no statement {name} that is asked for by {others[0]}")
    (shaped,) = _shaped(db, grant, asked, query, [statement])
    return _answer(db, grant, query, shaped, [statement])


def _several(db: sqlite3.Connection, grant: Grant, asked: Asked, query: dict[str, str]) -> Reply:
    size = min(parameters.count(query, "limit") or PAGE, _LARGEST_PAGE)
    found = search.find(db, grant.space, _search(query, size + 1))
    statements = [each.statement for each in found[:size]]
    more = ""
    if len(found) > size:
        text = urlencode({**query, _PLACE: str(found[size - 1].seq)})
        more = f"{asked.root}/statements?more={base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}"
    shaped = _shaped(db, grant, asked, query, statements)
    return _answer(db, grant, query, {"statements": shaped, "more": more}, statements)


def _search(query: dict[str, str], limit: int) -> Query:
    return Query(
        agent=parameters.agent(query),
        verb=parameters.iri(query, "verb"),
        activity=parameters.iri(query, "activity"),
        registration=parameters.uuid(query, "registration"),
        related_agents=parameters.truth(query, "related_agents"),
        related_activities=parameters.truth(query, "related_activities"),
        since=parameters.moment(query, "since"),
        until=parameters.moment(query, "until"),
        ascending=parameters.truth(query, "ascending"),
        limit=limit,
        after=parameters.count(query, _PLACE) if _PLACE in query else None,
    )


def _continued(more: str | None) -> dict[str, str] | None:
    """The query that a `more` link goes on with; None if there is no link."""
    if more is None:
        return None
    try:
        text = base64.b64decode(more + "=" * (-len(more) % 4), altchars=b"-_", validate=True).decode("ascii")
    except ValueError:
        raise RefusalError(400, "`more` is none of the store's own") from None
    query = read_query(text)
    parameters.only(query, _FORM | _FILTERS | {_PLACE})
    return query


def _shaped(
    db: sqlite3.Connection, grant: Grant, asked: Asked, query: dict[str, str], given: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    turn: Callable[[dict[str, Any]], dict[str, Any]]
    match parameters.word(query, "format", formats.FORMATS):
        case "ids":
            turn = formats.ids
        case "canonical":
            turn = partial(
                formats.canonical,
                definitions=partial(search.definition, db, grant.space),
                languages=formats.preferred(asked.headers.get("accept-language", "")),
            )
        case _:
            return list(given)
    return [turn(each) for each in given]


def _answer(
    db: sqlite3.Connection, grant: Grant, query: dict[str, str], value: Any, given: Sequence[dict[str, Any]]
) -> Reply:
    """The answer, with the attachments beside it if they are asked for; changed last when the newest was stored."""
    moments = filter(None, (instant(each["stored"]) for each in given))
    newest = max(moments, default=None)
    headers = {"Last-Modified": newest.strftime("%a, %d %b %Y %H:%M:%S GMT")} if newest else {}
    if not parameters.truth(query, "attachments"):
        return in_json(value, headers)
    files: dict[str, Attachment] = {}
    for statement in given:
        inner = statement["object"] if statement["object"].get("objectType") == "SubStatement" else {}
        for each in (*statement.get("attachments", ()), *inner.get("attachments", ())):
            if kept := search.attachment(db, grant.space, each["sha2"]):
                files[kept.sha2] = kept
    content_type, body = multipart.joined(jsontext.written(value).encode("utf-8"), files.values())
    return Reply(200, body, {"Content-Type": content_type, **headers})
