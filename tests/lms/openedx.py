"""Open edX' SCORM and cmi5 XBlocks in the XBlock workbench: upload by the Studio handler, stored in SQLite."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext, BrowserContext, FilePayload, Frame, Page

from tests.lms.environments import python_of
from tests.lms.frames import package_frame
from tests.lms.lms import Stored
from tests.lms.process import SERVERS, Server

# What Studio's form sends beside the file.
_SCORM_FORM = {
    "display_name": "SCORM",
    "width": "",
    "height": "600",
    "has_score": "1",
    "weight": "1",
    "enable_navigation_menu": "0",
    "enable_fullscreen_button": "0",
    "navigation_menu_width": "",
    "popup_on_launch": "0",
}
_CMI5_FORM = {"display_name": "cmi5", "width": "", "height": "600", "has_score": "1", "weight": "1"}


class Workbench:
    """The server, its data folder and the one SCORM and the one cmi5 block that it has."""

    def __init__(self, server: Server, data: Path, requests: APIRequestContext) -> None:
        self._server = server
        self._data = data
        self._requests = requests

    def upload(self, scenario: str, form: dict[str, str], package: Path) -> dict[str, Any]:
        """Send a package to a block's Studio handler; returns the block's answer."""
        page = self._requests.get(self.address(scenario)).text()
        usage = re.findall(r"data-usage=.([^\s\"'>]+)", page)[0]
        file: FilePayload = {
            "name": package.name,
            "mimeType": "application/zip",
            "buffer": package.read_bytes(),
        }
        answer = self._requests.post(
            f"{self._server.address}/handler/{usage}/studio_submit/", multipart={**form, "file": file}
        )
        assert answer.ok, answer.text()
        told: dict[str, Any] = answer.json()
        return told

    def address(self, scenario: str) -> str:
        """Where the learner meets the block."""
        return f"{self._server.address}/scenario/{scenario}/"

    def fields(self, tag: str, *, of_learner: bool) -> dict[str, Any]:
        """The stored fields of a block: the learner's, or those of the course author."""
        with closing(sqlite3.connect(self._data / "var" / "workbench.db")) as base:
            rows = base.execute(
                "select state from workbench_xblockstate where tag = ? and (user_id is 'student_1') = ?",
                (tag, of_learner),
            ).fetchall()
        return {name: value for (state,) in rows for name, value in json.loads(state).items()}

    def last_words(self) -> str:
        """The end of the server's log."""
        return self._server.last_words()


class ScormXBlock:
    """The SCORM block as an LMS."""

    name = "Open edX SCORM"

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self.last_words = workbench.last_words

    def add(self, package: Path) -> str:
        """Upload in Studio's way; errors and warnings of the block fail the test."""
        answer = self._workbench.upload("scorm.0", _SCORM_FORM, package)
        assert answer == {"result": "success", "errors": []}
        return "scorm"

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Open the learner's view; the block starts the package at once."""
        page = context.new_page()
        page.goto(self._workbench.address(f"{course}.0"))
        return page, package_frame(page, "/assets_proxy/")

    def stored(self, course: str) -> Stored:
        """From the learner's fields; the status is what the block made of it, the score is on 0–1."""
        fields = self._workbench.fields(course, of_learner=True)
        score = fields.get("lesson_score")
        return Stored.of(
            fields.get("scorm_data", {}),
            status=fields.get("lesson_status"),
            score=None if score is None else round(score * 100, 6),
            everything=fields,
        )


class Cmi5XBlock:
    """The cmi5 block: launch system, LRS and gradebook in one."""

    name = "Open edX cmi5"

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self.last_words = workbench.last_words

    def add(self, package: Path) -> str:
        """Upload in Studio's way."""
        answer = self._workbench.upload("openedx_cmi5_xblock.0", _CMI5_FORM, package)
        assert answer == {"result": "success", "errors": []}
        return "openedx_cmi5_xblock"

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Follow the link to the first unit; it opens in a window of its own."""
        page = context.new_page()
        page.goto(self._workbench.address(f"{course}.0"))
        with context.expect_page() as opened:
            page.locator(".openedx_cmi5_xblock_block ol a").first.click()
        unit = opened.value
        page.close()
        return unit, unit.main_frame

    def stored(self, course: str) -> Stored:
        """From the learner's fields; `suspend_data` is the state document as JSON text."""
        fields = self._workbench.fields(course, of_learner=True)
        state = fields.get("state_data")
        return Stored(
            status=fields.get("lesson_status"),
            score=fields.get("lesson_score"),
            suspend_data=None if state is None else json.dumps(state, ensure_ascii=False),
            everything=fields,
        )


@contextmanager
def running(folder: Path, requests: APIRequestContext) -> Iterator[Workbench]:
    """A new workbench with its data in `folder`."""
    data = folder / "workbench"
    command = [python_of("openedx"), SERVERS / "openedx_server.py", data]
    with Server(command, folder / "server.log") as server:
        yield Workbench(server, data, requests)
