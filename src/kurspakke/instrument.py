"""An instrument: what a survey asks and how its answers are scored, as data in `instruments/<id>.yaml`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from kurspakke.model import Id, Inline, Markdown, Model, PlainText, Title, Truth, WholeNumber

Decimal = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9])?$")]


class Scale(Model):
    """The points to choose among, the same for all items."""

    min: WholeNumber = Field(1, ge=0, le=1, description="The lowest point.")
    max: WholeNumber = Field(5, ge=2, le=10, description="The highest point.")
    lowest: PlainText = Field(description="What the lowest point means: «Helt uenig».")
    highest: PlainText = Field(description="What the highest point means: «Helt enig».")
    dont_know: Truth = Field(True, description="true: «Vet ikke» can be chosen; it is left out of the score.")


class Group(Model):
    """Items that are scored together: a step of the staircase, or a dimension of the profile."""

    id: Id = Field(description="Unique among steps and dimensions.")
    title: Title = Field(description="What it is called.")


class Statement(Model):
    """One item: a statement to agree or disagree with."""

    id: Id = Field(description="Unique in the instrument; never changes, since answers are kept by it.")
    text: Inline = Field(description="The statement.")
    step: Id | None = Field(None, description="The step it belongs to, if there are steps.")
    dimension: Id | None = Field(None, description="The dimension it belongs to, if there are dimensions.")
    weight: WholeNumber = Field(1, ge=1, le=10, description="How much it counts.")
    reversed: Truth = Field(False, description="true: to agree gives few points.")


class Scoring(Model):
    """How answers become a score."""

    method: Literal["mean"] = Field("mean", description="mean: the weighted mean of the points.")
    min_answered: WholeNumber = Field(
        60, ge=1, le=100, description="Percent of a group's items that must be answered for a score."
    )


class Threshold(Model):
    """What is said about a group whose score is at least so high, up to the next threshold that may be said.

    A group gets one text on where it stands (`position`), and one on what it hinders or makes possible.
    """

    id: Id = Field(description="Unique among the thresholds.")
    at_least: Decimal = Field(description="A point on the scale, with one decimal at most.")
    kind: Literal["position", "barrier", "opportunity"] = Field(
        description="Under which heading: position (ståsted), barrier or opportunity. Positions are chosen apart."
    )
    about: Id | None = Field(
        None, description="The step or dimension; all of those without one of their own."
    )
    text: Inline = Field(description="What is said.")

    @property
    def tenths(self) -> int:
        """The limit in tenths of a point."""
        whole, _, part = self.at_least.partition(".")
        return int(whole) * 10 + int(part or 0)


class Instrument(Model):
    """A survey's statements, scale, scoring and texts. Frameworks and instruments are data, never code."""

    id: Id = Field(description="The file's name without .yaml, for ever the same.")
    title: Title = Field(description="What it is called.")
    introduction: Markdown | None = Field(None, description="What the learner reads before the statements.")
    framework: PlainText | None = Field(None, description="The framework it builds on, with version or year.")
    credit: PlainText = Field(description="Who made it; stands by the result.")
    example: Truth = Field(False, description="true: the statements are examples; the learner is told.")
    scale: Scale = Field(description="The points to choose among.")
    ambition: Truth = Field(
        False, description="true: each statement is answered for now and for the ambition."
    )
    steps: tuple[Group, ...] = Field((), description="The steps of a staircase, the lowest first.")
    dimensions: tuple[Group, ...] = Field((), description="The dimensions of a profile.")
    items: tuple[Statement, ...] = Field(min_length=1, description="The statements, in this order.")
    scoring: Scoring = Field(
        default_factory=lambda: Scoring(method="mean", min_answered=60), description="How answers are scored."
    )
    thresholds: tuple[Threshold, ...] = Field((), description="What is said about which score.")


def instrument_file(name: str) -> str:
    """Where an instrument stands."""
    return f"instruments/{name}.yaml"


def scoring_data(instrument: Instrument) -> dict[str, Any]:
    """What the player needs to score the answers; the longer texts it finds on the page."""
    return {
        "scale": {"min": instrument.scale.min, "max": instrument.scale.max},
        "ambition": instrument.ambition,
        "steps": [group.model_dump() for group in instrument.steps],
        "dimensions": [group.model_dump() for group in instrument.dimensions],
        "items": [
            {
                "id": item.id,
                "step": item.step,
                "dimension": item.dimension,
                "weight": item.weight,
                "reversed": item.reversed,
            }
            for item in instrument.items
        ],
        "min_answered": instrument.scoring.min_answered,
        "thresholds": [
            [limit.tenths, limit.about, *([True] if limit.kind == "position" else [])]
            for limit in instrument.thresholds
        ],
    }
