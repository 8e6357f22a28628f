"""How an LMS answers the calls of SCORM 1.2: what the preview's stand-in for it does as it does.

The learner's browser has the other half: `src/runtime/src/lms/temperament.ts`, with the same names, and the standard's
behaviour for what is not known.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kurspakke.lmsfacts import Stated
from kurspakke.model import Id, Model, Title, WholeNumber

Element = Annotated[str, StringConstraints(pattern=r"^cmi(\.[a-z_]+)+$")]


class StandIn(Model):
    """What content meets. A fact that is not stated is not known; then the stand-in keeps to the standard."""

    suspend_data: Stated[WholeNumber] | None = Field(
        None,
        description="Characters of cmi.suspend_data that it takes, where that is not limits.suspend_data.",
    )
    lesson_location: Stated[WholeNumber] | None = Field(
        None, description="Characters of the bookmark, where that is not limits.lesson_location."
    )
    student_response: Stated[WholeNumber] | None = Field(
        None, description="Characters of an answer, where that is not limits.student_response."
    )
    comments: Stated[WholeNumber] | None = Field(
        None, description="Characters of cmi.comments that a call may add."
    )
    types: Stated[Literal["checked", "unchecked"]] | None = Field(
        None, description="Whether values are held to the data types of the standard."
    )
    names: Stated[Literal["checked", "free"]] | None = Field(
        None, description="free: elements that the standard does not have are taken too."
    )
    errors: Stated[Literal["told", "silent"]] | None = Field(
        None, description="silent: LMSGetLastError says 0 whatever has happened."
    )
    entry: Stated[Literal["told", "ab-initio", ""]] | None = Field(
        None, description="What cmi.core.entry says whatever it ought to; told: what it ought to."
    )
    blank: Stated[tuple[Element, ...]] | None = Field(
        None, description="Elements that are read as nothing, whatever was set."
    )
    name: Stated[Literal["family-first", "given-first"]] | None = Field(
        None, description="How it writes cmi.core.student_name."
    )
    saves: Stated[Literal["commit", "each-set"]] | None = Field(
        None, description="each-set: each LMSSetValue is kept, and LMSCommit does nothing."
    )
    sends: Stated[Literal["all", "changes"]] | None = Field(
        None,
        description="changes: a commit sends what differs from the one before, whether that arrived or not.",
    )
    unreached: Stated[Literal["false", "true"]] | None = Field(
        None, description="What LMSCommit answers while the LMS can't be reached."
    )
    finish: Stated[Literal["there", "missing"]] | None = Field(
        None, description="Whether the API has LMSFinish."
    )
    unset_status: Stated[Literal["kept", "completed"]] | None = Field(
        None, description="The status after a session in which none was set."
    )
    mastery: Stated[Literal["judges-unset", "judges-completed", "overrides", "ignored"]] | None = Field(
        None,
        description="When masteryscore decides the status at LMSFinish: where none was set, where it is completed, "
        "whatever it is, or never.",
    )
    after_done: Stated[Literal["normal", "review"]] | None = Field(
        None, description="The mode in which a package opens after passed, completed or failed."
    )
    no_credit: Stated[Literal["stored", "dropped"]] | None = Field(
        None, description="What becomes of score and status that are written in review or browse mode."
    )
    score_counts: Stated[Literal["always", "with-status", "at-finish"]] | None = Field(
        None,
        description="When a score becomes a grade: always, once a status ends the course, or at LMSFinish.",
    )
    failed: Stated[Literal["failed", "incomplete"]] | None = Field(
        None, description="What its reports make of the status failed."
    )


class Setting(Model):
    """A setting of the LMS that changes how it answers."""

    id: Id = Field(description="The stand-in is called by the profile's id, a hyphen and this.")
    title: Title = Field(description="What the LMS calls it.")
    stand_in: StandIn = Field(description="What differs.")
