"""A question that is answered with a word or a few."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Feedback, Interaction
from kurspakke.findings import Severity
from kurspakke.markdown import plain
from kurspakke.model import Inline, PlainText, Truth
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot
from kurspakke.state import TYPED, typed

DELIMITERS = ("[,]", "[.]", "[:]")
"""What parts an answer from the next in xAPI (1.0.3, interaction activities)."""


class FillIn(Component):
    """A question with a field for a word or a few.

    What the learner types here is an answer to a question: it is sent to the LMS, and the first 80 characters are kept
    with the progress. Ask for a fact, never for anything about the learner; for that there is `reflection`.
    """

    type: Literal["fill-in"]
    prompt: Inline = Field(description="The question.")
    accepted: tuple[PlainText, ...] = Field(
        min_length=1,
        max_length=20,
        description="The answers that are right, the best first; each is right alone.",
    )
    case_sensitive: Truth = Field(
        False,
        description="true: capitals and spaces count. Otherwise «e post» and «E-post» differ by the - only.",
    )
    feedback: Feedback | None = Field(None, description="What is said about the answer.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    def interaction(self) -> Interaction:
        """As a `fill-in` interaction."""
        return Interaction("fill-in", plain(self.prompt), correct=self.accepted, exact=self.case_sensitive)


def _compared(question: FillIn, text: str) -> str:
    """An answer as it is compared with others."""
    text = unicodedata.normalize("NFC", text)
    return text if question.case_sensitive else "".join(text.split()).lower()


@COMPONENTS.rule(32, "accepted-answer", Severity.ERROR, spec="xAPI 1.0.3, 2.4.4.1 (interaction activities)")
def accepted_answer(spot: Spot) -> Iterator[Problem]:
    """An accepted answer can be typed, kept and reported: short, different from the others, without `[,]`.

    80 characters are kept with the learner's progress; æ, ø, å, full stop and comma take two of them, other letters with
    marks five. `[,]`, `[.]` and `[:]` part one answer from the next in xAPI.
    """
    question = spot.component
    if not isinstance(question, FillIn):
        return
    forms = [_compared(question, text) for text in question.accepted]
    for index, text in enumerate(question.accepted):
        problem = None
        if len(typed(text)) > TYPED:
            problem = "is too long to be kept", "ask for a shorter answer, or make it a choice"
        elif any(delimiter in text for delimiter in DELIMITERS):
            problem = "holds a sign that parts answers in xAPI", "leave out [,] and [.] and [:]"
        elif forms[index] in forms[:index]:
            problem = "is the same as one above it", "remove one of them; case and spaces do not count"
        if problem:
            yield spot.problem(f"«{text}» {problem[0]}", problem[1], "accepted", index)
