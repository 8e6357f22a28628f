"""The LMS page with the smallest server that it can do with, and an inspector that only notes what it is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Frame, Page

from kurspakke import resources
from kurspakke.preview.origins import SANDBOX
from tests.webhost import Answer, Request, WebHost

PACKAGE = "0123456789abcdef0123456789abcdef"
SCO = {
    "id": "sco-1",
    "title": "Del én",
    "url": f"/content/{PACKAGE}/index.html",
    "mastery": "",
    "data": "",
    "max_time": "",
    "time_limit_action": "",
    "prerequisites": "",
}
CONTENT = "<!DOCTYPE html><html lang='nb'><meta charset='utf-8'><title>Innhold</title><p>Hei"
_NOTING = """<!DOCTYPE html><meta charset="utf-8"><title>Inspektør</title>
<style>iframe { width: 1000px; height: 600px; border: 0; }</style>
<script>
  window.told = [];
  addEventListener("message", ({ origin, data }) => told.push({ origin, ...data }));
  window.say = (message) => frames[0].postMessage({ kurspakke: 1, ...message }, "*");
</script>"""


class Standing:
    """Serves one package's LMS page; `files` are the package's, `launch` what the page is handed."""

    def __init__(self, host: WebHost, files: Mapping[str, str | bytes], **launch: Any) -> None:
        self.host = host
        self.files: dict[str, str | bytes] = {"index.html": CONTENT, **files}
        self.attempts: list[dict[str, Any]] = []
        self.refusals = 0
        port = host.address.rpartition(":")[2]
        self.own = f"http://{PACKAGE}.localhost:{port}"
        self.launch = {
            "package": PACKAGE,
            "kind": "scorm12",
            "title": "Kurset",
            "inspector": host.address,
            "language": "nb",
            "learner": {"id": "kari", "name": "Kari Ødegård"},
            "mode": "normal",
            "attempt": 1,
            "trouble": [],
            "profile": None,
            "toc": [{"id": "sco-1", "title": "Del én", "level": 0, "path": "index.html", "status": ""}],
            "sco": SCO,
            "kept": {},
            **launch,
        }
        host.function("/inspector", self._inspector)
        host.function(f"/lms/{PACKAGE}/", self._lms)
        host.function(f"/content/{PACKAGE}/", self._content)

    def open(self, page: Page) -> Frame:
        """The LMS page, within the inspector's."""
        page.goto(f"{self.host.address}/inspector")
        return self.lms(page)

    def lms(self, page: Page) -> Frame:
        """The frame of the LMS page, once it has begun."""
        page.wait_for_function("told.some((each) => each.kind === 'hello')")
        frame = next((each for each in page.frames if each.url.startswith(f"{self.own}/lms/")), None)
        assert frame
        return frame

    def last(self) -> dict[str, Any]:
        """The last attempt that arrived."""
        return self.attempts[-1]

    def _inspector(self, _: Request) -> Answer:
        frame = f'<iframe src="{self.own}/lms/{PACKAGE}/" sandbox="{SANDBOX}"></iframe>'
        return _html(_NOTING + frame)

    def _lms(self, request: Request) -> Answer:
        if request.path == "lmspage.js":
            return Answer(200, resources.asset("lmspage.js"), {"Content-Type": "text/javascript"})
        if request.path == "axe.js":
            return Answer(200, resources.asset("axe.js"), {"Content-Type": "text/javascript"})
        if request.path == "attempt":
            if self.refusals:
                self.refusals -= 1
                return Answer(503)
            self.attempts.append(json.loads(request.body))
            return Answer(200, b'{"ok":true}', {"Content-Type": "application/json"})
        launch = dict(self.launch)
        if "sco" in request.query and "scos" not in launch:
            launch["sco"] = {**SCO, "id": request.query["sco"]}
        if request.path == "launch":
            return Answer(200, json.dumps(launch).encode(), {"Content-Type": "application/json"})
        island = json.dumps(launch).replace("<", "\\u003c")
        head = '<!DOCTYPE html><html lang="nb"><meta charset="utf-8"><title>LMS</title><body>'
        return _html(
            f'{head}<script type="application/json" id="launch">{island}</script>'
            f'<script src="/lms/{PACKAGE}/lmspage.js"></script>'
        )

    def _content(self, request: Request) -> Answer:
        body = self.files.get(request.path)
        if body is None:
            return Answer(404)
        kind = {"css": "text/css", "js": "text/javascript"}.get(request.path.rpartition(".")[2], "text/html")
        data = body if isinstance(body, bytes) else body.encode()
        return Answer(200, data, {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "no-cache"})


def _html(text: str) -> Answer:
    return Answer(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})
