"""The LRS with trouble: what is switched on for a package happens to its requests instead of an answer."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke.preview.origins import package_of
from kurspakke.preview.switches import Switches

SLOW_SECONDS = 3.0
"""So long a slow network takes for each request."""
_STATUS = {"lrs-401": 401, "session-expired": 401, "lrs-409": 409, "lrs-500": 500}
_GONE = frozenset({"offline", "lrs-down"})


def troubled(app: ASGIApp, troubles: Switches) -> ASGIApp:
    """`app`, which nothing reaches of what is lost on its way.

    An answer without leave for other origins (CORS) is to a page's script as if no answer had come: that is how the
    network and the LRS are gone.
    """

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin", "") if scope["type"] == "http" else ""
        on = troubles.of(package_of(origin.partition("://")[2]) or "")
        if "slow" in on:
            await asyncio.sleep(SLOW_SECONDS)
        if on & _GONE:
            await PlainTextResponse("", 503)(scope, receive, send)
            return
        status = next((_STATUS[word] for word in _STATUS if word in on), 0)
        if status and scope["method"] != "OPTIONS":
            allowed = {"Access-Control-Allow-Origin": origin, "X-Experience-API-Version": "1.0.3"}
            why = "this trouble was asked for in the preview"
            await PlainTextResponse(why, status, allowed)(scope, receive, send)
            return
        await app(scope, receive, send)

    return answered
