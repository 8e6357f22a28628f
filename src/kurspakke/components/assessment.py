"""A test: questions drawn from a bank, answered in one go, handed in, and judged together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from kurspakke.components.base import Component, Interaction
from kurspakke.components.choice import Choice
from kurspakke.components.fill_in import FillIn
from kurspakke.components.hotspot import Hotspot
from kurspakke.components.matching import Matching
from kurspakke.components.numeric import Numeric
from kurspakke.components.sequencing import Sequencing
from kurspakke.components.true_false import TrueFalse
from kurspakke.findings import Severity
from kurspakke.model import Id, Inline, Markdown, Model, Title, Truth, WholeNumber
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot

BankQuestion: TypeAlias = Annotated[
    Choice | TrueFalse | FillIn | Numeric | Matching | Sequencing | Hotspot, Field(discriminator="type")
]
"""The kinds of question that are right or wrong."""


class Outcome(Model):
    """What is said about a result that is at least so high, up to the next one."""

    id: Id = Field(description="Unique among the results.")
    at_least: WholeNumber = Field(ge=0, le=100, description="Percent right; the first one is 0.")
    text: Inline = Field(description="What the learner reads.")


class Assessment(Component):
    """Questions from a bank, one at a time; nothing is judged before all of it is handed in.

    Each attempt draws anew. A learner who leaves half-way finds the same questions and the own answers again. The best
    attempt counts, and in a module with an assessment nothing else counts in the score.
    """

    PARTS: ClassVar[str] = "bank"

    type: Literal["assessment"]
    title: Title = Field(description="What it is called.")
    lead: Markdown | None = Field(None, description="What the learner reads before beginning: Markdown.")
    bank: tuple[BankQuestion, ...] = Field(min_length=1, description="The questions to draw from.")
    draw: WholeNumber | None = Field(
        None, ge=1, le=100, description="How many are asked in an attempt; all if left out."
    )
    shuffle: Truth = Field(False, description="true: the questions come in another order in each attempt.")
    shuffle_options: Truth = Field(False, description="true: so do the options of a `choice`.")
    attempts: WholeNumber | None = Field(
        None, ge=1, le=20, description="How many attempts there are; without limit if left out."
    )
    pass_mark: WholeNumber | None = Field(
        None, ge=1, le=100, description="Percent needed to pass; the module's mastery_score if left out."
    )
    results: tuple[Outcome, ...] = Field((), description="What is said about which result, the lowest first.")
    review: Literal["after-attempt", "after-last-attempt", "never"] = Field(
        "after-attempt", description="When the learner may see what was right."
    )

    @property
    def asked(self) -> int:
        """How many questions an attempt has."""
        return min(self.draw or len(self.bank), len(self.bank))

    @property
    def kept(self) -> int:
        """As many as an attempt has: a new one takes the place of the one before."""
        return self.asked

    def interactions(self) -> Iterator[tuple[str, Interaction]]:
        """All questions of the bank, whichever are drawn."""
        for question in self.bank:
            yield from question.interactions()

    def shown_to(self, audience: str) -> Assessment:
        """The assessment with the questions that are for this audience."""
        shown = tuple(item for item in self.bank if not item.show_for or audience in item.show_for)
        return self if len(shown) == len(self.bank) else self.model_copy(update={"bank": shown})


@COMPONENTS.rule(16, "bank-of-one", Severity.ERROR)
def bank_of_one(spot: Spot) -> Iterator[Problem]:
    """An assessment has more than one question.

    A question alone is a component of its own, and is judged at once.
    """
    test = spot.component
    if isinstance(test, Assessment) and len(test.bank) < 2:
        yield spot.problem(
            "the bank has one question only", "add questions, or let it stand on the page by itself", "bank"
        )


@COMPONENTS.rule(17, "results-do-not-rise", Severity.ERROR)
def results_do_not_rise(spot: Spot) -> Iterator[Problem]:
    """The texts about results begin at 0 percent and rise.

    Then something is said about every result, and each text is met by somebody.
    """
    test = spot.component
    if not isinstance(test, Assessment):
        return
    before = -1
    for index, result in enumerate(test.results):
        if index == 0 and result.at_least != 0:
            yield spot.problem(
                f"nothing is said about results below {result.at_least} percent",
                "let the first one have `at_least: 0`",
                "results",
                index,
                "at_least",
            )
        elif result.at_least <= before:
            yield spot.problem(
                f"{result.at_least} percent is not above the {before} before it",
                "put the results in order, the lowest first, each limit once",
                "results",
                index,
                "at_least",
            )
        before = max(before, result.at_least)


@COMPONENTS.rule(19, "review-never-comes", Severity.WARNING)
def review_never_comes(spot: Spot) -> Iterator[Problem]:
    """A review after the last attempt needs a last attempt.

    With attempts without limit the learner never gets to see what was right.
    """
    test = spot.component
    if isinstance(test, Assessment) and test.review == "after-last-attempt" and test.attempts is None:
        yield spot.problem(
            "there is no last attempt to review", "add `attempts:`, or choose another `review:`", "review"
        )
