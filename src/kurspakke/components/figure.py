"""A picture with its text alternative."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.components.picture import Illustration
from kurspakke.model import Inline, PlainText


class Figure(Illustration, Component):
    """A picture. `alt` says what matters in it; a picture that adds nothing says `decorative: true` instead."""

    type: Literal["figure"]
    caption: Inline | None = Field(None, description="Text under the picture.")
    credit: PlainText | None = Field(None, description="Who made the picture, and under which licence.")
