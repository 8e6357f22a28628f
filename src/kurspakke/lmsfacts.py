"""The facts about an LMS, each with its source: how it is told, what it limits, what it wants of a package.

A fact that is not stated is not known.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import ConfigDict, Field, StringConstraints

from kurspakke.model import Date, Model, PlainText, Truth, WholeNumber

_Value = TypeVar("_Value")

Standard = Literal["scorm12", "scorm2004", "aicc", "xapi", "cmi5"]
Edition = Literal["2nd", "3rd", "4th"]
Report = Literal["status", "score", "time", "bookmark", "interactions", "objectives"]
Extension = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]


class Cited(Model):
    """Something that is known, and from where."""

    source: PlainText = Field(description="Where it was read, with the version where there is one.")
    noted: Date = Field(description="The day it was noted here: LMSs change.")

    @property
    def cited(self) -> str:
        """The source with its day, for messages."""
        return f"{self.source}, noted {self.noted}"


def _may_stay_empty(schema: dict[str, Any]) -> None:
    """Editors take `value:` with nothing after it, as questionnaires have it where nothing is known."""
    schema["properties"]["value"] = {"anyOf": [schema["properties"]["value"], {"type": "null"}]}


class Stated(Cited, Generic[_Value]):
    """A value that is known."""

    model_config = ConfigDict(json_schema_extra=_may_stay_empty)

    value: _Value = Field(description="The value.")


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
    path: Stated[WholeNumber] | None = Field(None, description="Characters of a file's path in the package.")
    package_megabytes: Stated[WholeNumber] | None = Field(None, description="Megabytes of a package.")
    xapi_megabytes: Stated[WholeNumber] | None = Field(
        None, description="Megabytes of an xAPI package, where it is not package_megabytes."
    )
    session_minutes: Stated[WholeNumber] | None = Field(
        None, description="Minutes without a call until the session has expired."
    )


class Packaging(Model):
    """What it wants of a package."""

    editions: Stated[tuple[Edition, ...]] | None = Field(
        None, description="The editions of SCORM 2004 that it imports."
    )
    sequencing: Stated[Literal["followed", "ignored"]] | None = Field(
        None, description="Whether it follows SCORM 2004's rules for the order of the parts."
    )
    manifest_at_root: Stated[Truth] | None = Field(
        None, description="Whether the manifest has to stand at the root of the zip."
    )
    launches: Stated[Literal["manifest", "first-resource"]] | None = Field(
        None, description="What it opens: what the manifest's items say, or the first resource."
    )
    file_names: Stated[Literal["any", "plain"]] | None = Field(
        None, description="plain: names with other characters than A-Z, a-z, 0-9, -, _ and . are refused."
    )
    lost_characters: Stated[PlainText] | None = Field(
        None, description="Characters that it takes out of file names, one after the other."
    )
    base_names: Stated[Literal["free", "unique"]] | None = Field(
        None, description="unique: files of the same name in different folders are mixed up."
    )
    blocked_extensions: Stated[tuple[Extension, ...]] | None = Field(
        None, description="Endings of file names that it refuses, without the dot."
    )
    insecure: Stated[Literal["allowed", "refused"]] | None = Field(
        None, description="Whether pages may load from http addresses."
    )
    other_hosts: Stated[Literal["allowed", "refused"]] | None = Field(
        None, description="Whether pages may load from other hosts."
    )
    several_activities: Stated[Literal["together", "first-completes"]] | None = Field(
        None,
        description="first-completes: the first activity of a Tin Can package that is done completes it all.",
    )


class Window(Model):
    """Where and how it opens a package."""

    opens: Stated[Literal["frame", "window", "either"]] | None = Field(
        None, description="In a frame of its own page, in a new window, or as the administrator says."
    )
    new_tab: Stated[Literal["connected", "disconnected"]] | None = Field(
        None, description="Whether a package in a new tab can still report."
    )
    unload: Stated[Literal["allowed", "blocked"]] | None = Field(
        None, description="Whether the event `unload` comes when the page is left."
    )
    offline: Stated[Truth] | None = Field(
        None, description="Whether packages can be taken without a network."
    )
