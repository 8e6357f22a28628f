"""A statement that is true or false."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Feedback, Interaction
from kurspakke.markdown import plain
from kurspakke.model import Inline, Truth


class TrueFalse(Component):
    """A statement for the learner to judge."""

    type: Literal["true-false"]
    statement: Inline = Field(description="The statement.")
    answer: Truth = Field(description="true if the statement is true.")
    feedback: Feedback | None = Field(None, description="What is said about the answer.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    def interaction(self) -> Interaction:
        """As a `true-false` interaction."""
        return Interaction("true-false", plain(self.statement), correct=("true" if self.answer else "false",))
