"""The stage: a browser without any network, in which every address is answered out of the package."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources as files
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from kurspakke import resources
from kurspakke.findings import KurspakkeError
from kurspakke.package import Package
from kurspakke.play.launching import CONTENT, ENDPOINT, FETCH, ORIGIN
from kurspakke.play.performance import Message, Request
from kurspakke.play.records import Records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_TYPES = {
    ".css": "text/css",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt",
    ".xhtml": "application/xhtml+xml",
    ".xml": "text/xml",
}
MOST_NOTED = 200
"""So many messages and requests of a sitting are kept: a package that shouts is not worth more."""
MOST_BYTES = 1 << 28
"""A larger file is not handed to the browser."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that reaches no host at all.

    Raises:
        KurspakkeError: Playwright or Chromium is not there.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise KurspakkeError(
            "playing a package needs Playwright, and it is not installed", "pip install 'kurspakke[play]'"
        ) from None
    with sync_playwright() as play:
        chromium = launched(play)
        try:
            yield chromium
        finally:
            chromium.close()


def launched(play: Playwright) -> Browser:
    """The same by a Playwright that runs already; whoever asks for it closes it.

    Raises:
        KurspakkeError: Chromium is not there, or does not start.
    """
    from playwright.sync_api import Error

    program = os.environ.get("KURSPAKKE_BROWSER") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    # Root, as in containers, can't have Chromium's sandbox.
    own = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    switches = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-gpu", "--mute-audio", *own]
    try:
        return play.chromium.launch(executable_path=program, args=switches)
    except Error as error:
        first = str(error).strip().splitlines()[0]
        raise KurspakkeError(
            f"no Chromium could be started: {first}",
            "install Chromium, or name one in KURSPAKKE_BROWSER, or: playwright install chromium",
        ) from None


@dataclass
class Stage:
    """One browser context with a package in it; what the browser says and asks for is noted."""

    package: Package
    records: Records
    messages: list[Message] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    @contextmanager
    def open(self, chromium: Browser) -> Iterator[BrowserContext]:
        """A context of its own for the package, as one learner's browser."""
        context = chromium.new_context(
            locale="nb-NO", service_workers="block", accept_downloads=False, reduced_motion="reduce"
        )
        context.route(re.compile("."), self._answer)
        context.set_default_timeout(5000)
        context.on("page", self._meet)
        try:
            yield context
        finally:
            context.close()

    def forget(self) -> None:
        """Begin a new sitting with nothing noted."""
        self.messages, self.requests = [], []

    def _meet(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._say("exception", str(error).splitlines()[0]))
        page.on("dialog", self._dialog)
        page.on("popup", lambda popup: self._say("popup", popup.url))
        page.on("websocket", lambda socket: self._ask(socket.url, "websocket", outside=True))

    def _dialog(self, dialog: object) -> None:
        kind, text = getattr(dialog, "type", ""), getattr(dialog, "message", "")
        self._say("dialog", f"{kind}: {text}")
        getattr(dialog, "accept", lambda: None)()

    def _console(self, message: ConsoleMessage) -> None:
        # What could not be loaded is noted as a request.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            place = message.location
            self._say("error", message.text, str(place.get("url", "")), int(place.get("lineNumber", 0)) + 1)

    def _say(self, kind: str, text: str, url: str = "", line: int = 0) -> None:
        if len(self.messages) < MOST_NOTED:
            file = url.removeprefix(CONTENT) if url.startswith(CONTENT) else ""
            plain = {"kind": kind, "text": text[:500], "file": file, "line": line if file else 0}
            self.messages.append(Message.model_validate(plain))

    def _ask(self, url: str, kind: str, *, outside: bool) -> None:
        if len(self.requests) < MOST_NOTED:
            self.requests.append(Request(url=url[:500], kind=kind, outside=outside))

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(CONTENT):
            self._content(route, unquote(urlsplit(url).path.removeprefix("/content/")))
        elif url.startswith((ENDPOINT, FETCH)):
            self._record(route)
        elif url == f"{ORIGIN}/lms.html":
            route.fulfill(body=(files.files(__package__) / "lms.html").read_bytes(), content_type="text/html")
        elif url == f"{ORIGIN}/lms.js":
            route.fulfill(body=resources.asset("lms.js"), content_type="text/javascript")
        elif url.startswith(ORIGIN):
            route.fulfill(status=404, body="")
        else:
            self._ask(url, route.request.resource_type, outside=True)
            route.abort("blockedbyclient")

    def _content(self, route: Route, path: str) -> None:
        file = self.package.tree.get(path)
        if file is None or file.size > MOST_BYTES:
            if not path.endswith("favicon.ico"):
                self._ask(path, route.request.resource_type, outside=False)
            route.fulfill(status=404, body="")
            return
        ending = path[path.rfind(".") :].lower()
        kind = _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=file.read(), content_type=kind)

    def _record(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if request.url.startswith(FETCH):
            reply = self.records.fetch(request.method)
        else:
            reply = self.records.answer(
                request.method,
                parts.path.removeprefix("/xapi/"),
                query,
                request.headers,
                request.post_data_buffer or b"",
            )
        headers = {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
        if reply.etag:
            headers["ETag"] = reply.etag
        route.fulfill(status=reply.status, body=reply.body, headers=headers)
