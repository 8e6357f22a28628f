"""The content as it looks to others: rewrites pages and style sheets on their way, where a look is on (looks.py)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from threading import Lock

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kurspakke.preview.looks import dressed_css, dressed_html, policy

LARGEST = 8 << 20
"""A larger page or style sheet, in bytes, is sent as it is."""
_Dress = Callable[[str, Collection[str]], str]
_DRESSES: dict[str, _Dress] = {
    "text/css": dressed_css,
    "text/html": dressed_html,
    "application/xhtml+xml": dressed_html,
}
# Of a rewritten file there is no part, and no older version.
_UNASKED = frozenset({b"range", b"if-range", b"if-none-match", b"if-modified-since"})
_UNSAID = ("etag", "accept-ranges", "last-modified")


class Looks:
    """Which looks are on for each package now, by the package's id; from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._on: dict[str, frozenset[str]] = {}

    def of(self, package: str) -> frozenset[str]:
        """How the package is shown."""
        with self._lock:
            return self._on.get(package, frozenset())

    def switch(self, package: str, on: Iterable[str]) -> None:
        """Show it in just these looks from now on."""
        with self._lock:
            self._on[package] = frozenset(on)


def looked(app: ASGIApp, looks: Looks) -> ASGIApp:
    """`app`, which serves `/<package-id>/<path>`, with pages and style sheets rewritten for the package's looks."""

    async def looking(scope: Scope, receive: Receive, send: Send) -> None:
        below = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        on = looks.of(below.removeprefix("/").partition("/")[0])
        if scope["type"] != "http" or not on:
            await app(scope, receive, send)
            return
        asked = [(name, value) for name, value in scope["headers"] if name not in _UNASKED]
        await app({**scope, "headers": asked}, receive, _Dressing(send, on))

    return looking


class _Dressing:
    """`send`, holding a page or a style sheet back until it is whole, and rewritten."""

    def __init__(self, send: Send, looks: frozenset[str]) -> None:
        self._send = send
        self._looks = looks
        self._held: tuple[Message, _Dress] | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._held is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._end(*self._held)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        dress = _DRESSES.get(kind)
        if dress is None or int(headers.get("content-length", "0")) > LARGEST:
            await self._send(message)
            return
        for name in _UNSAID:
            if name in headers:
                del headers[name]
        headers["Cache-Control"] = "no-store"
        more = policy(self._looks)
        if more and dress is dressed_html:
            own = headers.get("content-security-policy", "")
            headers["Content-Security-Policy"] = f"{own}; {more}" if own else more
        self._held = (message, dress)

    async def _end(self, start: Message, dress: _Dress) -> None:
        headers = MutableHeaders(scope=start)
        charset = _charset(headers.get("content-type", ""))
        try:
            body = dress(self._body.decode(charset), self._looks).encode(charset)
        except (LookupError, UnicodeError):
            body = bytes(self._body)
        # The answer to HEAD says how long the file is that it does not send.
        if self._body:
            headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _charset(content_type: str) -> str:
    _, _, charset = content_type.lower().partition("charset=")
    return charset.partition(";")[0].strip(" \"'") or "utf-8"
