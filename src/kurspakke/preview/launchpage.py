"""The LMS page of a package, in the package's own origin: it frames the content and holds what the content looks for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke import resources
from kurspakke.package import Kind
from kurspakke.preview import missing
from kurspakke.preview.attempts import Commit, Learner, Session, Whose
from kurspakke.preview.carryover import kept, told
from kurspakke.preview.desk import Desk, desk_of, language_of
from kurspakke.preview.framepage import frame_page, line, sco_of
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import frame_rule
from kurspakke.preview.temperaments import temperament
from kurspakke.preview.toc import Entry, launchable, toc
from kurspakke.preview.troubles import TROUBLES, named

MODES = ("normal", "browse", "review")
MOST_BYTES = 1 << 24
"""A larger commit is not taken."""
_ASSETS = {"lmspage.js": "text/javascript", "axe.js": "text/javascript"}
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; "
)


def launch_app(desk: Desk) -> ASGIApp:
    """Serves `/<package-id>/`, and below it what the page itself asks for."""
    router = Router(
        [
            Route("/{package}/", _page),
            Route("/{package}/attempt", _attempt, methods=["POST"]),
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


async def _page(request: Request) -> Response:
    return await run_in_threadpool(_launched, request)


def _launched(request: Request) -> Response:
    desk = desk_of(request)
    offer = desk.shelf.offer(request.path_params["package"])
    if offer is None:
        return HTMLResponse(missing.missing_package(), 404)
    island = launch(desk, offer, request.query_params, language_of(request))
    policy = _POLICY + frame_rule(request.headers.get("host", ""))
    return HTMLResponse(
        frame_page(island), headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    )


def launch(desk: Desk, offer: Offer, asked: Mapping[str, str], language: str) -> dict[str, object]:
    """What the LMS page is told.

    `asked` are the words of the address: learner, mode, profile, sco, trouble.
    """
    learners = {learner.id: learner for learner in desk.attempts.learners()}
    learner = learners.get(asked.get("learner", "")) or next(iter(learners.values()))
    mode = asked.get("mode", MODES[0])
    mode = mode if mode in MODES else MODES[0]
    package = desk.shelf.package(offer.id)
    entries = toc(package, offer.language or language) if package else ()
    sco = launchable(entries, asked.get("sco"))
    sessions = desk.attempts.sessions(offer.key, learner.id)
    return {
        "package": offer.id,
        "kind": offer.kind.value,
        "title": offer.title,
        "inspector": desk.inspector,
        "language": language,
        "learner": {"id": learner.id, "name": learner.name},
        "mode": mode,
        "attempt": 1 + len([each for each in sessions if sco and each.whose.sco == sco.id]),
        "trouble": _troubles(desk, offer, asked.get("trouble")),
        "profile": temperament(asked.get("profile") or desk.profile),
        "toc": [line(entry, sessions) for entry in entries],
        "sco": sco_of(sco, f"/content/{offer.id}/") if sco else None,
        "kept": _kept(offer, sco, sessions, learner, mode) if sco else {},
    }


def _troubles(desk: Desk, offer: Offer, asked: str | None) -> list[str]:
    if asked is not None:
        desk.troubles.switch(offer.id, [word for word in named(asked) if word in TROUBLES])
    return sorted(desk.troubles.of(offer.id))


def _kept(
    offer: Offer, entry: Entry, sessions: Sequence[Session], learner: Learner, mode: str
) -> dict[str, str]:
    is_2004 = offer.kind is Kind.SCORM2004
    own = [session for session in sessions if session.whose.sco == entry.id]
    return {**kept(own, is_2004=is_2004), **told(learner, mode, is_2004=is_2004)}


async def _attempt(request: Request) -> Response:
    desk = desk_of(request)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return JSONResponse({"ok": False, "why": "too large"}, 413)
    offer = desk.shelf.offer(request.path_params["package"])
    if offer is None:
        return JSONResponse({"ok": False, "why": "there is no such package"}, 404)
    try:
        said = json.loads(bytes(body))
        whose = Whose(offer.key, str(said["learner"]), str(said["sco"]))
        mode = said.get("mode", MODES[0])
        commit = Commit(
            int(said["serial"]),
            {str(name): str(value) for name, value in said["values"].items()},
            list(said.get("calls", ())),
            int(said.get("from", 0)),
            bool(said.get("finished")),
        )
        session = str(said["session"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return JSONResponse({"ok": False, "why": "not what an LMS page sends"}, 400)
    if mode not in MODES or whose.learner not in {learner.id for learner in desk.attempts.learners()}:
        return JSONResponse({"ok": False, "why": "there is no such learner or mode"}, 400)
    await run_in_threadpool(desk.attempts.keep, session, whose, mode, commit)
    return JSONResponse({"ok": True})


async def _asset(request: Request) -> Response:
    kind = _ASSETS.get(request.path_params["asset"])
    if kind is None:
        return HTMLResponse(missing.missing_package(), 404)
    headers = {"Cache-Control": "no-cache"}
    return Response(resources.asset(request.path_params["asset"]), media_type=kind, headers=headers)
