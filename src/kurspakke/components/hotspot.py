"""A question about a picture: which part of it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from kurspakke.components.base import Interaction
from kurspakke.components.choice import Answer, Options
from kurspakke.components.picture import Illustration
from kurspakke.findings import Severity
from kurspakke.markdown import plain
from kurspakke.model import Inline, Number
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot

Percent = Annotated[Number, Field(ge=0, le=100)]
Extent = Annotated[Number, Field(ge=1, le=100)]


class Region(Answer):
    """A rectangle in the picture. It stands in a list beside the picture too, by its name."""

    text: Inline = Field(description="What the learner sees there, without giving the answer away.")
    x: Percent = Field(description="Its left edge, in percent of the picture's width.")
    y: Percent = Field(description="Its upper edge, in percent of the picture's height.")
    width: Extent = Field(description="Its width, in percent of the picture's width.")
    height: Extent = Field(description="Its height, in percent of the picture's height.")


class Hotspot(Options, Illustration):
    """A picture with numbered regions; the learner points one out, or chooses it in the list beside the picture.

    Reported as `choice`: the regions are its options.
    """

    type: Literal["hotspot"]
    options: tuple[Region, ...] = Field(
        min_length=1, max_length=36, description="The regions of the picture, in this order."
    )

    def interaction(self) -> Interaction:
        """As a `choice` interaction."""
        regions = tuple((region.id, plain(region.text)) for region in self.options)
        return Interaction("choice", plain(self.prompt), regions, self.right)


@COMPONENTS.rule(35, "region-outside-picture", Severity.ERROR)
def region_outside_picture(spot: Spot) -> Iterator[Problem]:
    """A region lies within its picture.

    Left edge and width together are at most 100 percent, upper edge and height too; what sticks out cannot be seen.
    """
    question = spot.component
    for index, region in enumerate(question.options if isinstance(question, Hotspot) else ()):
        if region.x + region.width > 100 or region.y + region.height > 100:
            yield spot.problem(
                f"the region «{region.id}» sticks out of the picture",
                "make it smaller, or move it: x + width and y + height are at most 100",
                "options",
                index,
            )
