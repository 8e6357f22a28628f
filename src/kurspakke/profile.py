"""An LMS profile: what an LMS takes, limits and does, each with its source.

A value that a profile does not state is not known; then the one that works everywhere holds (`profiles/any.yaml`).
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import Field

from kurspakke.model import Date, Id, Model, PlainText, Title, WholeNumber
from kurspakke.profiles import DEFAULTS

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
        None,
        description="Whose pass mark counts: the course's, or cmi.student_data.mastery_score if there is one.",
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
    tracking: Tracking = Field(
        default_factory=lambda: Tracking.model_validate({}),
        description="How the learner's way is told to it.",
    )
    limits: Limits = Field(
        default_factory=lambda: Limits.model_validate({}), description="The most that it takes."
    )
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
