"""The stage: a browser without any network, in which every address is answered out of the package.

All that it asks for comes to a proxy of this process. The pages' own requests are seen in the browser as well: it asks
for things that no page wants, such as how to fill a form.
"""

from __future__ import annotations

import mimetypes
import os
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
from kurspakke.play.proxy import Answer, Asked, proxy
from kurspakke.play.records import Records
from kurspakke.zipmember import DamagedMemberError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright
    from playwright.sync_api import Request as BrowserRequest

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
    switches = [
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--disable-gpu",
        "--mute-audio",
        # No datagram past the proxy; Chromium without its window has another name for it.
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        *own,
    ]
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
    refused: set[str] = field(default_factory=set)
    """The hosts that the browser was kept from: for a page, or for its own ends."""

    @contextmanager
    def open(self, chromium: Browser) -> Iterator[BrowserContext]:
        """A context of its own for the package, as one learner's browser."""
        with proxy(self._answer) as address:
            context = chromium.new_context(
                locale="nb-NO",
                service_workers="block",
                accept_downloads=False,
                reduced_motion="reduce",
                proxy={"server": address, "bypass": "<-loopback>"},
            )
            context.set_default_timeout(5000)
            context.on("page", self._meet)
            context.on("request", self._see)
            try:
                yield context
            finally:
                context.close()

    def forget(self) -> None:
        """Begin a new sitting with nothing noted."""
        self.messages, self.requests, self.refused = [], [], set()

    def astray(self) -> tuple[Request, ...]:
        """The requests of pages that found nothing here, without those that a page's own policy has kept back."""
        return tuple(each for each in self.requests if not each.outside or _host(each.url) in self.refused)

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

    def _see(self, request: BrowserRequest) -> None:
        if request.url.startswith(("http:", "https:")) and not request.url.startswith(f"{ORIGIN}/"):
            self._ask(request.url, request.resource_type, outside=True)

    def _ask(self, url: str, kind: str, *, outside: bool) -> None:
        if len(self.requests) < MOST_NOTED:
            self.requests.append(Request(url=url[:500], kind=kind, outside=outside))

    def _answer(self, asked: Asked) -> Answer | None:
        url = asked.url
        if url.startswith(CONTENT):
            return self._content(asked, unquote(urlsplit(url).path.removeprefix("/content/")))
        if url == FETCH or url.startswith(ENDPOINT):
            return self._record(asked)
        if url == f"{ORIGIN}/lms.html":
            page = (files.files(__package__) / "lms.html").read_bytes()
            return Answer(200, page, {"Content-Type": "text/html"})
        if url == f"{ORIGIN}/lmspage.js":
            return Answer(200, resources.asset("lmspage.js"), {"Content-Type": "text/javascript"})
        if url.startswith(f"{ORIGIN}/"):
            return Answer(404)
        self.refused.add(_host(url, asked.method))
        return None

    def _content(self, asked: Asked, path: str) -> Answer:
        file = self.package.tree.get(path)
        if file is None or file.size > MOST_BYTES:
            if not path.endswith("favicon.ico"):
                self._ask(path, _kind(asked), outside=False)
            return Answer(404)
        ending = path[path.rfind(".") :].lower()
        kind = _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        try:
            return Answer(200, file.read(), {"Content-Type": kind})
        except (DamagedMemberError, OSError):  # the rules about archives tell of it
            return Answer(500)

    def _record(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if asked.url == FETCH:
            reply = self.records.fetch(asked.method)
        else:
            resource = parts.path.removeprefix("/xapi/")
            reply = self.records.answer(asked.method, resource, query, asked.headers, asked.body)
        headers = {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
        if reply.etag:
            headers["ETag"] = reply.etag
        return Answer(reply.status, reply.body, headers)


def _host(url: str, method: str = "GET") -> str:
    """Whom a request is for; a connection for what is encrypted (CONNECT) has no more than that in its address."""
    return urlsplit(f"//{url}" if method == "CONNECT" else url).hostname or ""


def _kind(asked: Asked) -> str:
    """What the answer is for, as the browser says it (Fetch Metadata): "image", "script", … or "" where it doesn't."""
    told = asked.headers.get("sec-fetch-dest", "")
    return {"iframe": "document", "frame": "document", "empty": "fetch"}.get(told, told)
