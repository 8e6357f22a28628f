"""What shows a picture, whole components and parts of them, and the rules about its text alternative."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from kurspakke.findings import Severity
from kurspakke.leaves import parts
from kurspakke.model import Model, Picture, PlainText, Truth
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot

_FILE = "File in the module's media/ folder: svg, png, jpg or jpeg."
_VERSION = "A version in another language lies beside it: `trapp.nn.svg` beside `trapp.svg`."


class Pictured(Model):
    """Something with a picture, or with room for one."""

    src: Picture | None = Field(None, description=f"{_FILE} {_VERSION}")
    alt: PlainText | None = Field(
        None, description="What matters in the picture, for those who don't see it."
    )
    decorative: Truth = Field(False, description="true: the picture carries no meaning and has no alt.")


class Illustration(Pictured):
    """A picture that belongs to a component of another kind."""

    src: Picture = Field(description=f"{_FILE} {_VERSION}")


@COMPONENTS.rule(1, "picture-without-alt", Severity.ERROR, spec="WCAG 2.1, 1.1.1")
def picture_without_alt(spot: Spot) -> Iterator[Problem]:
    """A picture needs a text alternative.

    Those who hear the page need to be told what matters in the picture. Write it as `alt:`; or, if the picture
    carries no meaning of its own, say `decorative: true`. Required by the Norwegian universal design rules.
    """
    for keys, picture in parts(spot.component, Pictured):
        if picture.src and not picture.alt and not picture.decorative:
            yield spot.problem(
                f"the picture «{picture.src}» has no text alternative",
                "add `alt:` with what matters in the picture, or `decorative: true` if nothing does",
                *keys,
                "src",
            )


@COMPONENTS.rule(2, "decorative-picture-with-alt", Severity.ERROR, spec="WCAG 2.1, 1.1.1")
def decorative_with_alt(spot: Spot) -> Iterator[Problem]:
    """A picture can't both be decorative and have something to say.

    `decorative: true` hides the picture from screen readers, so that its `alt` would never be read.
    """
    for keys, picture in parts(spot.component, Pictured):
        if picture.src and picture.alt and picture.decorative:
            yield spot.problem(
                f"the picture «{picture.src}» is decorative and yet has a text alternative",
                "remove `alt:` or `decorative: true`",
                *keys,
                "decorative",
            )


@COMPONENTS.rule(11, "alt-without-picture", Severity.ERROR)
def alt_without_picture(spot: Spot) -> Iterator[Problem]:
    """`alt` and `decorative` say something about a picture, so there is one.

    Without `src` nobody would ever meet the words. Name the picture, or take them away.
    """
    for keys, picture in parts(spot.component, Pictured):
        if not picture.src and (picture.alt or picture.decorative):
            yield spot.problem(
                "a text alternative stands here, but no picture",
                "add `src:`, or remove `alt:` and `decorative:`",
                *keys,
                "alt" if picture.alt else "decorative",
            )
