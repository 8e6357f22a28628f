"""A question that is answered with a number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Feedback, Interaction
from kurspakke.findings import Severity
from kurspakke.markdown import plain
from kurspakke.model import Inline, Number, PlainText
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Numeric(Component):
    """A question with a field for a number; the learner may write a decimal comma or a decimal point.

    Either `answer` is right, give or take `tolerance`, or everything from `min` to `max`.
    """

    type: Literal["numeric"]
    prompt: Inline = Field(description="The question.")
    answer: Number | None = Field(None, description="The right number.")
    tolerance: Number = Field(Decimal(), ge=0, description="How far from `answer` is still right.")
    min: Number | None = Field(None, description="The lowest right number, instead of `answer`.")
    max: Number | None = Field(None, description="The highest right number, instead of `answer`.")
    unit: PlainText | None = Field(None, description="What is counted or measured; stands after the field.")
    feedback: Feedback | None = Field(None, description="What is said about the answer.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    def interaction(self) -> Interaction:
        """As a `numeric` interaction: lowest and highest right number, and the number itself."""
        correct: tuple[str, ...]
        if self.answer is None:
            correct = (_written(self.min), _written(self.max))
        else:
            low, high = self.answer - self.tolerance, self.answer + self.tolerance
            correct = (_written(low), _written(high), _written(self.answer))
        return Interaction("numeric", plain(self.prompt), correct=correct)

    @property
    def solution(self) -> str:
        """What is right, in signs: `12`, `12 ± 0.5`, `10–15`, `≥ 10`."""
        if self.answer is not None:
            return _written(self.answer) + (f" ± {_written(self.tolerance)}" if self.tolerance else "")
        if self.min is not None and self.max is not None:
            return f"{_written(self.min)}–{_written(self.max)}"
        return f"≤ {_written(self.max)}" if self.min is None else f"≥ {_written(self.min)}"


def _written(number: Decimal | None) -> str:
    """A number in the shortest form that JavaScript and the standards read: `12.5`, `-3`; "" for none."""
    if number is None:
        return ""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


@COMPONENTS.rule(33, "right-number", Severity.ERROR)
def right_number(spot: Spot) -> Iterator[Problem]:
    """A question for a number says which number is right, in one way.

    Either `answer`, with `tolerance` if it need not be met exactly; or `min`, `max` or both, the lower first.
    """
    question = spot.component
    if not isinstance(question, Numeric):
        return
    ranged = question.min is not None or question.max is not None
    if question.answer is None and not ranged:
        yield spot.problem("no number is right", "add `answer:`, or `min:` and `max:`")
    elif question.answer is not None and ranged:
        yield spot.problem("`answer` and a range are given", "keep one of them", "answer")
    elif question.answer is None and question.tolerance:
        yield spot.problem(
            "`tolerance` belongs to `answer`", "remove it, or make the range wider", "tolerance"
        )
    elif question.min is not None and question.max is not None and question.min > question.max:
        yield spot.problem("`min` is above `max`", "let them change places", "min")
