"""Work in a group, with what comes before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import Markdown, Model, PlainText, Title, WholeNumber
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Phase(Model):
    """One of the three phases."""

    minutes: WholeNumber = Field(ge=1, le=480, description="How long the phase takes.")
    form: Literal["alone", "group"] = Field(description="To be done alone or in the group.")
    text: Markdown = Field(description="What the participants do: Markdown.")
    materials: PlainText | None = Field(None, description="What they need to have at hand: «kart, blyant».")


class GroupWork(Component):
    """Facilitated work in exactly three phases. The participants' sheet and the guide print each by itself."""

    type: Literal["group-work"]
    title: Title = Field(description="What the work is about.")
    preparation: Phase = Field(description="What each does before the gathering.")
    gathering: Phase = Field(description="What the group does together.")
    follow_up: Phase = Field(description="What is done afterwards.")
    facilitator: Markdown = Field(description="The guide for whoever leads the gathering: Markdown.")


@COMPONENTS.rule(51, "gathering-alone", Severity.ERROR)
def gathering_alone(spot: Spot) -> Iterator[Problem]:
    """A gathering is done together.

    What each can do alone belongs in the preparation or the follow-up; people's common time is for what needs them all.
    """
    work = spot.component
    if isinstance(work, GroupWork) and work.gathering.form == "alone":
        yield spot.problem(
            "the gathering is to be done alone",
            "write `form: group`, or move the work to preparation or follow_up",
            "gathering",
            "form",
        )
