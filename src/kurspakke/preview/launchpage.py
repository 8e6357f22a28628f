"""What answers in a package's own origin beside its files: the LMS page, and what that page sends and asks for."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke import resources
from kurspakke.findings import KurspakkeError
from kurspakke.preview import missing
from kurspakke.preview.commits import NotACommitError, commit_of
from kurspakke.preview.desk import Desk, desk_of, language_of
from kurspakke.preview.framepage import frame_page
from kurspakke.preview.launchisland import launch
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import frame_rule

MOST_BYTES = 1 << 24
"""A larger commit is not taken."""
_ASSETS = {"lmspage.js": "text/javascript", "axe.js": "text/javascript"}
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; "
)
_FRESH = {"Cache-Control": "no-store"}


def launch_app(desk: Desk) -> ASGIApp:
    """Serves `/<package-id>/`, and below it what the page itself asks for."""
    router = Router(
        [
            Route("/{package}/", _page),
            Route("/{package}/launch", _again, methods=["POST"]),
            Route("/{package}/attempt", _attempt, methods=["POST"]),
            Route("/{package}/fetch", _fetch, methods=["POST"]),
            Route("/{package}/left", _left),
            Route("/{package}/{asset}", _asset),
        ]
    )

    async def launching(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await router({**scope, "app": _Holder(desk)}, receive, send)

    return launching


class _Holder:
    """What `desk_of` looks at, where there is no app of Starlette's."""

    def __init__(self, desk: Desk) -> None:
        self.state = self
        self.desk = desk


def _offer(request: Request) -> Offer | None:
    return desk_of(request).shelf.offer(request.path_params["package"])


async def _page(request: Request) -> Response:
    """The LMS page, with a launch in it."""
    offer = await run_in_threadpool(_offer, request)
    if offer is None:
        return HTMLResponse(missing.missing_package(), 404)
    try:
        island = await run_in_threadpool(
            launch, desk_of(request), offer, request.query_params, language_of(request)
        )
    except KurspakkeError as error:
        return HTMLResponse(missing.page(offer.title, error.message, error.message), 409)
    policy = _POLICY + frame_rule(request.headers.get("host", ""))
    return HTMLResponse(frame_page(island), headers={"Content-Security-Policy": policy, **_FRESH})


async def _again(request: Request) -> Response:
    """Another launch for the page that is open already, as the content was changed or left."""
    offer = await run_in_threadpool(_offer, request)
    if offer is None:
        return JSONResponse({"why": "there is no such package"}, 404)
    try:
        island = await run_in_threadpool(
            launch, desk_of(request), offer, request.query_params, language_of(request)
        )
    except KurspakkeError as error:
        return JSONResponse({"why": error.message}, 409)
    return JSONResponse(island, headers=_FRESH)


async def _attempt(request: Request) -> Response:
    """A commit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return JSONResponse({"ok": False, "why": "too large"}, 413)
    desk, offer = desk_of(request), await run_in_threadpool(_offer, request)
    if offer is None:
        return JSONResponse({"ok": False, "why": "there is no such package"}, 404)
    try:
        kept = commit_of(bytes(body), offer.key, {learner.id for learner in desk.attempts.learners()})
    except NotACommitError as error:
        return JSONResponse({"ok": False, "why": str(error)}, 400)
    await run_in_threadpool(desk.attempts.keep, *kept)
    return JSONResponse({"ok": True})


async def _fetch(request: Request) -> Response:
    """The token of a cmi5 launch, once (cmi5 8.2); always 200, as the standard has it."""
    offer = await run_in_threadpool(_offer, request)
    key = request.query_params.get("launch", "")
    answer = await run_in_threadpool(desk_of(request).launches.fetch, offer.key if offer else "", key)
    return JSONResponse(answer, headers=_FRESH)


async def _left(request: Request) -> Response:
    """Where cmi5 content goes when the learner leaves it (cmi5 10.2.6, returnURL)."""
    del request
    return HTMLResponse(
        missing.page(
            "Du har gått ut av kurset",
            "Innholdet er lukket. Åpne det igjen fra panelet.",
            "The content is closed. Launch it again from the panel.",
        )
    )


async def _asset(request: Request) -> Response:
    name = request.path_params["asset"]
    if name not in _ASSETS:
        return HTMLResponse(missing.missing_package(), 404)
    return Response(resources.asset(name), media_type=_ASSETS[name], headers={"Cache-Control": "no-cache"})
