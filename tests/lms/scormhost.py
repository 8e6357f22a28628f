"""scormhost: upload by its HTTP interface, one JSON file per learner and launch."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, Frame, Page

from tests.lms.environments import python_of
from tests.lms.frames import package_frame
from tests.lms.lms import Stored
from tests.lms.process import SERVERS, Server

_ADMIN = {
    "email": "kari@eksempel.no",
    "username": "kari",
    "password": "kun-for-tester",
    "display_name": "Kari Ødegård",
}


class Scormhost:
    """The server, its data folder and Kari, who is its first user and so its administrator."""

    name = "scormhost"

    def __init__(self, server: Server, data: Path, context: BrowserContext) -> None:
        self._server = server
        self._data = data
        answer = context.request.post(f"{server.address}/api/auth/register", data=_ADMIN)
        assert answer.ok, answer.text()
        self._context = context

    def add(self, package: Path) -> str:
        """Upload through the interface that the LMS's own form uses."""
        file: FilePayload = {
            "name": package.name,
            "mimeType": "application/zip",
            "buffer": package.read_bytes(),
        }
        answer = self._context.request.post(f"{self._server.address}/api/packages", multipart={"file": file})
        assert answer.status == 201, answer.text()
        return str(answer.json()["id"])

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Launch as the logged-in learner."""
        context.add_cookies(self._context.cookies())  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{self._server.address}/launch/{course}")
        return page, package_frame(page, "/content/")

    def stored(self, course: str) -> Stored:
        """From the session file."""
        files = list((self._data / "sessions" / course).glob("*.json"))
        if not files:
            return Stored()
        (file,) = files
        return Stored.of(_read(file)["elements"])

    def last_words(self) -> str:
        """The end of the server's log."""
        return self._server.last_words()


def _read(file: Path) -> dict[str, dict[str, str]]:
    """The server writes over the file as it stands: between two moments it is empty or half."""
    for _ in range(20):
        with contextlib.suppress(json.JSONDecodeError):
            content: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
            return content
        time.sleep(0.05)
    raise AssertionError(f"{file} is never whole")


@contextlib.contextmanager
def running(folder: Path, context: BrowserContext) -> Iterator[Scormhost]:
    """A new scormhost with its data in `folder`."""
    data = folder / "data"
    command = [python_of("scormhost"), SERVERS / "scormhost_server.py", data]
    with Server(command, folder / "server.log") as server:
        yield Scormhost(server, data, context)
