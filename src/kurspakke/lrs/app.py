"""The LRS as an ASGI app: who may ask, for what, and in which version (xAPI 1.0.3, part three, 1, 3 and 4)."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke.lrs import documentresource as document
from kurspakke.lrs import knowledge, statementresource
from kurspakke.lrs.asking import Asked, read_query, unwrapped
from kurspakke.lrs.exchange import Exchange
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.reply import Reply, refused
from kurspakke.lrs.store import LrsStore
from kurspakke.xapi.instants import written

MOST_BYTES = 64 * 1024 * 1024
"""The largest body that is taken."""

Allows = Callable[[str], Grant | None]
_Answer = Callable[[LrsStore, Grant, Asked], Reply]
_VERSION = re.compile(r"(?:1\.0|2\.0)(?:\.[0-9]+)?")

_DOCUMENTS = {
    "activities/state": document.STATE,
    "activities/profile": document.ACTIVITY_PROFILE,
    "agents/profile": document.AGENT_PROFILE,
}
_RESOURCES: Mapping[str, Mapping[str, _Answer]] = {
    "statements": {
        "GET": statementresource.get,
        "PUT": statementresource.put,
        "POST": statementresource.post,
    },
    "activities": {"GET": knowledge.activities},
    "agents": {"GET": knowledge.agents},
    **{
        resource: {
            "GET": partial(document.get, kind),
            "PUT": partial(document.put, kind),
            "POST": partial(document.post, kind),
            "DELETE": partial(document.delete, kind),
        }
        for resource, kind in _DOCUMENTS.items()
    },
}
_ALWAYS = {
    "X-Experience-API-Version": knowledge.VERSIONS[0],
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Content-Length, X-Experience-API-Version,"
    " X-Experience-API-Consistent-Through",
    # Whoever stores a page here and makes a browser show it must not get at anything of this origin.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Content-Length, Accept-Language, If-Match,"
    " If-None-Match, X-Experience-API-Version, X-Experience-API-Hash, Cache-Control, Pragma",
    "Access-Control-Max-Age": "600",
}


@dataclass(frozen=True, slots=True)
class Came:
    """A request whose body is still to come: when it came, by the calendar and by the stop-watch, in seconds."""

    scope: Scope
    at: float
    start: float


def lrs_app(
    store: LrsStore,
    allows: Allows,
    on_exchange: Callable[[Exchange], None] | None = None,
    *,
    most_bytes: int = MOST_BYTES,
) -> ASGIApp:
    """The LRS over `store`, to be mounted at its endpoint.

    `allows` tells what a value of the `Authorization` header allows, None for nothing; it and `on_exchange`, which hears
    of each request when it has been answered, are called from any thread.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            await Response(status_code=204, headers={**_ALWAYS, **_PREFLIGHT})(scope, receive, send)
            return
        came = Came(scope, time.time(), time.perf_counter())
        try:
            body = await _body(request, most_bytes)
        except ClientDisconnect:
            return
        exchange = await run_in_threadpool(_exchange, store, allows, came, body)
        if on_exchange is not None:
            await run_in_threadpool(on_exchange, exchange)
        reply = exchange.reply
        headers = {**_ALWAYS, **reply.headers, "Content-Length": str(len(reply.body))}
        shown = b"" if request.method == "HEAD" else reply.body
        await Response(shown, reply.status, headers)(scope, receive, send)

    return app


async def _body(request: Request, most_bytes: int) -> bytes | None:
    """The body; None if it is too large, and then it is not read to its end."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > most_bytes:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _exchange(store: LrsStore, allows: Allows, came: Came, body: bytes | None) -> Exchange:
    """Answer the request, whatever it is."""
    scope = came.scope
    root = str(scope.get("root_path", ""))
    path = str(scope["path"]).removeprefix(root).strip("/")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    asked, grant, error = Asked(scope["method"], path, {}, headers, body or b"", root), None, None
    try:
        asked = _read(asked, bytes(scope.get("query_string", b"")), too_large=body is None)
        grant = allows(asked.headers.get("authorization", ""))
        reply = _answer(store, grant, asked)
    except RefusalError as refusal:
        error, reply = refusal, refused(refusal)
    except sqlite3.Error as failure:
        error = RefusalError(500, f"the store's file can't be used: {failure}")
        reply = refused(error)
    if path == "statements":
        through = {"X-Experience-API-Consistent-Through": written(int(time.time() * 1000))}
        reply = Reply(reply.status, reply.body, {**reply.headers, **through})
    problems = error.problems if error else ()
    spent = (time.perf_counter() - came.start) * 1000
    return Exchange(came.at, spent, grant, asked, reply, str(error or ""), problems)


def _read(asked: Asked, query: bytes, *, too_large: bool) -> Asked:
    if too_large:
        raise RefusalError(413, "the body is larger than this store takes")
    try:
        parameters = read_query(query.decode("ascii"))
    except UnicodeDecodeError:
        raise RefusalError(400, "the query is not URL-encoded") from None
    return unwrapped(Asked(asked.method, asked.resource, parameters, asked.headers, asked.body, asked.root))


def _answer(store: LrsStore, grant: Grant | None, asked: Asked) -> Reply:
    method = "GET" if asked.method == "HEAD" else asked.method
    if asked.resource == "about" and method == "GET":
        return knowledge.about(asked.query)
    if grant is None:
        raise RefusalError(401, "the Authorization is missing, or is none of a launch that goes on")
    version = asked.headers.get("x-experience-api-version", "")
    if not _VERSION.fullmatch(version):
        said = f"is {version[:40]!r}" if version else "is missing"
        raise RefusalError(400, f"the header X-Experience-API-Version {said}; this store speaks 1.0.3")
    answers = _RESOURCES.get(asked.resource)
    if answers is None and asked.resource != "about":
        raise RefusalError(404, f"there is no resource {asked.resource[:100]!r}")
    if answers is None or method not in answers:
        raise RefusalError(405, f"{asked.resource} does not answer to {asked.method}")
    return answers[method](store, grant, asked)
