"""Things of a kind, side by side."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.components.picture import Pictured
from kurspakke.model import Id, Inline, Model, PlainText, Title, WebAddress


class CardLink(Model):
    """Where a card leads on to."""

    url: WebAddress = Field(description="An http(s) address.")
    text: PlainText = Field(description="Where it leads, understandable without the card around it.")


class Card(Pictured):
    """One of them: a title and a few lines, with a picture and a way on if there are any."""

    id: Id = Field(description="Unique in the list.")
    title: Title = Field(description="The card's heading.")
    text: Inline = Field(description="A few lines.")
    link: CardLink | None = Field(None, description="A way on, at the foot of the card.")


class Cards(Component):
    """A few things of a kind in a grid; one below the other where it is narrow."""

    type: Literal["cards"]
    title: Title | None = Field(None, description="A heading above them.")
    items: tuple[Card, ...] = Field(min_length=1, description="The cards, in this order.")
