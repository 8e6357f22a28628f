"""Texts behind their titles, to be opened one by one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Id, Markdown, Model, Title


class Fold(Model):
    """One text and the title that opens it."""

    id: Id = Field(description="Unique in the list; a link to it ends in `#<module>.<accordion>_<id>`.")
    title: Title = Field(description="What is always in sight.")
    text: Markdown = Field(description="What opens: Markdown.")


class Accordion(Component):
    """Titles that open a text each, for what only some will want to read. On paper all of them are open."""

    type: Literal["accordion"]
    title: Title | None = Field(None, description="A heading above them.")
    items: tuple[Fold, ...] = Field(min_length=1, description="The texts, in this order.")
