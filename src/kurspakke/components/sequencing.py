"""Things to be put in order."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Feedback, Interaction, Part
from kurspakke.markdown import plain
from kurspakke.model import Inline


class Sequencing(Component):
    """A list that the learner puts in order with a button up and a button down on each item."""

    type: Literal["sequencing"]
    prompt: Inline = Field(description="What is to be put in which order.")
    items: tuple[Part, ...] = Field(
        min_length=2, max_length=20, description="The items in their right order; learners meet them mixed."
    )
    feedback: Feedback | None = Field(None, description="What is said about the answer as a whole.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    def interaction(self) -> Interaction:
        """As a `sequencing` interaction."""
        return Interaction(
            "sequencing",
            plain(self.prompt),
            tuple((item.id, plain(item.text)) for item in self.mixed),
            tuple(item.id for item in self.items),
        )

    @property
    def mixed(self) -> tuple[Part, ...]:
        """The items as the learner meets them: the same in every build, and never in the right order."""

        def chance(item: Part) -> bytes:
            return hashlib.sha256(f"{self.id}.{item.id}".encode()).digest()

        mixed = tuple(sorted(self.items, key=chance))
        return mixed[1:] + mixed[:1] if mixed == self.items else mixed
