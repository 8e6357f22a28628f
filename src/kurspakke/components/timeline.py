"""What happens when, in order."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Id, Inline, Model, PlainText, Title


class Event(Model):
    """Something that happens at a time."""

    id: Id = Field(description="Unique in the list.")
    when: PlainText = Field(max_length=40, description="When it happens: «2017», «Våren 2026», «Uke 3».")
    title: Title = Field(description="What happens, in a few words.")
    text: Inline = Field(description="A few lines about it.")


class Timeline(Component):
    """A course of events or a plan, from first to last."""

    type: Literal["timeline"]
    title: Title | None = Field(None, description="A heading above it.")
    items: tuple[Event, ...] = Field(min_length=1, description="The events, in the order of time.")
