"""The inspector's page without the rest of the preview: a server that answers its questions, and an LMS page to play."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from kurspakke import resources
from kurspakke.preview.origins import SANDBOX, origin_of
from kurspakke.preview.page import answer, page

PACKAGE, OTHER = "a" * 32, "b" * 32
LMS_PAGE = """<!doctype html><html lang="nb"><meta charset="utf-8"><title>LMS</title>
<script src="/lms/script.js"></script><h1>Kurset</h1><p>{query}</p>"""
LMS_SCRIPT = """
window.heard = [];
window.tell = (kind, more) => parent.postMessage({ kurspakke: 1, kind, ...more }, "http://127.0.0.1:" + location.port);
addEventListener("message", ({ origin, source, data }) => source === parent && heard.push({ origin, ...data }));
const kept = { "cmi.core.lesson_status": "incomplete" };
const learner = { id: "kari", name: "Ødegård, Kari" };
tell("hello", { launch: { attempt: 2, mode: "normal", sco: { id: "sco-1" }, learner, kept } });
"""
FINDINGS = [
    {
        "rule": "SRC-112",
        "name": "unknown-key",
        "severity": "error",
        "message": "«tittel» er ukjent her",
        "hint": "mente du «title»?",
        "location": {"path": "course_source/modules/innhold/pages/mål.yaml", "line": 3, "column": 5},
        "spec": "",
        "profiles": [],
    },
    {
        "rule": "S12-042",
        "name": "long-identifier",
        "severity": "warning",
        "message": "<b>fet</b> & farlig",
        "hint": "",
        "location": {"path": "imsmanifest.xml", "line": 12, "column": None},
        "spec": "SCORM 1.2 CAM 2.3",
        "profiles": ["moodle"],
    },
]


@dataclass
class Desk:
    """What the server has been asked for, and what it tells."""

    port: int
    kind: str = "scorm12"
    language: str = "nb"
    present: bool = False
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    events: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    loop: asyncio.AbstractEventLoop | None = None

    def tell(self, **event: object) -> None:
        """An event for the page that listens."""
        assert self.loop
        self.loop.call_soon_threadsafe(self.events.put_nowait, json.dumps(event))

    def island(self) -> dict[str, Any]:
        sibling = {"module": "innhold", "audience": "", "edition": "", "kind": "scorm12"}
        return {
            "package": PACKAGE,
            "title": "Innhold på «nynorsk» </script>",
            "kind": self.kind,
            "file_name": "innhold.zip",
            "language": self.language,
            "present": self.present,
            "lms": f"{origin_of(PACKAGE, self.port)}/lms/{PACKAGE}/?lang={self.language}",
            "sandbox": SANDBOX,
            "siblings": [
                {"id": PACKAGE, "label": "Innhald", "language": "nn", **sibling},
                {"id": OTHER, "label": "Innhold", "language": "nb", **sibling},
            ],
            "learners": [{"id": "kari", "name": "Ødegård, Kari"}, {"id": "ase", "name": "Ås-Mæland, Åse"}],
            "profiles": [{"id": "moodle", "title": "Moodle"}],
            "profile": "",
            "troubles": [
                {"id": "commit-refused", "side": "lms", "nb": "LMS-et avviser lagring", "en": "Refused"},
                {"id": "offline", "side": "both", "nb": "Ikke noe nett", "en": "No network"},
                {"id": "lrs-500", "side": "lrs", "nb": "LRS-et svarer 500", "en": "The LRS answers 500"},
            ],
            "trouble": [],
            "folder": "/home/kari/kurs",
        }


def inspector_site(desk: Desk) -> Starlette:
    """The page, its files, its API, and the package's origin, all at one port as in the preview."""

    def shell(_: Request) -> Response:
        island = json.dumps(desk.island()).replace("<", "\\u003c")
        text = page("inspector.html.j2", desk.language, title="Innhold", island=Markup(island))  # noqa: S704 - JSON without a tag in it
        return answer(text, desk.port)

    def asset(request: Request) -> Response:
        name = request.path_params["name"]
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return Response(resources.asset(name), media_type=kind)

    async def api(request: Request) -> Response:
        body = await request.body()
        path = request.path_params["path"]
        query = str(request.url.query)
        desk.asked.append((request.method, f"{path}?{query}" if query else path, json.loads(body or b"null")))
        return JSONResponse(ANSWERS[path.split("/")[0]])

    async def told() -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        while True:
            yield f"data: {await desk.events.get()}\n\n"

    async def events(_: Request) -> Response:
        desk.loop = asyncio.get_running_loop()
        return StreamingResponse(told(), media_type="text/event-stream")

    def lms(request: Request) -> Response:
        return HTMLResponse(LMS_PAGE.format(query=request.url.query.replace("&", " ")))

    return Starlette(
        routes=[
            Route("/p/{package}", shell),
            Route("/static/{name}", asset),
            Route("/api/{path:path}", api, methods=["GET", "POST", "DELETE"]),
            Route("/events", events),
            Route("/lms/script.js", lambda _: Response(LMS_SCRIPT, media_type="text/javascript")),
            Route("/lms/{package}/", lms),
        ]
    )


ANSWERS: dict[str, Any] = {
    "findings": FINDINGS,
    "attempts": [
        {
            "learner": "kari",
            "sco": "sco-1",
            "number": 1,
            "mode": "normal",
            "status": "completed",
            "score": "80",
            "updated": "2026-11-28T12:00:00.000Z",
            "committed": {"cmi.core.lesson_status": "completed", "cmi.core.score.raw": "80"},
            "calls": [],
        }
    ],
    "size": {
        "files": 12,
        "bytes": 123_456,
        "packed": 65_432,
        "largest": [{"path": "media/film.mp4", "bytes": 100_000, "packed": 60_000}],
    },
    "statements": {
        "statements": [
            {
                "statement": {"id": "1", "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}},
                "problems": [{"where": "actor", "text": "mangler", "rule": "xAPI 4.1.1"}],
            }
        ]
    },
    "trouble": {"on": []},
    "waive": [
        {"statement": {"verb": {"id": f"https://w3id.org/xapi/adl/verbs/{verb}"}, "id": verb}, "problems": []}
        for verb in ("waived", "satisfied")
    ],
    "abandon": [],
    "learners": {"id": "learner-4", "name": "Åsen, Øyvind"},
}
