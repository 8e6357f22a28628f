"""A heading that opens a part of a page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Inline, Title


class Heading(Component):
    """The title of a part of a page, with a line on what it holds. What follows belongs to it."""

    type: Literal["heading"]
    title: Title = Field(description="The heading.")
    lead: Inline | None = Field(None, description="A sentence or two on what this part is about.")
