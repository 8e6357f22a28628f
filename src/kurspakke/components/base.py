"""What all components have in common, and the form in which the interactive ones are reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from kurspakke.model import Id, Inline, Local, Model

InteractionType = Literal["choice", "true-false", "fill-in", "numeric", "matching", "sequencing", "likert"]
Letter = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]$")]
"""The id of a part of a question: one character, since that is how SCORM 1.2 reports answers."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """A question as SCORM 1.2 (`cmi.interactions`) and xAPI (`cmi.interaction`) report it.

    `choices` are (id, text) pairs: what is chosen among, put in order or matched with `targets`. `correct` is

    * choice: the ids that together are right; sequencing: all ids in their right order;
    * true-false: `true` or `false`; matching: each choice with its target, `a.1`;
    * fill-in: the accepted answers, each right alone; `exact` if case and spaces count in them;
    * numeric: lowest and highest right number ("" for none), and the number itself where there is one;
    * likert: nothing, and the question has no part in the score.
    """

    type: InteractionType
    title: str
    choices: tuple[tuple[str, str], ...] = ()
    correct: tuple[str, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    exact: bool = False

    @property
    def is_judged(self) -> bool:
        """True if an answer is right or wrong."""
        return self.type != "likert"


class Feedback(Model):
    """What the learner reads after having answered."""

    correct: Inline | None = Field(None, description="When the answer was right.")
    wrong: Inline | None = Field(None, description="When it was not.")


class Lettered(Model):
    """A part of a question that answers name."""

    id: Letter = Field(description="One character, a-z or 0-9 (SCORM 1.2 reports answers so); never changes.")


class Part(Lettered):
    """An item to order, a thing to match, a step of a scale."""

    text: Inline = Field(description="What the learner reads.")


class Component(Model):
    """One building block of a page. `id` is written by the author and never changes: results hang on it."""

    PARTS: ClassVar[str] = ""
    """The field with the components inside this one, each with an id and rules of its own; "" if there is none."""

    id: Id = Field(description="Unique in its module, for ever the same: learners' results hang on it.")
    show_for: tuple[Id, ...] = Field((), description="The audiences that meet this; everybody if left out.")
    goals: tuple[Id, ...] = Field((), description="The goals of its module that it serves.")
    local: Local = Field(
        "locked", description="allowed: a local edition may put one of its own in its place."
    )

    def interaction(self) -> Interaction | None:
        """The question this component asks, or None."""
        return None

    def interactions(self) -> Iterator[tuple[str, Interaction]]:
        """Every question it asks or may ask, each with its id."""
        if found := self.interaction():
            yield self.id, found

    def inner(self) -> tuple[Component, ...]:
        """The components inside this one."""
        return getattr(self, self.PARTS) if self.PARTS else ()

    @property
    def kept(self) -> int | None:
        """How many answers are kept at a time where they are handed in together; None where each is by itself."""
        return None
