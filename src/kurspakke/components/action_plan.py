"""A plan of action, written by the learner; it stays in their browser."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Id, Inline, Model, PlainText, Title, WholeNumber


class Belonging(Model):
    """A plan or document that a measure can belong in."""

    id: Id = Field(description="Unique in the list.")
    text: PlainText = Field(
        description="What it is called: kommuneplanens samfunnsdel, handlingsdel, temaplan …"
    )


class ActionPlan(Component):
    """Measures with owner, deadline, effect and where they belong. Kept in the browser; to take along as a file."""

    type: Literal["action-plan"]
    title: Title = Field(description="The heading.")
    prompt: Inline | None = Field(None, description="What the plan is for.")
    belongs_to: tuple[Belonging, ...] = Field(
        min_length=1, description="The plans and documents to choose among."
    )
    rows: WholeNumber = Field(3, ge=1, le=10, description="How many empty measures the plan begins with.")
