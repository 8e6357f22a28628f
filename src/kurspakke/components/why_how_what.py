"""Why something is done, how, and what it is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Markdown, Title


class WhyHowWhat(Component):
    """One thing looked at in three steps, from its purpose to what is done: why, how, what."""

    type: Literal["why-how-what"]
    title: Title | None = Field(None, description="A heading above them.")
    why: Markdown = Field(description="Why it is worth doing: Markdown.")
    how: Markdown = Field(description="How one goes about it: Markdown.")
    what: Markdown = Field(description="What is done: Markdown.")
