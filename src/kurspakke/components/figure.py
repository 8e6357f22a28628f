"""A picture with its text alternative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import Inline, Picture, PlainText, Truth
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Figure(Component):
    """A picture. `alt` says what matters in it; a picture that adds nothing says `decorative: true` instead."""

    type: Literal["figure"]
    src: Picture = Field(description="File in the module's media/ folder: svg, png, jpg or jpeg.")
    alt: PlainText | None = Field(
        None, description="What matters in the picture, for those who don't see it."
    )
    decorative: Truth = Field(False, description="true: the picture carries no meaning and has no alt.")
    caption: Inline | None = Field(None, description="Text under the picture.")
    credit: PlainText | None = Field(None, description="Who made the picture, and under which licence.")


@COMPONENTS.rule(1, "picture-without-alt", Severity.ERROR, spec="WCAG 2.1 1.1.1")
def picture_without_alt(spot: Spot) -> Iterator[Problem]:
    """A picture needs a text alternative.

    Those who hear the page need to be told what matters in the picture. Write it as `alt:`; or, if the picture
    carries no meaning of its own, say `decorative: true`. Required by the Norwegian universal design rules.
    """
    figure = spot.component
    if isinstance(figure, Figure) and not figure.alt and not figure.decorative:
        yield spot.problem(
            f"the picture «{figure.src}» has no text alternative",
            "add `alt:` with what matters in the picture, or `decorative: true` if nothing does",
            "src",
        )


@COMPONENTS.rule(2, "decorative-picture-with-alt", Severity.ERROR, spec="WCAG 2.1 1.1.1")
def decorative_with_alt(spot: Spot) -> Iterator[Problem]:
    """A picture can't both be decorative and have something to say.

    `decorative: true` hides the picture from screen readers, so that its `alt` would never be read.
    """
    figure = spot.component
    if isinstance(figure, Figure) and figure.alt and figure.decorative:
        yield spot.problem(
            f"the picture «{figure.src}» is decorative and yet has a text alternative",
            "remove `alt:` or `decorative: true`",
            "decorative",
        )
