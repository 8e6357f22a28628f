"""Choosing what matters most, in order; the choice stays in the learner's browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import Id, Inline, Model, PlainText, Title, WholeNumber
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Candidate(Model):
    """One of the things to choose among."""

    id: Id = Field(description="Unique in the list; never changes, since the learner's choice is kept by it.")
    text: PlainText = Field(description="What it is, in a few words.")


class Prioritise(Component):
    """Choose up to so many of the items, and put them in order. Never sent to the LMS."""

    type: Literal["prioritise"]
    title: Title = Field(description="The heading.")
    prompt: Inline = Field(description="What to look for when choosing.")
    most: WholeNumber = Field(ge=1, le=20, description="How many may be chosen.")
    items: tuple[Candidate, ...] = Field(min_length=2, description="What there is to choose among.")


@COMPONENTS.rule(52, "nothing-to-leave-out", Severity.ERROR)
def nothing_to_leave_out(spot: Spot) -> Iterator[Problem]:
    """To prioritise is to leave something out.

    Where as many may be chosen as there are, nobody has to choose.
    """
    task = spot.component
    if isinstance(task, Prioritise) and task.most >= len(task.items):
        yield spot.problem(
            f"all {len(task.items)} items may be chosen",
            f"let `most` be {len(task.items) - 1} or less, or add items",
            "most",
        )
