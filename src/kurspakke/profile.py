"""LMS profiles: what an LMS takes, limits and does, each with its source; one data file per LMS in `profiles/`.

A value that a file does not state is not known; then the one that works everywhere holds (`profiles/any.yaml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field

from kurspakke import yamltree
from kurspakke.findings import KurspakkeError
from kurspakke.model import Date, Id, Model, PlainText, Title, WholeNumber
from kurspakke.shape import shape

ANY = "any"
"""The profile that is right where nothing is known of the LMS."""

_FOLDER = Path(__file__).with_name("profiles")
_Value = TypeVar("_Value")


class Cited(Model):
    """Something that is known, and from where."""

    source: PlainText = Field(description="Where it was read, with the version where there is one.")
    noted: Date = Field(description="The day it was noted here: LMSs change.")


class Stated(Cited, Generic[_Value]):
    """A value that is known."""

    value: _Value = Field(description="The value.")


class Quirk(Cited):
    """Something that an LMS does and others don't."""

    id: Id = Field(description="What rules and the preview call it.")
    text: PlainText = Field(description="What happens, in a sentence.")


class Tracking(Model):
    """How the learner's way is told to the LMS by SCORM 1.2; `reporting.ts` does it."""

    completed: Stated[Literal["completed", "passed"]] | None = Field(
        None, description="Status when all is done and no result is demanded."
    )
    passed: Stated[Literal["passed", "completed"]] | None = Field(
        None, description="Status when all is done and the demanded result is reached."
    )
    below: Stated[Literal["incomplete", "failed"]] | None = Field(
        None, description="Status when all else is done and the demanded result is not reached."
    )
    under_way: Stated[Literal["incomplete"]] | None = Field(None, description="Status before that.")
    score: Stated[Literal["ripe", "done", "never"]] | None = Field(
        None,
        description="When the score is sent: as soon as there is a result, only when all is done, or never.",
    )
    mastery: Stated[Literal["own", "lms"]] | None = Field(
        None, description="Whose pass mark counts: the course's, or cmi.student_data.mastery_score if there is one."
    )
    exit_unfinished: Stated[Literal["suspend", "logout", ""]] | None = Field(
        None, description="cmi.core.exit of a learner who will come back."
    )
    exit_finished: Stated[Literal["", "suspend", "logout"]] | None = Field(
        None, description="cmi.core.exit of a learner who is done."
    )


class Limits(Model):
    """The most that it takes. What is not stated is not known; the standards' limits hold anyway."""

    suspend_data: Stated[WholeNumber] | None = Field(None, description="Characters of cmi.suspend_data.")
    lesson_location: Stated[WholeNumber] | None = Field(None, description="Characters of the bookmark.")
    student_response: Stated[WholeNumber] | None = Field(None, description="Characters of an answer.")
    identifier: Stated[WholeNumber] | None = Field(
        None, description="Characters of a manifest's identifier that tell packages apart."
    )
    title: Stated[WholeNumber] | None = Field(None, description="Characters of a title.")
    scos: Stated[WholeNumber] | None = Field(None, description="SCOs in a package.")
    package_megabytes: Stated[WholeNumber] | None = Field(None, description="Megabytes of a package.")
    session_minutes: Stated[WholeNumber] | None = Field(
        None, description="Minutes without a call until the session has expired."
    )


class Profile(Model):
    """An LMS."""

    id: Id = Field(description="The file's name without .yaml; `lms:` in course.yaml names it.")
    title: Title = Field(description="What people call it.")
    about: PlainText = Field(description="What to know before choosing it.")
    takes: Stated[tuple[Literal["scorm12", "scorm2004", "aicc", "xapi", "cmi5"], ...]] | None = Field(
        None, description="The standards it imports."
    )
    tracking: Tracking = Field(default_factory=Tracking, description="How the learner's way is told to it.")
    limits: Limits = Field(default_factory=Limits, description="The most that it takes.")
    quirks: tuple[Quirk, ...] = Field((), description="What it does and others don't.")

    def unknown(self) -> tuple[str, ...]:
        """The names in `tracking` that nothing is known about; for these the values of «any» hold."""
        return tuple(name for name in Tracking.model_fields if getattr(self.tracking, name) is None)

    def tracked(self) -> dict[str, str]:
        """All of `tracking`, known or not, as it holds."""
        stated = {name: getattr(self.tracking, name) for name in Tracking.model_fields}
        return {name: fact.value if fact else DEFAULTS[name] for name, fact in stated.items()}

    def reporting(self) -> dict[str, str]:
        """What the player has to do differently from what it does for «any»."""
        return {name: value for name, value in self.tracked().items() if value != DEFAULTS[name]}


DEFAULTS: Mapping[str, str] = {
    "completed": "completed",
    "passed": "passed",
    "below": "incomplete",
    "under_way": "incomplete",
    "score": "ripe",
    "mastery": "own",
    "exit_unfinished": "suspend",
    "exit_finished": "",
}
"""What `any.yaml` says, at hand without reading it."""


def profile_ids() -> tuple[str, ...]:
    """The profiles there are: `any` first, the others by name."""
    names = sorted(path.stem for path in _FOLDER.glob("*.yaml"))
    return (ANY, *(name for name in names if name != ANY))


@cache
def profile(name: str) -> Profile:
    """The profile of this id. Raises KurspakkeError where there is none, or where its file is damaged."""
    path = _FOLDER / f"{name}.yaml"
    try:
        document = yamltree.read(path.read_bytes(), path.name)
    except OSError as error:
        raise KurspakkeError(f"there is no LMS profile «{name}»", f"there are {', '.join(profile_ids())}") from error
    shaped = shape(document, Profile)
    if shaped.value is None or shaped.value.id != name:
        wrong: list[Any] = [*document.faults, *shaped.mismatches]
        raise KurspakkeError(f"the LMS profile {path.name} is damaged: {wrong[:1]}", "install kurspakke again")
    return shaped.value


def reporting_of(name: str) -> dict[str, str]:
    """What the player has to do differently for this LMS. For «any» no file is read."""
    return {} if name == ANY else profile(name).reporting()
