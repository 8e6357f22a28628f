"""Running text, with an optional heading."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Markdown, Title


class Text(Component):
    """Running text in Markdown; headings inside it start at ###."""

    type: Literal["text"]
    title: Title | None = Field(None, description="A heading above the text.")
    text: Markdown = Field(description="Markdown: paragraphs, lists, links, tables, emphasis.")
