"""The gate before the LRS: cmi5's rules for AUs, asked at each request, and what follows from what was stored.

An LMS refuses what cmi5 forbids (cmi5 6.3): such a request never reaches the LRS. Tin Can launches pass untouched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kurspakke.preview.cmi5rules import Breach
from kurspakke.preview.grant import Grant
from kurspakke.preview.heard import Heard, heard
from kurspakke.preview.launches import Launches
from kurspakke.xapi.validate import problems

Statement = Mapping[str, Any]
MOST_BYTES = 1 << 26
"""So much of a request is looked at; a larger one of a cmi5 session is refused (413)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A request of a cmi5 session that breaks rules; `status` is 403 where it was refused, else 0: it went on."""

    grant: Grant
    request: Heard
    status: int
    breaches: Sequence[Breach]


class Gate:
    """The LRS `app` for what cmi5 allows, as an ASGI app; `told` hears of each request that breaks a rule."""

    def __init__(self, app: ASGIApp, launches: Launches, told: Callable[[Judged], None]) -> None:
        self._app = app
        self._launches = launches
        self._told = told
        self._one_by_one = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        try:
            body = await _body(receive)
        except ClientDisconnect:
            return
        if body is None:
            answer = _answer(413, {"error": [f"larger than {MOST_BYTES:,} bytes"]}, Headers(scope=scope))
            await answer(scope, receive, send)
            return
        request = _heard(scope, body)
        grant = await run_in_threadpool(self._launches.allows, request.authorization)
        passing = Passing(self._app, scope, _again(body, receive), send)
        if grant is None:
            await passing.on()
        elif request.brings_statements:
            # What is judged must still be true when it is stored.
            async with self._one_by_one:
                await self._statements(grant, request, passing)
        else:
            await self._document(grant, request, passing)

    async def _document(self, grant: Grant, request: Heard, passing: Passing) -> None:
        judge = self._launches.sittings.breaches_of_request
        breaches = await run_in_threadpool(
            judge, grant.label, request.method, request.resource, request.query, request.body
        )
        if not await self._refuses(grant, request, breaches, passing):
            await passing.on()

    async def _statements(self, grant: Grant, request: Heard, passing: Passing) -> None:
        statements = request.statements()
        sittings = self._launches.sittings
        # What is no statement at all is the LRS's to tell.
        is_xapi = bool(statements) and not any(problems(each) for each in statements)
        breaches = await run_in_threadpool(sittings.breaches, grant.label, statements) if is_xapi else ()
        if not await self._refuses(grant, request, breaches, passing) and await passing.on() < 300:
            await run_in_threadpool(sittings.stored, grant.label, statements)

    async def _refuses(
        self, grant: Grant, request: Heard, breaches: Sequence[Breach], passing: Passing
    ) -> bool:
        if not breaches:
            return False
        refused = [breach for breach in breaches if breach.refused]
        self._told(Judged(grant, request, 403 if refused else 0, breaches))
        if refused:
            content = {"error": [_line(breach) for breach in refused]}
            answer = _answer(403, content, Headers(scope=passing.scope))
            await answer(passing.scope, passing.receive, passing.send)
        return bool(refused)


@dataclass(frozen=True, slots=True)
class Passing:
    """A request that may go on to the app behind the gate."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send

    async def on(self) -> int:
        """Let the app answer; the status of its answer."""
        status = [500]

        async def watching(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = int(message["status"])
            await self.send(message)

        await self.app(self.scope, self.receive, watching)
        return status[0]


def _heard(scope: Scope, body: bytes) -> Heard:
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    query = bytes(scope["query_string"]).decode("latin-1")
    return heard(str(scope["method"]), path, query, Headers(scope=scope), body)


def _line(breach: Breach) -> str:
    return f"{breach.nb} / {breach.en} ({breach.clause}, {breach.rule})"


def _answer(status: int, content: Mapping[str, object], asked: Headers) -> Response:
    allowed = {"Access-Control-Allow-Origin": asked.get("origin", "*"), "X-Experience-API-Version": "1.0.3"}
    return JSONResponse(content, status, allowed)


async def _body(receive: Receive) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, for the app behind."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again
