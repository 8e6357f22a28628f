"""A launch and what is remembered of it: who, what, when, in which mode, and how it ended."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from kurspakke.package import Kind

ISSUER = "https://preview.kurspakke.invalid"
"""Begins the ids that the preview gives as an LMS. No such host exists, and no port is in it: they stay the same."""


class Mode(StrEnum):
    """How an AU is launched (cmi5 10.2.2)."""

    NORMAL = "Normal"
    BROWSE = "Browse"
    REVIEW = "Review"


class End(StrEnum):
    """How a session came to its end; `LEFT` waits for its last words, as another has begun."""

    OPEN = ""
    LEFT = "left"
    TERMINATED = "terminated"
    ABANDONED = "abandoned"


class Learner(Protocol):
    """A learner of the preview: `id` is for ever, `name` may be anything."""

    @property
    def id(self) -> str:
        """The key of the learner."""

    @property
    def name(self) -> str:
        """The name as people write it."""


@dataclass(frozen=True, slots=True)
class Session:
    """One launch.

    `space` is the key of the package, `unit` the publisher's id of what was launched and `activity` the one that the
    launch address gives. `course` is the publisher's id of a cmi5 course. `mastery` is 0 to 1. `ended` is when `end`
    came about; None while it is open. `read` has the documents that the AU has asked for, by their names.
    """

    id: str
    space: str
    kind: Kind
    registration: str
    learner: str
    actor: Mapping[str, Any]
    unit: str
    activity: str
    begun: datetime
    course: str = ""
    mode: Mode = Mode.NORMAL
    mastery: float | None = None
    move_on: str = ""
    end: End = End.OPEN
    ended: datetime | None = None
    read: frozenset[str] = frozenset()


def actor_of(learner: Learner) -> dict[str, Any]:
    """The learner as an agent with an account, as cmi5 9.2 wants it; SCORM's `Family, Given` turned about."""
    family, _, given = learner.name.partition(",")
    return {
        "objectType": "Agent",
        "name": f"{given.strip()} {family.strip()}".strip(),
        "account": {"homePage": ISSUER, "name": learner.id},
    }


def given_id(space: str, kind: str, publisher_id: str) -> str:
    """The id that an LMS gives to a course, block or AU: its own, and the same for ever (cmi5 8.1.5, 9.4)."""
    mixed = f"{space}\0{kind}\0{publisher_id}".encode("utf-8", "surrogatepass")
    return f"{ISSUER}/{kind}/{hashlib.sha256(mixed).hexdigest()[:32]}"


def stamp(moment: datetime) -> str:
    """A moment as statements write it: UTC, to the millisecond (cmi5 9.7)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
