"""A question for an opinion: no answer is right."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Interaction, Part
from kurspakke.markdown import plain
from kurspakke.model import Inline, Truth


class Likert(Component):
    """A statement or question with a scale of answers, none of them right; it has no part in completion or score.

    Opinions are personal: the answer stays in the learner's browser like a reflection, unless `report` is true. Then it
    goes to the LMS, and the learner is told so beside the question.
    """

    type: Literal["likert"]
    prompt: Inline = Field(description="The statement or question.")
    scale: tuple[Part, ...] = Field(
        min_length=2, max_length=11, description="The answers from one end to the other, each with its label."
    )
    report: Truth = Field(
        False, description="true: the answer is sent to the LMS, and the learner is told so."
    )

    def interaction(self) -> Interaction | None:
        """As a `likert` interaction, if it is reported at all."""
        if not self.report:
            return None
        return Interaction(
            "likert", plain(self.prompt), tuple((step.id, plain(step.text)) for step in self.scale)
        )
