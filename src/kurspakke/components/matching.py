"""Things to be put together in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component, Feedback, Interaction, Letter, Lettered, Part
from kurspakke.findings import Severity
from kurspakke.markdown import plain
from kurspakke.model import Inline, PlainText
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.rules.suggest import did_you_mean
from kurspakke.spot import Spot


class Source(Part):
    """Something that one of the targets belongs to."""

    target: Letter = Field(description="The id of the target that belongs to it.")


class Target(Lettered):
    """What can be chosen for each source. Several sources may have the same, and some may belong to none."""

    text: PlainText = Field(description="What the learner reads in the list.")


class Matching(Component):
    """A list of things; for each of them the learner chooses, in a list, what belongs to it."""

    type: Literal["matching"]
    prompt: Inline = Field(description="What is to be matched with what.")
    sources: tuple[Source, ...] = Field(
        min_length=2, max_length=20, description="What something belongs to, in this order."
    )
    targets: tuple[Target, ...] = Field(
        min_length=2, max_length=20, description="What is chosen among, in this order."
    )
    feedback: Feedback | None = Field(None, description="What is said about the answer as a whole.")
    explanation: Inline | None = Field(None, description="What is said whatever was answered.")

    def interaction(self) -> Interaction:
        """As a `matching` interaction."""
        return Interaction(
            "matching",
            plain(self.prompt),
            tuple((source.id, plain(source.text)) for source in self.sources),
            tuple(f"{source.id}.{source.target}" for source in self.sources),
            tuple((target.id, target.text) for target in self.targets),
        )

    def target_of(self, source: Source) -> str:
        """The text of what belongs to a source; "" if there is no such target."""
        return next((target.text for target in self.targets if target.id == source.target), "")


@COMPONENTS.rule(34, "unknown-target", Severity.ERROR)
def unknown_target(spot: Spot) -> Iterator[Problem]:
    """The target of a source is one of the question's targets.

    Otherwise nobody can get it right.
    """
    question = spot.component
    if not isinstance(question, Matching):
        return
    known = [target.id for target in question.targets]
    for index, source in enumerate(question.sources):
        if source.target not in known:
            hint = did_you_mean(source.target, known, "add it under `targets:`")
            yield spot.problem(f"there is no target «{source.target}»", hint, "sources", index, "target")
