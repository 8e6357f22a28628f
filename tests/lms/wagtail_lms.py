"""wagtail-lms: a course in a Wagtail site, imported by the model's own `save()`, stored in SQLite."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, Page

from tests.lms.environments import python_of
from tests.lms.frames import package_frame
from tests.lms.lms import Stored, number
from tests.lms.process import SERVERS, Server

_SITE = SERVERS / "wagtail_site.py"


class WagtailLms:
    """The server, its data folder and the learner Kari."""

    name = "wagtail-lms"

    def __init__(self, server: Server, data: Path) -> None:
        self._server = server
        self._data = data
        self._play: dict[str, str] = {}

    def add(self, package: Path) -> str:
        """Save a package record, which unpacks the zip and reads the manifest, and put it in a course."""
        key, address = _site("import", self._data, package).split()
        self._play[key] = address
        return key

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Log in by the form and open the lesson's player."""
        page = context.new_page()
        page.goto(f"{self._server.address}/admin/login/?next={self._play[course]}")
        if "/login/" in page.url:
            page.locator("[name=username]").fill("kari")
            page.locator("[name=password]").fill("kari")
            page.locator("form [type=submit]").first.click()
        return page, package_frame(page, "/scorm-content/")

    def stored(self, course: str) -> Stored:
        """From the attempt's row and its rows of elements."""
        with closing(sqlite3.connect(self._data / "site.sqlite3")) as base:
            base.row_factory = sqlite3.Row
            attempt = base.execute(
                "select * from wagtail_lms_scormattempt where scorm_package_id = ?", (course,)
            ).fetchone()
            if attempt is None:
                return Stored()
            rows = base.execute(
                "select key, value from wagtail_lms_scormdata where attempt_id = ?", (attempt["id"],)
            )
            elements = {row["key"]: row["value"] for row in rows}
            done = base.execute(
                "select e.completed_at from wagtail_lms_courseenrollment e join wagtailcore_page c on "
                "c.id = e.course_id join wagtailcore_page l on l.path like c.path || '%' join "
                "wagtail_lms_scormlessonpage s on s.page_ptr_id = l.id where s.scorm_package_id = ?",
                (course,),
            ).fetchone()
        return Stored.of(
            elements,
            status=attempt["completion_status"],
            score=number(None if attempt["score_raw"] is None else str(attempt["score_raw"])),
            location=attempt["location"],
            suspend_data=attempt["suspend_data"],
            everything={
                **elements,
                **dict(attempt),
                "course completed": done["completed_at"] if done else None,
            },
        )

    def last_words(self) -> str:
        """The end of the server's log."""
        return self._server.last_words()


@contextmanager
def running(folder: Path) -> Iterator[WagtailLms]:
    """A site of its own in `folder`."""
    data = folder / "site"
    shutil.copytree(_prepared(), data)
    with Server([python_of("wagtail_lms"), _SITE, "serve", data], folder / "server.log") as server:
        yield WagtailLms(server, data)


def _prepared() -> Path:
    """An empty site with its tables, made once: a hundred migrations take several seconds."""
    digest = hashlib.sha256(_SITE.read_bytes()).hexdigest()[:12]
    kept = python_of("wagtail_lms").parent.parent / f"site-{digest}"
    if not kept.exists():
        made = Path(tempfile.mkdtemp(dir=kept.parent))
        _site("prepare", made)
        try:
            made.rename(kept)
        except OSError:
            shutil.rmtree(made)  # another process was quicker
    return kept


def _site(action: str, *arguments: Path) -> str:
    command = [str(python_of("wagtail_lms")), str(_SITE), action, *map(str, arguments)]
    answer = subprocess.run(command, cwd=SERVERS, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout
