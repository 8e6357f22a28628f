"""A question with options, one or several of them right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kurspakke.components.base import Component, Interaction
from kurspakke.findings import Severity
from kurspakke.markdown import plain
from kurspakke.model import Inline, Model, Truth
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot

OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]$")]


class Feedback(Model):
    """What the learner reads after having answered."""

    correct: Inline | None = Field(None, description="When the answer was right.")
    wrong: Inline | None = Field(None, description="When it was not.")


class Option(Model):
    """One of the answers to choose from."""

    id: OptionId = Field(
        description="One character, a-z or 0-9 (SCORM 1.2 reports answers so); never changes."
    )
    text: Inline = Field(description="The answer.")
    correct: Truth = Field(False, description="true if it is right.")
    feedback: Inline | None = Field(None, description="What the learner who chose it reads.")


class Choice(Component):
    """A question: radio buttons with one right option, check boxes with several."""

    type: Literal["choice"]
    prompt: Inline = Field(description="The question.")
    options: tuple[Option, ...] = Field(
        min_length=1, max_length=36, description="The options, in this order."
    )
    feedback: Feedback | None = Field(None, description="What is said about the answer as a whole.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    @property
    def several(self) -> bool:
        """True if several options are right together."""
        return sum(option.correct for option in self.options) > 1

    def interaction(self) -> Interaction:
        """As a `choice` interaction."""
        return Interaction(
            "choice",
            plain(self.prompt),
            tuple((option.id, plain(option.text)) for option in self.options),
            tuple(option.id for option in self.options if option.correct),
        )


@COMPONENTS.rule(8, "no-right-answer", Severity.ERROR)
def no_right_answer(spot: Spot) -> Iterator[Problem]:
    """A question needs a right answer.

    Without one, nobody can get it right, and a module that asks for right answers is never completed.
    """
    question = spot.component
    if isinstance(question, Choice) and not any(option.correct for option in question.options):
        yield spot.problem(
            "no option is right", "add `correct: true` to the right option (or options)", "options"
        )


@COMPONENTS.rule(9, "too-few-options", Severity.ERROR)
def too_few_options(spot: Spot) -> Iterator[Problem]:
    """A question needs at least two options, and one that is wrong.

    With nothing to choose between it asks nothing.
    """
    question = spot.component
    if not isinstance(question, Choice):
        return
    if len(question.options) < 2:
        yield spot.problem(
            "the question has one option only", "add the options it is to be chosen from", "options"
        )
    elif all(option.correct for option in question.options):
        yield spot.problem(
            "every option is right", "add an option that is wrong, or ask something else", "options"
        )


@COMPONENTS.rule(10, "duplicate-option", Severity.ERROR)
def duplicate_option(spot: Spot) -> Iterator[Problem]:
    """Each option of a question has an id of its own.

    Answers are stored and reported by it, so two options of the same id could not be told apart.
    """
    question = spot.component
    if isinstance(question, Choice):
        ids = [option.id for option in question.options]
        for index, option in enumerate(question.options):
            if option.id in ids[:index]:
                yield spot.problem(
                    f"the option id «{option.id}» stands twice",
                    "give each option its own character",
                    "options",
                    index,
                    "id",
                )
