"""Practical tips."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Id, Inline, Model, Title


class Tip(Model):
    """One piece of advice."""

    id: Id = Field(description="Unique in the list.")
    title: Title | None = Field(None, description="The tip in a few words.")
    text: Inline = Field(description="The tip.")


class Tips(Component):
    """A short list of things to do."""

    type: Literal["tips"]
    title: Title = Field(description="The heading.")
    items: tuple[Tip, ...] = Field(min_length=1, description="The tips.")
