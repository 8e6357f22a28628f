"""Launching xAPI (Tin Can) and cmi5 packages as an LMS does, with an LRS on another address than the content."""

from __future__ import annotations

import base64
import json
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lxml import etree
from playwright.sync_api import BrowserContext, Frame, Page

from tests.conformance.cmi5_rules import SESSION
from tests.lms.lms import Stored
from tests.lrs import Document, Lrs
from tests.webhost import Answer, Request, WebHost

KARI: Document = {
    "objectType": "Agent",
    "name": "Kari Ødegård",
    "account": {"homePage": "https://lms.example.org", "name": "kari-42"},
}
_CMI5 = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
_TINCAN = "{http://projecttincan.com/tincan.xsd}"


@dataclass
class Course:
    """An imported package, and what the LMS made up for Kari's part in it."""

    launch: str
    activity: str
    folder: Path
    registration: str
    mastery: float | None = None
    move_on: str = "NotApplicable"


class Content:
    """Unpacked packages on an address of their own, allowed to talk to the LRS and to nobody else."""

    def __init__(self, host: WebHost, lrs: Lrs, folder: Path) -> None:
        self.lrs = lrs
        self._host = host
        self._folder = folder
        self._courses: dict[str, Course] = {}
        origin = lrs.address.rsplit("/xapi/", 1)[0]
        self._policy = {"Content-Security-Policy": f"default-src 'self'; connect-src 'self' {origin}"}

    def unpack(self, package: Path) -> tuple[str, Path]:
        """The course's handle and folder."""
        course = f"course-{len(self._courses)}"
        folder = self._folder / course
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        self._host.folder(f"/{course}/", folder, self._policy)
        return course, folder

    def keep(self, handle: str, course: Course) -> None:
        """Remember a course."""
        self._courses[handle] = course

    def course(self, handle: str) -> Course:
        """What is known of it."""
        return self._courses[handle]

    def visit(self, handle: str, query: dict[str, str], context: BrowserContext) -> tuple[Page, Frame]:
        """Open the launch address."""
        page = context.new_page()
        launch = self._courses[handle].launch
        joint = "&" if "?" in launch else "?"
        page.goto(f"{self._host.address}/{handle}/{launch}{joint}{urlencode(query)}")
        return page, page.main_frame

    def stored(self, handle: str) -> Stored:
        """What the LRS tells about the course: the furthest status, the last score, the state document."""
        course = self._courses[handle]
        mine = [
            each
            for each in self.lrs.statements
            if each["object"].get("id") == course.activity
            and each.get("context", {}).get("registration") == course.registration
        ]
        verbs = [each["verb"]["id"].rsplit("/", 1)[1] for each in mine]
        scores = [each["result"]["score"] for each in mine if "score" in each.get("result", {})]
        state = self.lrs.state(course.activity, KARI, "suspendData", course.registration)
        return Stored(
            status=next((verb for verb in ("passed", "completed", "failed") if verb in verbs), "incomplete"),
            score=scores[-1]["raw"] if scores else None,
            suspend_data=state.decode() if state else None,
            everything={"verbs": verbs, "statements": mine, "refusals": self.lrs.refusals},
        )

    def last_words(self) -> str:
        """What the LRS has refused."""
        return "\n".join(self.lrs.refusals)


class TincanLaunch:
    """The Tin Can launch: everything in the query string."""

    name = "xAPI launch"

    def __init__(self, content: Content) -> None:
        self.content = content
        self.stored = content.stored
        self.last_words = content.last_words
        self._auth = "Basic " + base64.b64encode("kari:hemmelig æøå".encode()).decode()
        content.lrs.credentials.add(self._auth)

    def add(self, package: Path) -> str:
        """Unpack; the one activity with a launch is what there is to play."""
        handle, folder = self.content.unpack(package)
        tree = etree.parse(folder / "tincan.xml")
        (launch,) = tree.iter(f"{_TINCAN}launch")
        activity = launch.getparent()
        assert activity is not None
        registration = str(uuid.uuid4())
        self.content.keep(handle, Course(str(launch.text), str(activity.get("id")), folder, registration))
        return handle

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Launch it."""
        known = self.content.course(course)
        query = {
            "endpoint": self.content.lrs.address,
            "auth": self._auth,
            "actor": json.dumps(KARI),
            "registration": known.registration,
            "activity_id": known.activity,
        }
        return self.content.visit(course, query, context)


class Cmi5Launch:
    """The cmi5 launch: a token that can be fetched once, and launch data in the LRS, new for each session."""

    name = "cmi5 launch"

    def __init__(self, content: Content, host: WebHost, mode: str = "Normal") -> None:
        self.content = content
        self.stored = content.stored
        self.last_words = content.last_words
        self.mode = mode
        self.launch_data: list[Document] = []
        self._host = host
        self._tokens: dict[str, str] = {}
        host.function("/fetch/", self._fetch)
        host.function("/ferdig", lambda _: Answer(200, b"<title>LMS</title>", {"Content-Type": "text/html"}))

    def add(self, package: Path) -> str:
        """Unpack; the first unit of the course structure is what there is to play."""
        handle, folder = self.content.unpack(package)
        unit = next(etree.parse(folder / "cmi5.xml").iter(f"{_CMI5}au"))
        mastery = unit.get("masteryScore")
        course = Course(
            launch=str(unit.findtext(f"{_CMI5}url")).strip(),
            activity=f"https://lms.example.org/activities/{uuid.uuid4()}",
            folder=folder,
            registration=str(uuid.uuid4()),
            mastery=float(mastery) if mastery else None,
            move_on=unit.get("moveOn") or "NotApplicable",
        )
        self.content.keep(handle, course)
        return handle

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Begin a session: earlier tokens end, launch data are written, the unit is opened."""
        known = self.content.course(course)
        lrs = self.content.lrs
        session = str(uuid.uuid4())
        lrs.credentials -= {f"Basic {token}" for token in self._tokens.values()}
        token = base64.b64encode(session.encode()).decode()
        self._tokens[session] = token
        data = self._launch_data(known, session)
        self.launch_data.append(data)
        lrs.put_state(known.activity, KARI, "LMS.LaunchData", known.registration, data)
        query = {
            "endpoint": lrs.address,
            "fetch": f"{lrs.address.rsplit('/xapi/', 1)[0]}/fetch/{session}",
            "actor": json.dumps(KARI),
            "registration": known.registration,
            "activityId": known.activity,
        }
        return self.content.visit(course, query, context)

    def revive(self) -> None:
        """Let the sessions that a later launch has closed go on: some LMSs close none."""
        self.content.lrs.credentials |= {f"Basic {token}" for token in self._tokens.values()}

    def _launch_data(self, course: Course, session: str) -> Document:
        publisher = {"id": "https://studiepakke.example.org/activity-of-the-publisher"}
        template: dict[str, Any] = {
            "extensions": {SESSION: session},
            "contextActivities": {"grouping": [publisher]},
        }
        data: Document = {
            "contextTemplate": template,
            "launchMode": self.mode,
            "launchMethod": "AnyWindow",
            "moveOn": course.move_on,
            "returnURL": f"{self._host.address}/ferdig",
        }
        return {**data, "masteryScore": course.mastery} if course.mastery is not None else data

    def _fetch(self, request: Request) -> Answer:
        opened = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
        credential = f"Basic {self._tokens[request.path]}"
        if request.method != "POST" or credential in self.content.lrs.credentials:
            # cmi5 8.2.3: the token is given once.
            return Answer(
                200, json.dumps({"error-code": "1", "error-text": "given already"}).encode(), opened
            )
        self.content.lrs.credentials.add(credential)
        return Answer(200, json.dumps({"auth-token": self._tokens[request.path]}).encode(), opened)


@contextmanager
def tincan(folder: Path) -> Iterator[TincanLaunch]:
    """A launcher with an LRS of its own."""
    with WebHost() as store, WebHost() as host:
        yield TincanLaunch(Content(host, Lrs(store), folder))


@contextmanager
def cmi5(folder: Path, mode: str = "Normal") -> Iterator[Cmi5Launch]:
    """A launcher with an LRS of its own."""
    with WebHost() as store, WebHost() as host:
        yield Cmi5Launch(Content(host, Lrs(store), folder), store, mode)


@contextmanager
def of(form: str, folder: Path) -> Iterator[TincanLaunch | Cmi5Launch]:
    """The launcher for packages of that format."""
    with WebHost() as store, WebHost() as host:
        content = Content(host, Lrs(store), folder)
        yield TincanLaunch(content) if form == "xapi" else Cmi5Launch(content, store)
