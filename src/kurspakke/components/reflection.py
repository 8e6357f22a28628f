"""A question to oneself; what the learner writes stays in their browser."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Inline


class Reflection(Component):
    """A question about the learner's own work, with room to write. Never sent to the LMS."""

    type: Literal["reflection"]
    prompt: Inline = Field(description="The question.")
    form: Literal["alone", "group", "both"] = Field(
        "alone", description="To be done alone, in the group, or both."
    )
    hint: Inline | None = Field(None, description="A word of help under the question.")
