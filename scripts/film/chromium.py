"""The camera: a headless Chromium that shows the film's page and photographs it, spoken to over a pipe."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from film.page import SIZE
from film.story import FilmError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
)

HANDOVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads commands from descriptor 3 and answers on 4; subprocess cannot number descriptors itself."""

LOADED = "new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))"


class Stage:
    """A Chromium with the film's page open (Chrome DevTools Protocol, messages ended by a zero byte)."""

    def __init__(self, html: str) -> None:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        if program is None:
            raise FilmError("Chromium is missing; Debian and Ubuntu: apt install chromium")
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "film.html"
        path.write_text(html, encoding="utf-8")
        self._number = 0
        self._session = ""
        self._pending = bytearray()
        self._start([program, *FLAGS, f"--user-data-dir={self._folder.name}/profile"])
        target = self._call("Target.createTarget", url="about:blank")
        opened = self._call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = opened["sessionId"]
        # Answered when the page is the one that scripts run in, which a target that opens by itself need not be yet.
        arrived = self._call("Page.navigate", url=path.as_uri())
        if "errorText" in arrived:
            raise FilmError(f"Chromium could not open the film's page: {arrived['errorText']}")
        self._call("Runtime.evaluate", expression=LOADED, awaitPromise=True)
        view = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **view)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._write)
        os.close(self._read)
        self._process.terminate()
        self._process.wait(timeout=20)
        self._folder.cleanup()

    def picture(self, seconds: float, kind: str = "png") -> bytes:
        """The film's picture at one moment, as a PNG or JPEG file."""
        answer = self._call("Runtime.evaluate", expression=f"seek({seconds!r})")
        if "exceptionDetails" in answer:
            raise FilmError(f"the page could not show second {seconds}: {answer['exceptionDetails']}")
        options: dict[str, Any] = {"quality": 88} if kind == "jpeg" else {"optimizeForSpeed": True}
        return base64.b64decode(self._call("Page.captureScreenshot", format=kind, **options)["data"])

    def _start(self, command: list[str]) -> None:
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        # Numbers above 9, so that making them 3 and 4 cannot close one of them first.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_browser, from_browser)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", HANDOVER, *map(str, ends), *command],
            pass_fds=ends,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (to_browser, from_browser, *ends):
            os.close(end)

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        # Events arrive between the answers; only the answer to this call is of interest.
        while (answer := self._message()).get("id") != self._number:
            pass
        if "error" in answer:
            raise FilmError(f"Chromium refused {method}: {answer['error'].get('message')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        while (stop := self._pending.find(b"\0")) < 0:
            part = os.read(self._read, 1 << 20)
            if not part:
                raise FilmError("Chromium ended before the film was done")
            self._pending += part
        message: dict[str, Any] = json.loads(self._pending[:stop])
        del self._pending[: stop + 1]
        return message
