"""Everything at the preview's one port, each thing behind its own door (see origins.py)."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke import resources
from kurspakke.filetree import FileTree
from kurspakke.preview import api
from kurspakke.preview.content import content_app
from kurspakke.preview.desk import Desk
from kurspakke.preview.dressing import dressed
from kurspakke.preview.events import events
from kurspakke.preview.guard import guarded, separated
from kurspakke.preview.inspection import inspector
from kurspakke.preview.launchpage import launch_app
from kurspakke.preview.lrsroom import lrs_room
from kurspakke.preview.origins import inspector_hosts
from kurspakke.preview.overview import overview
from kurspakke.preview.watched import watched

XAPI = "/xapi"
"""Where the LRS is."""
ASSETS = {
    "overview.js": "text/javascript",
    "overview.css": "text/css",
    "inspector.js": "text/javascript",
    "inspector.css": "text/css",
}
"""What of the program's own files the preview's pages load."""


def site(desk: Desk) -> ASGIApp:
    """The whole preview as one app."""

    def trees(package: str) -> FileTree | None:
        found = desk.shelf.package(package)
        return found.tree if found else None

    rooms = {
        "/content": watched(dressed(content_app(trees), desk.looks), desk.events),
        "/lms": launch_app(desk),
    }
    hosts = inspector_hosts(desk.port)
    lrs = guarded(lrs_room(desk), hosts, packages=True)
    return separated(_below(XAPI, lrs, guarded(_pages(desk), hosts)), rooms)


def _below(root: str, app: ASGIApp, otherwise: ASGIApp) -> ASGIApp:
    """`app` for what lies below the path `root`, and the other for all else."""

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and str(scope["path"]).startswith(f"{root}/"):
            inner = {**scope, "root_path": f"{scope.get('root_path', '')}{root}"}
            await app(inner, receive, send)
        else:
            await otherwise(scope, receive, send)

    return chosen


def _pages(desk: Desk) -> ASGIApp:
    app = Starlette(
        routes=[
            Route("/", overview),
            Route("/p/{package}", inspector),
            Route("/events", events),
            Route("/static/{asset}", _asset),
            *api.routes(),
        ]
    )
    app.state.desk = desk
    return app


async def _asset(request: Request) -> Response:
    name = request.path_params["asset"]
    if name not in ASSETS:
        return Response(status_code=404)
    return Response(resources.asset(name), media_type=ASSETS[name], headers={"Cache-Control": "no-cache"})
