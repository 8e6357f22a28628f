"""The components a page is made of: a file each, all of them in this table."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from kurspakke.components.base import Component, Interaction
from kurspakke.components.callout import Callout
from kurspakke.components.choice import Choice
from kurspakke.components.figure import Figure
from kurspakke.components.quote import Quote
from kurspakke.components.reflection import Reflection
from kurspakke.components.text import Text
from kurspakke.components.tips import Tips
from kurspakke.components.true_false import TrueFalse
from kurspakke.components.video import Video

COMPONENTS: dict[str, type[Component]] = {
    "text": Text,
    "figure": Figure,
    "video": Video,
    "reflection": Reflection,
    "tips": Tips,
    "callout": Callout,
    "quote": Quote,
    "choice": Choice,
    "true-false": TrueFalse,
}

AnyComponent: TypeAlias = Annotated[
    Text | Figure | Video | Reflection | Tips | Callout | Quote | Choice | TrueFalse,
    Field(discriminator="type"),
]

__all__ = ["COMPONENTS", "AnyComponent", "Component", "Interaction"]
