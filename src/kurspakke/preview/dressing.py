"""The content's pages and style sheets on their way, rewritten for the looks that are on for the package."""

from __future__ import annotations

from collections.abc import Collection

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kurspakke.preview.looks import dressed_html, dressed_sheet, policy
from kurspakke.preview.switches import Switches

MOST_BYTES = 1 << 24
"""A larger page or style sheet stays as it is."""
_REWRITTEN = {"text/css": dressed_sheet, "text/html": dressed_html, "application/xhtml+xml": dressed_html}
_ABOUT_BYTES = (b"range", b"if-range", b"if-none-match")


def dressed(app: ASGIApp, looks: Switches) -> ASGIApp:
    """`app`, which serves `/<package-id>/<path>`, as it looks to others."""

    async def dressing(scope: Scope, receive: Receive, send: Send) -> None:
        below = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        on = looks.of(below.removeprefix("/").partition("/")[0])
        if not on:
            await app(scope, receive, send)
            return
        whole = [pair for pair in scope["headers"] if pair[0] not in _ABOUT_BYTES]
        await app({**scope, "headers": whole}, receive, _Dresser(on, send).take)

    return dressing


class _Dresser:
    """Holds back what is to be rewritten until all of it is there."""

    def __init__(self, looks: Collection[str], send: Send) -> None:
        self._looks = looks
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        """One part of the answer."""
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            kind = headers.get("content-type", "").partition(";")[0].strip()
            size = int(headers.get("content-length", "0"))
            if kind in _REWRITTEN and size <= MOST_BYTES:
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._rewritten(self._start)
            return
        await self._send(message)

    async def _rewritten(self, start: Message) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        rewrite = _REWRITTEN[headers["content-type"].partition(";")[0].strip()]
        # Bytes that are no text in this encoding pass through it as they are.
        text = bytes(self._body).decode("utf-8", "surrogateescape")
        body = (await run_in_threadpool(rewrite, text, self._looks)).encode("utf-8", "surrogateescape")
        del headers["etag"]
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        if more := policy(self._looks):
            headers.append("content-security-policy", more)
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
