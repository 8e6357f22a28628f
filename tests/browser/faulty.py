"""An LMS for SCORM 1.2 that fails as a test tells it to, and what it holds afterwards.

Its page sends what Moodle's does: only what has changed since the last commit, whether that one arrived or not.
"""

from __future__ import annotations

import json
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, Frame, Page

from tests.lms.frames import package_frame
from tests.lms.lms import Stored
from tests.webhost import Answer, Request, WebHost

_HERE = Path(__file__).resolve().parent
_STRICT = _HERE.parent / "lms" / "api_host" / "strict-api.js"
POLICY = {"Content-Security-Policy": "default-src 'self'"}


@dataclass
class Plan:
    """What goes wrong, from now on."""

    initialize: bool = True
    """LMSInitialize succeeds."""
    sets: bool = True
    """LMSSetValue succeeds."""
    dead: bool = False
    """The API takes and gives nothing, with error 101."""
    refuse: int | None = None
    """A longer state is refused."""
    cut: int | None = None
    """A longer state is cut, and nobody is told."""
    told: dict[str, str] = field(default_factory=dict)
    """What is given to the course instead of what is stored."""
    commits: list[str] = field(default_factory=list)
    """How the next commits end: "false" (nothing is stored), "lost" (answered "true") or "true"."""
    always: str = "true"
    """How those after them end."""
    behind: float = 0
    """A commit on leaving comes so many seconds after what is sent at the same time."""

    def next_commit(self) -> str:
        """How this commit ends."""
        return self.commits.pop(0) if self.commits else self.always


@dataclass
class Launch:
    """What one launch has sent: its messages, in whatever order they come."""

    calls: dict[int, list[list[str]]] = field(default_factory=dict)
    """Those that each message tells of, by the number of messages before it."""
    last: int | None = None
    """The number of messages before the one that ends the session."""

    @property
    def over(self) -> bool:
        """Nothing more can come: not the last message alone, but all before it too."""
        return self.last is not None and len(self.calls) > self.last


@dataclass
class Course:
    """One learner's attempt at one package."""

    kept: dict[str, str] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    launches: dict[str, Launch] = field(default_factory=dict)


class FaultyLms:
    """The server. `foreign` is the same pages at another origin, without any API."""

    def __init__(self, host: WebHost, foreign: WebHost, folder: Path) -> None:
        self._host = host
        self._foreign = foreign
        self._folder = folder
        self._courses: dict[str, Course] = {}
        self._lock = threading.Lock()
        for each in (host, foreign):
            each.folder("/lms/", _HERE / "faulty_lms")
        host.function(
            "/strict-api.js", lambda _: Answer(200, _STRICT.read_bytes(), {"Content-Type": "text/javascript"})
        )
        host.function("/store/", self._store)

    def add(self, package: Path) -> str:
        """Unpack the zip for a new learner; the handle for the calls below."""
        course = f"kurs-{len(self._courses)}"
        with zipfile.ZipFile(package) as archive:
            archive.extractall(self._folder / course)
        self._host.folder(f"/package/{course}/", self._folder / course, POLICY)
        self._courses[course] = Course()
        return course

    def plan(self, course: str) -> Plan:
        """What goes wrong; to be changed at any time."""
        return self._courses[course].plan

    def address(self, course: str, **asked: str) -> str:
        """Of the page that launches the course; what may be asked for stands in launch.js."""
        return f"{self._host.address}/lms/index.html?{urlencode({'course': course, **asked})}"

    def open(self, course: str, context: BrowserContext, **asked: str) -> tuple[Page, Frame]:
        """Launch the course in a new page; also the frame that the package runs in."""
        page = context.new_page()
        if "foreign" in asked:
            asked["foreign"] = self._foreign.address
        page.goto(self.address(course, **asked))
        if "popup" in asked:
            with page.expect_popup() as popup:
                page.mouse.click(5, 5)
            page = popup.value
        return page, package_frame(page, "/package/")

    def stored(self, course: str) -> Stored:
        """What has reached the LMS."""
        with self._lock:
            return Stored.of(self._courses[course].kept)

    def forget(self, course: str) -> None:
        """A new attempt: nothing is stored."""
        with self._lock:
            self._courses[course].kept.clear()

    def calls(self, course: str) -> list[list[list[str]]]:
        """The calls of each launch that a commit or finish has reported: name, arguments, answer."""
        with self._lock:
            launches = [launch.calls for launch in self._courses[course].launches.values()]
            return [[call for number in sorted(calls) for call in calls[number]] for calls in launches]

    def finished(self, course: str) -> int:
        """How many sessions have come to their end, with all that they sent."""
        with self._lock:
            return sum(launch.over for launch in self._courses[course].launches.values())

    def _store(self, request: Request) -> Answer:
        course = self._courses[request.path]
        sent: dict[str, Any] = json.loads(request.body or "{}")
        if sent.get("leaving") and not sent["last"]:
            time.sleep(course.plan.behind)
        with self._lock:
            if request.method != "POST":
                # What belongs to one session only is not given back to the next.
                passing = ("cmi.core.exit", "cmi.core.session_time")
                kept = {name: value for name, value in course.kept.items() if name not in passing}
                return Answer(200, json.dumps({"kept": kept, "plan": asdict(course.plan)}).encode())
            launch = course.launches.setdefault(sent["session"], Launch())
            launch.calls[sent["before"]] = sent["calls"]
            if sent["last"]:
                launch.last = sent["before"]
            outcome = "false" if course.plan.dead else course.plan.next_commit()
            if outcome == "true":
                course.kept.update(sent["values"])
            return Answer(200, b"false" if outcome == "false" else b"true")


@contextmanager
def running(folder: Path) -> Iterator[FaultyLms]:
    """A new LMS that unpacks its courses in `folder`."""
    with WebHost() as host, WebHost() as foreign:
        yield FaultyLms(host, foreign, folder)
