"""Who may ask for what: against pages of strangers that reach for a server on this machine.

Any page in the browser can send requests to 127.0.0.1. A name of its own that it lets point there (DNS rebinding) is
known by the `Host` header, a form or script of its own by `Origin` and `Sec-Fetch-Site`, which no page can forge.
Programs outside of browsers send none of these and are let through: they could read the files themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from kurspakke.preview import missing
from kurspakke.preview.origins import HEADERS, INSPECTOR_HEADERS, frame_rule, package_of

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def guarded(app: ASGIApp, hosts: frozenset[str], *, packages: bool = False) -> ASGIApp:
    """`app`, asked at `hosts` (`127.0.0.1:8000`) only, and by pages of its own origin only.

    `packages` lets the packages' origins in too: for the LRS, which has credentials of its own. The answers get
    `INSPECTOR_HEADERS`, each where the app does not set it.
    """

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in hosts:
            await _refuse(421, _elsewhere(host), scope, receive, send)
        elif not _welcome(scope, headers, host, packages=packages):
            await _refuse(403, _stranger(), scope, receive, send)
        else:
            await app(scope, receive, _adding(send, INSPECTOR_HEADERS))

    return guard


def separated(inspector: ASGIApp, rooms: Mapping[str, ASGIApp]) -> ASGIApp:
    """Everything on the one port: packages' hosts reach `rooms`, all others the (guarded) `inspector`.

    `rooms` are the apps that serve packages, by the path at which they are mounted (`/content`, `/lms`); what they serve
    begins with the package's id, and at a package's host only that package's own is reached.
    """

    async def separate(scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] != "lifespan" else Headers()
        host = headers.get("host", "").lower()
        package = package_of(host)
        if package is None:
            await inspector(scope, receive, send)
            return
        root, _, below = str(scope["path"]).removeprefix("/").partition("/")
        room = rooms.get(f"/{root}")
        if not _welcome(scope, headers, host, packages=False):
            await _refuse(403, _stranger(), scope, receive, send)
        elif room is None or below.partition("/")[0] != package:
            await _refuse(404, missing.missing_package(), scope, receive, send)
        else:
            inner = {**scope, "root_path": f"{scope.get('root_path', '')}/{root}"}
            await room(
                inner, receive, _adding(send, {**HEADERS, "Content-Security-Policy": frame_rule(host)})
            )

    return separate


def _welcome(scope: Scope, headers: Headers, host: str, *, packages: bool) -> bool:
    """Whether the request comes from a page of this origin, from no page, or is a mere walk to a page."""
    origin = headers.get("origin")
    if origin is not None and (origin == f"http://{host}" or (packages and _is_of_package(origin, host))):
        return True
    if scope["type"] == "websocket":
        return origin is None
    if origin is not None and scope["method"] not in _READING:
        return False
    if headers.get("sec-fetch-site", "none") in {"same-origin", "none"}:
        return origin is None
    return scope["method"] in {"GET", "HEAD"} and headers.get("sec-fetch-mode") == "navigate"


def _is_of_package(origin: str, host: str) -> bool:
    """Whether a page of a package at this very port asks."""
    scheme, _, asking = origin.partition("://")
    same_port = asking.rpartition(":")[2] == host.rpartition(":")[2]
    return scheme == "http" and same_port and package_of(asking) is not None


def _adding(send: Send, more: Mapping[str, str]) -> Send:
    """`send`, with these headers in the answer where it does not have them."""

    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in more.items():
                headers.setdefault(name, value)
        await send(message)

    return adding


async def _refuse(status: int, page: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(1008)(scope, receive, send)
        return
    headers = {
        **INSPECTOR_HEADERS,
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    }
    await HTMLResponse(page, status, headers)(scope, receive, send)


def _elsewhere(host: str) -> str:
    asked = missing.shown(host)
    return missing.page(
        "Feil adresse",
        f"Forhåndsvisningen svarer bare på adressen som kommandoen skrev ut, ikke på <code>{asked}</code>.",
        f"The preview answers at the address that the command printed only, not at <code>{asked}</code>.",
    )


def _stranger() -> str:
    return missing.page(
        "Forespørselen er avvist",
        "En annen nettside prøvde å bruke forhåndsvisningen. Åpne den fra adressen som kommandoen skrev ut.",
        "Another web page tried to use the preview. Open it at the address that the command printed.",
    )
