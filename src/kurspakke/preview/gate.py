"""The gate before the LRS: cmi5's rules for AUs, asked at each request, and what follows from what was stored.

An LMS refuses what cmi5 forbids (cmi5 6.3): such a request never reaches the LRS. Tin Can launches pass untouched.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kurspakke.lrs.app import MOST_BYTES, lrs_app
from kurspakke.lrs.asking import Asked, read_query, unwrapped
from kurspakke.lrs.delivery import judge, unpacked
from kurspakke.lrs.exchange import Exchange
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.reply import Reply
from kurspakke.lrs.store import LrsStore
from kurspakke.preview.cmi5.rules import Breach
from kurspakke.preview.launches import Launches
from kurspakke.xapi.problem import Problem

OnExchange = Callable[[Exchange], None]
_NOTED: ContextVar[tuple[Breach, ...]] = ContextVar("noted", default=())
"""What the request that is under way breaks, and is not refused for."""


def gated_lrs(store: LrsStore, launches: Launches, on_exchange: OnExchange) -> ASGIApp:
    """The LRS over `store` for these launches, to be mounted at its endpoint.

    `on_exchange` hears of each request when it has been answered, from any thread; what cmi5 says of it stands among
    its problems, with clauses that begin with `cmi5`. One that came too late (401) has the grant that was once its own.
    """

    def heard(exchange: Exchange) -> None:
        if exchange.reply.status == 401:
            grant, why = launches.refusal(exchange.asked.headers.get("authorization", ""))
            exchange = replace(exchange, grant=grant, error=why or exchange.error)
        noted = tuple(_problem(breach) for breach in _NOTED.get())
        on_exchange(replace(exchange, problems=(*exchange.problems, *noted)))

    return Gate(lrs_app(store, launches.allows, heard), launches, on_exchange)


class Gate:
    """The LRS `app` for what cmi5 allows, as an ASGI app; `on_exchange` hears of what is refused here."""

    def __init__(self, app: ASGIApp, launches: Launches, on_exchange: OnExchange) -> None:
        self._app = app
        self._launches = launches
        self._on_exchange = on_exchange
        self._one_by_one = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        try:
            body = await _body(Request(scope, receive))
        except ClientDisconnect:
            return
        if body is None:
            await _sent(Reply(413, b'{"error": "too large"}'), scope, receive, send)
            return
        passing = Passing(self._app, scope, _again(body, receive), send, time.time())
        asked = _asked(scope, body)
        header = asked.headers.get("authorization", "") if asked else ""
        grant = await run_in_threadpool(self._allows, header)
        # Only cmi5 seals a document: its launch data.
        if asked is None or grant is None or not grant.sealed:
            await passing.on()
        elif asked.resource == "statements" and asked.method in {"PUT", "POST"}:
            # What is judged must still be true when it is stored.
            async with self._one_by_one:
                await self._statements(grant, asked, passing)
        else:
            await self._document(grant, asked, passing)

    def _allows(self, header: str) -> Grant | None:
        self._launches.sittings.settle()
        return self._launches.allows(header)

    async def _document(self, grant: Grant, asked: Asked, passing: Passing) -> None:
        judging = self._launches.sittings.breaches_of_request
        breaches = await run_in_threadpool(judging, grant.label, asked)
        if not await self._refuses(grant, asked, breaches, passing):
            await passing.on()

    async def _statements(self, grant: Grant, asked: Asked, passing: Passing) -> None:
        sittings = self._launches.sittings
        statements = await run_in_threadpool(_statements, asked)
        breaches = await run_in_threadpool(sittings.breaches, grant.label, statements) if statements else ()
        if not await self._refuses(grant, asked, breaches, passing) and await passing.on() < 300:
            await run_in_threadpool(sittings.stored, grant.label, statements)

    async def _refuses(
        self, grant: Grant, asked: Asked, breaches: Sequence[Breach], passing: Passing
    ) -> bool:
        refused = [breach for breach in breaches if breach.refused]
        _NOTED.set(tuple(breaches))
        if refused:
            why = "\n".join(_line(breach) for breach in refused)
            body = json.dumps({"error": why}, ensure_ascii=False).encode()
            reply = Reply(403, body, {"Content-Type": "application/json"})
            problems = tuple(_problem(breach) for breach in breaches)
            spent = (time.time() - passing.at) * 1000
            exchange = Exchange(passing.at, spent, grant, asked, reply, why, problems)
            await run_in_threadpool(self._on_exchange, exchange)
            await _sent(reply, passing.scope, passing.receive, passing.send)
        return bool(refused)


@dataclass(frozen=True, slots=True)
class Passing:
    """A request that may go on to the app behind the gate; it came `at` so many seconds since 1970."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send
    at: float

    async def on(self) -> int:
        """Let the app answer; the status of its answer."""
        status = [500]

        async def watching(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = int(message["status"])
            await self.send(message)

        await self.app(self.scope, self.receive, watching)
        return status[0]


def _asked(scope: Scope, body: bytes) -> Asked | None:
    """The request as the LRS understands it; None where it will not."""
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", ""))).strip("/")
    try:
        query = read_query(bytes(scope["query_string"]).decode("ascii"))
        return unwrapped(Asked(str(scope["method"]), path, query, dict(Headers(scope=scope)), body))
    except (RefusalError, UnicodeDecodeError):
        return None


def _statements(asked: Asked) -> Sequence[Mapping[str, Any]]:
    """The statements that are sent; none where they are no valid ones, which is the LRS's to tell."""
    try:
        delivery = unpacked(asked)
        judge(delivery)
    except RefusalError:
        return ()
    name = asked.query.get("statementId")
    named = {"id": name} if asked.method == "PUT" and name else {}
    return [{**named, **each} for each in delivery.statements]


def _line(breach: Breach) -> str:
    return f"{breach.nb} / {breach.en} ({breach.clause}, {breach.rule})"


def _problem(breach: Breach) -> Problem:
    return Problem(breach.where, f"{breach.nb} / {breach.en}", f"cmi5 {breach.rule}")


async def _sent(reply: Reply, scope: Scope, receive: Receive, send: Send) -> None:
    # A page of another origin has to be able to read why.
    headers = {"Access-Control-Allow-Origin": "*", "X-Experience-API-Version": "1.0.3", **reply.headers}
    await Response(reply.body, reply.status, headers)(scope, receive, send)


async def _body(request: Request) -> bytes | None:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, for the app behind."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again
