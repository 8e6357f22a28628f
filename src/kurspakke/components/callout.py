"""A box that stands out from the text."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Markdown, Title


class Callout(Component):
    """A box with a heading: something to note, something important, an example or a definition."""

    type: Literal["callout"]
    kind: Literal["note", "important", "example", "definition"] = Field(
        "note", description="What the box holds."
    )
    title: Title = Field(description="The heading.")
    text: Markdown = Field(description="Markdown.")
