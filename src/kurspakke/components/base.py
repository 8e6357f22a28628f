"""What all components have in common, and the form in which the interactive ones are reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from kurspakke.model import Id, Model

InteractionType = Literal["choice", "true-false"]


@dataclass(frozen=True, slots=True)
class Interaction:
    """A question as SCORM 1.2 (`cmi.interactions`) and xAPI (`cmi.interaction`) report it.

    `choices` are (id, text) pairs; `correct` is the set of ids that together are right, or `true`/`false`.
    """

    type: InteractionType
    title: str
    choices: tuple[tuple[str, str], ...]
    correct: tuple[str, ...]


class Component(Model):
    """One building block of a page. `id` is written by the author and never changes: results hang on it."""

    id: Id = Field(description="Unique in its module, for ever the same: learners' results hang on it.")
    show_for: tuple[Id, ...] = Field((), description="The audiences that meet this; everybody if left out.")

    def interaction(self) -> Interaction | None:
        """The question this component asks, or None."""
        return None
