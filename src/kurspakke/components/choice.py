"""A question with options, one or several of them right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Feedback, Interaction, Lettered
from kurspakke.components.picture import Pictured
from kurspakke.findings import Severity
from kurspakke.leaves import parts
from kurspakke.markdown import plain
from kurspakke.model import Inline, Truth
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Answer(Lettered):
    """One of several answers to choose from, right or wrong."""

    correct: Truth = Field(False, description="true if it is right.")
    feedback: Inline | None = Field(None, description="What the learner who chose it reads.")


class Option(Answer, Pictured):
    """An answer in words, as a picture, or both."""

    text: Inline | None = Field(
        None, description="The answer; a picture that is the answer says it in `alt` instead."
    )

    @property
    def words(self) -> str:
        """The answer as plain text, as LMSs report it."""
        return plain(self.text) if self.text else self.alt or ""


class Options(Component):
    """A question with answers to choose from: radio buttons with one right answer, check boxes with several."""

    prompt: Inline = Field(description="The question.")
    options: tuple[Answer, ...]
    feedback: Feedback | None = Field(None, description="What is said about the answer as a whole.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    @property
    def several(self) -> bool:
        """True if several options are right together."""
        return sum(option.correct for option in self.options) > 1

    @property
    def right(self) -> tuple[str, ...]:
        """The ids of the right options."""
        return tuple(option.id for option in self.options if option.correct)


class Choice(Options):
    """A question: radio buttons with one right option, check boxes with several."""

    type: Literal["choice"]
    options: tuple[Option, ...] = Field(
        min_length=1, max_length=36, description="The options, in this order."
    )

    def interaction(self) -> Interaction:
        """As a `choice` interaction."""
        options = tuple((option.id, option.words) for option in self.options)
        return Interaction("choice", plain(self.prompt), options, self.right)


@COMPONENTS.rule(8, "no-right-answer", Severity.ERROR)
def no_right_answer(spot: Spot) -> Iterator[Problem]:
    """A question needs a right answer.

    Without one, nobody can get it right, and a module that asks for right answers is never completed.
    """
    question = spot.component
    if isinstance(question, Options) and not question.right:
        yield spot.problem(
            "no option is right", "add `correct: true` to the right option (or options)", "options"
        )


@COMPONENTS.rule(9, "too-few-options", Severity.ERROR)
def too_few_options(spot: Spot) -> Iterator[Problem]:
    """A question needs at least two options, and one that is wrong.

    With nothing to choose between it asks nothing.
    """
    question = spot.component
    if not isinstance(question, Options):
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
    """Each option of a question has an id of its own, and so has each item, source, target and step of a scale.

    Answers are stored and reported by it, so two of the same id could not be told apart.
    """
    seen = set()
    for keys, part in parts(spot.component, Lettered):
        if (keys[:-1], part.id) in seen:
            yield spot.problem(
                f"the option id «{part.id}» stands twice", "give each option its own character", *keys, "id"
            )
        seen.add((keys[:-1], part.id))


@COMPONENTS.rule(31, "option-without-words", Severity.ERROR, spec="WCAG 2.1, 1.1.1")
def option_without_words(spot: Spot) -> Iterator[Problem]:
    """An option says in words what it is: in its text, or in the text alternative of its picture.

    Those who hear the page choose between the words, and LMSs report the answer by them.
    """
    for keys, option in parts(spot.component, Option):
        if not option.text and not option.alt:
            yield spot.problem(
                f"the option «{option.id}» has no words", "add `text:`, or `alt:` to its picture", *keys
            )
