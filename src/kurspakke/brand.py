"""Whose course it is, to the eye: a logo and a colour. A course has one, and an edition may bring its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kurspakke.model import Model, PlainText

COLOUR_PATTERN = r"^#[0-9a-fA-F]{6}$"
LOGO_PATTERN = r"^brand/[^/\\:]+\.(svg|png)$"
COLOUR = 'a colour in quotes, such as "#0062ba"'
"""What a colour is, in words."""


def _written(value: Any) -> Any:
    """What stands there: to YAML # begins a comment, and a colour without quotes would be lost without a word."""
    if value is None:
        raise PydanticCustomError("colour_lost", COLOUR)
    return value


Colour = Annotated[str, StringConstraints(pattern=COLOUR_PATTERN)]
OwnColour = Annotated[Colour | None, BeforeValidator(_written)]
LogoFile = Annotated[str, StringConstraints(pattern=LOGO_PATTERN, max_length=200)]


class Brand(Model):
    """A logo in the header, and the colour of buttons, links and marks."""

    logo: LogoFile | None = Field(
        None, description="File in the course's brand/ folder: brand/NAME.svg or .png."
    )
    logo_alt: PlainText | None = Field(
        None, description="What the logo says: the name of the one it stands for."
    )
    logo_dark: LogoFile | None = Field(
        None, description="The logo for dark screens; the same one on white if left out."
    )
    accent: OwnColour = Field(
        None, description='The colour of buttons, links and marks: "#rrggbb" in quotes.'
    )
    accent_dark: OwnColour = Field(
        None, description='The same for dark screens: "#rrggbb"; a lighter shade of accent if left out.'
    )

    def logos(self) -> Iterator[tuple[str, str]]:
        """(key, file) of each logo."""
        for key, file in (("logo", self.logo), ("logo_dark", self.logo_dark)):
            if file:
                yield key, file
