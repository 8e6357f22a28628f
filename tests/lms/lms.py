"""What the tests ask of every LMS: take a package in, open it for the learner Kari, and say what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import BrowserContext, Frame, Page


@dataclass(frozen=True)
class Stored:
    """What an LMS keeps of an attempt, read from where it keeps it; None for what it has not stored."""

    status: str | None = None
    score: float | None = None
    location: str | None = None
    suspend_data: str | None = None
    session_time: str | None = None
    exit: str | None = None
    interactions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    everything: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, cmi: Mapping[str, Any], **more: Any) -> Stored:
        """From SCORM 1.2 elements by name; `more` are those fields that the LMS keeps elsewhere."""
        text = {name: str(value) for name, value in cmi.items()}
        fields: dict[str, Any] = {
            "status": text.get("cmi.core.lesson_status"),
            "score": number(text.get("cmi.core.score.raw")),
            "location": text.get("cmi.core.lesson_location"),
            "suspend_data": text.get("cmi.suspend_data"),
            "session_time": text.get("cmi.core.session_time"),
            "exit": text.get("cmi.core.exit"),
            "interactions": interactions(text),
            "everything": dict(cmi),
        }
        return cls(**{**fields, **more})


def number(text: str | None) -> float | None:
    """A score as a number; an LMS writes "" for none."""
    return float(text) if text else None


def interactions(cmi: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The interactions among SCORM 1.2 elements: index → field → value."""
    found: dict[str, dict[str, str]] = {}
    for name, value in cmi.items():
        if name.startswith("cmi.interactions.") and name.count(".") >= 3:
            _, _, index, rest = name.split(".", 3)
            found.setdefault(index, {})[rest] = value
    return found


class Lms(Protocol):
    """A running LMS with one learner."""

    name: str

    def add(self, package: Path) -> str:
        """Import a package as the LMS's administrator would; returns a handle for the calls below."""

    def open(self, course: str, context: BrowserContext) -> tuple[Page, Frame]:
        """Launch the course as the learner, in a new page; also the frame that the package runs in."""

    def stored(self, course: str) -> Stored:
        """What the LMS has stored for the learner until now."""

    def last_words(self) -> str:
        """The end of the LMS's log."""
