"""The LRS in the preview: for its launches only, with the troubles that are on, each request told to the inspector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from starlette.types import ASGIApp

from kurspakke.lrs.exchange import Exchange
from kurspakke.preview.desk import Desk
from kurspakke.preview.events import Events
from kurspakke.preview.gate import gated_lrs
from kurspakke.preview.lrstroubles import troubled
from kurspakke.preview.offer import Shelf
from kurspakke.xapi.problem import Problem
from kurspakke.xapi.validate import problems

MOST_TEXT = 10_000
"""So many characters of a document are told to the inspector."""


def lrs_room(desk: Desk) -> ASGIApp:
    """The LRS, to be mounted at its endpoint."""
    return troubled(gated_lrs(desk.statements, desk.launches, _teller(desk)), desk.troubles)


def _teller(desk: Desk) -> Callable[[Exchange], None]:
    """Publishes each request: one event, or one for each statement in it."""
    numbers = count(1)

    def tell(exchange: Exchange) -> None:
        package = id_of(desk.shelf, exchange.grant.space) if exchange.grant else None
        if package is None:
            return
        for event in events_of(exchange):
            desk.events.publish({"kind": "request", "package": package, "id": next(numbers), **event})

    return tell


def publish_own(events: Events, shelf: Shelf, space: str, statements: Sequence[Mapping[str, Any]]) -> None:
    """Tell of statements that the LMS makes itself: `launched`, `satisfied`, `abandoned`, `waived`."""
    package = id_of(shelf, space)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    for statement in statements if package else ():
        events.publish(
            {
                "kind": "request",
                "package": package,
                "id": str(statement.get("id", "")),
                "at": now,
                "method": "",
                "resource": "statements",
                "query": "",
                "status": 0,
                "ms": 0,
                "problems": [],
                "statement": statement,
            }
        )


def id_of(shelf: Shelf, key: str) -> str | None:
    """The id of the offer with that key."""
    return next((offer.id for offer in shelf.offers() if offer.key == key), None)


def events_of(exchange: Exchange) -> Iterator[dict[str, Any]]:
    """What there is to see of a request: a statement each, or the request as it is."""
    asked = exchange.asked
    common = {
        "at": datetime.fromtimestamp(exchange.at, UTC).isoformat(timespec="milliseconds"),
        "method": asked.method,
        "resource": asked.resource,
        "query": "&".join(f"{name}={value}" for name, value in asked.query.items()),
        "status": exchange.reply.status,
        "ms": round(exchange.ms, 1),
    }
    statements = exchange.statements()
    found = [plain(problem) for problem in exchange.problems]
    if exchange.error and not found:
        found = [{"where": "", "text": exchange.error, "rule": ""}]
    if len(statements) > 1:
        yield from ({**common, "problems": found, "statement": each} for each in statements)
    elif statements:
        yield {**common, "problems": found, "statement": statements[0]}
    else:
        text = asked.body[:MOST_TEXT].decode("utf-8", "replace")
        yield {**common, "problems": found, **({"document": text} if text else {})}


def plain(problem: Problem) -> dict[str, str]:
    """A problem for JSON."""
    return {"where": problem.path, "text": problem.text, "rule": problem.clause}


def kept(statements: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Statements that are stored, each with what is wrong with it."""
    return [{"statement": each, "problems": [plain(one) for one in problems(each)]} for each in statements]
