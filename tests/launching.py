"""Launches to try: packages, an LRS in memory, a clock set by hand, and an AU that says what it is told."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kurspakke.filetree import File, FileTree
from kurspakke.lrs.asking import Asked
from kurspakke.lrs.documents import STATE, Place
from kurspakke.lrs.mentions import agent_key
from kurspakke.lrs.store import LrsStore
from kurspakke.package import Package
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.enrolment import Enrolments
from kurspakke.preview.launches import Launch, Launches
from kurspakke.preview.launchmemory import LaunchStore
from kurspakke.preview.launchstore import SqliteLaunchStore
from kurspakke.preview.lrsrecords import LrsRecords
from kurspakke.preview.offer import Offer
from kurspakke.preview.sessions import Mode, stamp
from kurspakke.preview.sittings import Sittings

PORT = 8123
OFFER_ID = "0123456789abcdef0123456789abcdef"
AU = "https://kurs.example/au"
COURSE = "https://kurs.example/course"
BLOCK = "https://kurs.example/block"
Statement = dict[str, Any]

TINCAN = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
<activity id="https://kurs.example/aktivitet" type="http://adlnet.gov/expapi/activities/course">
<name lang="nb">Blåbær</name><description lang="nb">Om blåbær</description>
<launch lang="nb">{url}</launch></activity></activities></tincan>"""

_TEXTS = (
    "<title><langstring lang='nb'>{0}</langstring><langstring lang='en'>{0} (en)</langstring></title>"
    "<description><langstring lang='nb'>Om {0}</langstring></description>"
)


def au(
    name: str = "",
    *,
    move_on: str | None = "Completed",
    more: str = "",
    url: str = "index.html",
    inside: str = "",
) -> str:
    """An AU of a course structure; its id is `AU` and `name`."""
    moving = f" moveOn='{move_on}'" if move_on else ""
    return f"<au id='{AU}{name}'{moving}{more}>{_TEXTS.format('Enhet')}<url>{url}</url>{inside}</au>"


def block(name: str, *parts: str) -> str:
    """A block with what is in it; its id is `BLOCK` and `name`."""
    return f"<block id='{BLOCK}{name}'>{_TEXTS.format('Del')}{''.join(parts)}</block>"


def course(*parts: str) -> str:
    """A course structure."""
    return (
        "<courseStructure xmlns='https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd'>"
        f"<course id='{COURSE}'>{_TEXTS.format('Kurs')}</course>{''.join(parts)}</courseStructure>"
    )


def cmi5(*parts: str, folder: str = "") -> Package:
    """A cmi5 package of those blocks and AUs."""
    files = {f"{folder}cmi5.xml": course(*parts).encode(), f"{folder}index.html": b"<title>Enhet</title>"}
    return Package("kurs.zip", FileTree({name: File(data) for name, data in files.items()}))


def tincan(url: str = "index.html") -> Package:
    """A Tin Can package whose activity is launched at `url`."""
    files = {"tincan.xml": TINCAN.format(url=url).encode(), "index.html": b"<title>x</title>"}
    return Package("kurs.zip", FileTree({name: File(data) for name, data in files.items()}))


def offer(package: Package, key: str = "kurs") -> Offer:
    return Offer(OFFER_ID, key, "Kurs", package.kind, Path("kurs.zip"), "kurs.zip")


@dataclass(frozen=True)
class Person:
    id: str = "kari"
    name: str = "Ødegård, Kari"


class Kept(LrsRecords):
    """The records of an LRS in memory, and what stands in them."""

    def __init__(self) -> None:
        self.store = LrsStore(None)
        super().__init__(self.store)

    @property
    def statements(self) -> list[Statement]:
        """All statements of the package, in their order."""
        return self.store.statements("kurs")[::-1]

    def verbs(self) -> list[str]:
        return [terms.short(each["verb"]["id"]) for each in self.statements]

    def said(self, verb: str) -> list[Statement]:
        return [each for each in self.statements if terms.short(each["verb"]["id"]) == verb]

    def launch_data(self, query: Mapping[str, str]) -> dict[str, Any]:
        """LMS.LaunchData where the launch address says that it is; empty if it is not there."""
        agent = agent_key(json.loads(query["actor"]))
        place = Place(STATE, query.get("activityId", ""), agent, query["registration"], terms.LAUNCH_DATA)
        document = self.store.document("kurs", place)
        return dict(json.loads(document.content)) if document else {}


@dataclass
class Clock:
    moment: datetime = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **lapse: float) -> None:
        self.moment += timedelta(**lapse)


@dataclass
class World:
    """A preview's launches of one package, whose AUs can be made to speak."""

    package: Package
    records: Kept = field(default_factory=Kept)
    store: LaunchStore = field(default_factory=lambda: SqliteLaunchStore(None))
    clock: Clock = field(default_factory=Clock)
    patience: float = 0

    def __post_init__(self) -> None:
        self.offer = offer(self.package)
        enrolments = Enrolments(self.store, self.records, lambda key: self.package if key == "kurs" else None)
        patience = timedelta(seconds=self.patience)
        sittings = Sittings(self.store, self.records, enrolments, patience=patience, now=self.clock)
        self.launches = Launches(self.store, self.records, enrolments, sittings, PORT, now=self.clock)

    def launch(
        self, unit: str = "", mode: Mode = Mode.NORMAL, learner: Person = Person(), back: str = ""
    ) -> AuPlayer:
        launch = self.launches.begin(self.offer, self.package, unit, learner, mode=mode, back=back)
        return AuPlayer(self, launch)


def asked(
    method: str, resource: str, query: Mapping[str, str], body: bytes = b"", kind: str = "application/json"
) -> Asked:
    return Asked(method, resource, query, {"content-type": kind}, body)


@dataclass
class AuPlayer:
    """What an AU does with its launch address."""

    world: World
    launch: Launch
    authorization: str = ""

    def __post_init__(self) -> None:
        self.data = self.world.records.launch_data(self.query)

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.launch.url).query).items()}

    def fetches(self) -> dict[str, str]:
        query = parse_qs(urlsplit(self.query["fetch"]).query)
        answer = self.world.launches.fetch("kurs", query["launch"][0])
        if "auth-token" in answer:
            self.authorization = f"Basic {answer['auth-token']}"
        return answer

    def reads(self) -> None:
        """Fetches its token, and reads what there is to read."""
        self.fetches()
        for resource, query in (
            ("activities/state", {"stateId": terms.LAUNCH_DATA, "activityId": self.query["activityId"]}),
            ("agents/profile", {"profileId": terms.PREFERENCES}),
        ):
            self.asks("GET", resource, {**query, "agent": self.query["actor"]})

    def begins(self) -> AuPlayer:
        """Reads what there is to read, and says initialized."""
        self.reads()
        assert self.says("initialized") == []
        return self

    def asks(self, method: str, resource: str, query: Mapping[str, str], body: bytes = b"") -> list[str]:
        request = asked(method, resource, query, body)
        breaches = self.world.launches.sittings.breaches_of_request(self.launch.session, request)
        return [each.rule for each in breaches]

    def statement(self, verb: str, **changes: Any) -> Statement:
        """A statement as cmi5 wants it, of this moment."""
        self.world.clock.passes(seconds=1)
        registration, activity = self.query["registration"], self.query["activityId"]
        data = self.data
        template = data["contextTemplate"]
        extensions = dict(template["extensions"])
        category = [terms.CATEGORY]
        result: dict[str, Any] = {}
        if verb in {"completed", "passed", "failed"}:
            category.append(terms.MOVE_ON_CATEGORY)
            result = {"completion": True} if verb == "completed" else {"success": verb == "passed"}
        if verb in {"passed", "failed"} and "masteryScore" in data:
            extensions[terms.MASTERY_SCORE] = data["masteryScore"]
            result["score"] = {"scaled": 1.0 if verb == "passed" else 0.0}
        if verb != "initialized":
            result["duration"] = "PT1S"
        return {
            "id": str(uuid.uuid4()),
            "actor": json.loads(self.query["actor"]),
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
            "object": {"id": activity},
            **({"result": result} if result else {}),
            "context": {
                "registration": registration,
                "contextActivities": {
                    **template["contextActivities"],
                    "category": [{"id": each} for each in category],
                },
                "extensions": extensions,
            },
            "timestamp": stamp(self.world.clock()),
            **changes,
        }

    def sends(self, *statements: Statement) -> list[str]:
        """The rules that they break; where no breach forbids it, they are stored."""
        sittings = self.world.launches.sittings
        breaches = sittings.breaches(self.launch.session, statements)
        if not any(each.refused for each in breaches):
            self.world.records.keep("kurs", statements)
            sittings.stored(self.launch.session, statements)
        return [each.rule for each in breaches]

    def says(self, *verbs: str) -> list[str]:
        return self.sends(*(self.statement(verb) for verb in verbs))
