"""A package in a real browser, in the frame of an LMS that counts what it is asked."""

from __future__ import annotations

import gzip
import mimetypes
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.chromium import launch_options
from tests.webhost import Answer, Request, WebHost

SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
"""1.6 Mbit/s down, 150 ms: the line of the peers' figures."""
SLOWED = 4
"""The processor is slowed down so many times."""
_TEXT = (".html", ".css", ".js", ".svg", ".vtt", ".json", ".xml", ".xsd")
_LMS = """<!doctype html><html lang="nb"><meta charset="utf-8"><title>LMS</title>
<style>html, body, iframe { margin: 0; width: 100%; height: 100%; border: 0 }</style>
<script>
  const held = {}, calls = (window.calls = []);
  const note = (name, answer) => (...given) => (calls.push([name, ...given]), String(answer(...given)));
  window.API = {
    LMSInitialize: note("LMSInitialize", () => "true"),
    LMSGetValue: note("LMSGetValue", (name) => (name.endsWith("_count") ? "0" : held[name] ?? "")),
    LMSSetValue: note("LMSSetValue", (name, value) => ((held[name] = value), "true")),
    LMSCommit: note("LMSCommit", () => "true"),
    LMSFinish: note("LMSFinish", () => "true"),
    LMSGetLastError: () => "0", LMSGetErrorString: () => "", LMSGetDiagnostic: () => "",
  };
  window.held = held;
</script>
<iframe src="/package/index.html" title="Kurs"></iframe>"""
_WATCH = """
  window.marks = { long: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.marks[entry.name] = entry.startTime;
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.marks.long = Math.max(window.marks.long, entry.duration);
  }).observe({ type: "longtask", buffered: true });
"""
_READY = r"() => /\w/.test(document.getElementById('kp_progress')?.textContent ?? '')"


@dataclass(frozen=True)
class Opening:
    """How a package opened: times in milliseconds from when its page was asked for, bytes as they came, compressed."""

    first_content: float
    playing: float
    longest_task: float
    requests: int
    bytes: int


class Classroom:
    """A browser and an LMS. Use it in a `with` statement of `classroom()`."""

    def __init__(self, host: WebHost, browser: Browser) -> None:
        self._host = host
        self._browser = browser
        host.function("/lms", lambda _: Answer(200, _LMS.encode(), {"Content-Type": "text/html"}))

    def play(self, package: Path) -> None:
        """What is opened from now on."""
        with zipfile.ZipFile(package) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        self._host.function("/package/", lambda request: _file(files, request))

    @contextmanager
    def in_lms(self) -> Iterator[Page]:
        """The LMS's page, once the package in its frame is ready."""
        page = self._browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{self._host.address}/lms")
        page.frames[1].wait_for_function(_READY)
        yield page
        page.context.close()

    def open(self, *, slowly: bool) -> Opening:
        """Open it with an empty cache, by itself: nothing of the LMS's own page is measured."""
        context = self._browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        seen = _Wire(wire)
        if slowly:
            wire.send("Network.emulateNetworkConditions", SLOW_LINE)
            wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.add_init_script(
            # An API in its own window: the package need not look for one.
            "window.API = new Proxy({}, { get: (_, name) => () => name === 'LMSGetValue' ? '' : 'true' });"
            + _WATCH
        )
        page.goto(f"{self._host.address}/package/index.html", wait_until="commit")
        page.wait_for_function(_READY, timeout=120_000)
        playing = page.evaluate("performance.now()")
        page.wait_for_load_state("load")
        # The observer may hear of it a moment after the fact.
        page.wait_for_function("'first-contentful-paint' in window.marks")
        marks = page.evaluate("window.marks")
        context.close()
        first = marks["first-contentful-paint"]
        before = seen.before(first)
        return Opening(first, playing, marks["long"], len(before), sum(before))


class _Wire:
    """What comes over the wire, and when."""

    def __init__(self, wire: CDPSession) -> None:
        self._asked: dict[str, float] = {}
        self._came: dict[str, int] = {}
        wire.on("Network.requestWillBeSent", self._ask)
        wire.on("Network.loadingFinished", self._come)
        wire.send("Network.enable")

    def _ask(self, event: dict[str, Any]) -> None:
        self._asked.setdefault(event["requestId"], event["timestamp"])

    def _come(self, event: dict[str, Any]) -> None:
        self._came[event["requestId"]] = round(event["encodedDataLength"])

    def before(self, milliseconds: float) -> list[int]:
        """The bytes of each file that was asked for up to that time after the first."""
        start = min(self._asked.values())
        asked = [name for name, at in self._asked.items() if (at - start) * 1000 <= milliseconds]
        return [self._came.get(name, 0) for name in asked]


@contextmanager
def classroom() -> Iterator[Classroom]:
    """An LMS on a free port and the machine's browser."""
    with WebHost() as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options("chromium"))
        yield Classroom(host, browser)
        browser.close()


def _file(files: dict[str, bytes], request: Request) -> Answer:
    """A file of the package, compressed as every web server does."""
    data = files.get(request.path)
    if data is None:
        return Answer(404)
    headers = {"Content-Type": mimetypes.guess_type(request.path)[0] or "application/octet-stream"}
    if request.path.endswith(_TEXT):
        return Answer(200, gzip.compress(data, 6), {**headers, "Content-Encoding": "gzip"})
    return Answer(200, data, headers)
