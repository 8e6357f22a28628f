"""A small LMS of our own around two strict SCORM 1.2 APIs: one that we wrote, and scorm-again.

It records every call of the course. What it stores is what a careful LMS would: the values set before the last
commit (or finish) that was accepted, nothing after it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page

from tests.lms.frames import package_frame
from tests.lms.lms import Stored
from tests.webhost import Answer, Request, WebHost

_HERE = Path(__file__).resolve().parent
_SCORM_AGAIN = _HERE.parent / "node" / "node_modules" / "scorm-again" / "dist"
STRICTEST_POLICY = {"Content-Security-Policy": "default-src 'self'"}


@dataclass(frozen=True, order=True)
class Call:
    """One call of the API: when, what, and how it ended. `session` grows with each launch."""

    session: int
    number: int
    name: str
    given: tuple[str, ...]
    answer: str
    error: str


class ApiHost:
    """The server with its courses. `api` is "strict" or "scorm-again"."""

    def __init__(self, host: WebHost, api: str, folder: Path) -> None:
        self.name = f"the {api} API"
        self._host = host
        self._api = api
        self._folder = folder
        self._calls: dict[str, list[Call]] = {}
        self._seeds: dict[str, dict[str, str]] = {}
        host.folder("/", _HERE / "api_host")
        host.folder("/scorm-again/", _SCORM_AGAIN)
        host.function("/store/", self._store)

    def add(self, package: Path) -> str:
        """Unpack the zip and serve it under the strictest policy that a package must live with."""
        course = f"{self._api}-{len(self._calls)}"
        folder = self._folder / course
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        self._host.folder(f"/package/{course}/", folder, STRICTEST_POLICY)
        self._calls[course] = []
        return course

    def seed(self, course: str, values: dict[str, str]) -> None:
        """Pretend that these values were stored in an earlier session."""
        self._seeds[course] = values

    def address(self, course: str, *, api: str = "", mode: str = "normal") -> str:
        """Where a browser launches it."""
        return f"{self._host.address}/index.html?course={course}&api={api or self._api}&mode={mode}"

    def open(
        self, course: str, context: BrowserContext, *, api: str = "", mode: str = "normal"
    ) -> tuple[Page, Frame]:
        """Launch it; `api="none"` is a page without any API."""
        page = context.new_page()
        page.goto(self.address(course, api=api, mode=mode))
        return page, package_frame(page, "/package/")

    def calls(self, course: str) -> list[Call]:
        """Every call in the order in which it was made."""
        return sorted(self._calls[course])

    def sessions(self, course: str) -> list[list[Call]]:
        """The calls of each launch."""
        starts = sorted({call.session for call in self._calls[course]})
        return [[call for call in self.calls(course) if call.session == start] for start in starts]

    def has_heard_all(self, course: str) -> bool:
        """Whether every call of every launch has come, up to the last: they come in no order, and some time after."""
        return all(
            calls[-1].name == "LMSFinish" and [call.number for call in calls] == list(range(len(calls)))
            for calls in self.sessions(course)
        )

    def stored(self, course: str) -> Stored:
        """What has been committed."""
        return Stored.of(self._committed(course))

    def last_words(self) -> str:
        """The last calls of every course."""
        return "\n".join(str(call) for course in self._calls for call in self.calls(course)[-30:])

    def _committed(self, course: str) -> dict[str, str]:
        kept: dict[str, str] = dict(self._seeds.get(course, {}))
        for session in self.sessions(course):
            waiting: dict[str, str] = {}
            for call in session:
                if call.answer != "true":
                    continue
                if call.name == "LMSSetValue":
                    waiting[call.given[0]] = call.given[1]
                elif call.name in ("LMSCommit", "LMSFinish"):
                    kept.update(waiting)
                    waiting = {}
        return kept

    def _store(self, request: Request) -> Answer:
        if request.method == "POST":
            entry: dict[str, Any] = json.loads(request.body)
            self._calls[request.path].append(Call(**{**entry, "given": tuple(entry["given"])}))
            return Answer(204)
        # What belongs to one session only is not given back to the next.
        passing = ("cmi.core.exit", "cmi.core.session_time")
        kept = {name: value for name, value in self._committed(request.path).items() if name not in passing}
        return Answer(200, json.dumps(kept).encode(), {"Content-Type": "application/json"})


@contextmanager
def running(folder: Path, api: str) -> Iterator[ApiHost]:
    """A new host that unpacks its courses in `folder`."""
    with WebHost() as host:
        yield ApiHost(host, api, folder)
