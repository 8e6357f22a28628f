"""A component together with where it stands: in which module, and at which place in which file."""

from __future__ import annotations

from dataclasses import dataclass

from kurspakke.components.base import Component
from kurspakke.findings import Location
from kurspakke.rules.family import Problem
from kurspakke.yamltree import Document, Keys


@dataclass(frozen=True, slots=True)
class Spot:
    """A component of the module `module`; `keys` lead to it in `document`. `languages` are the course's."""

    module: str
    component: Component
    languages: tuple[str, ...]
    document: Document
    keys: Keys

    def location(self, *keys: str | int) -> Location:
        """The place of a part of the component, or of the component if the text lacks that part."""
        return self.document.locate((*self.keys, *keys))

    def problem(self, message: str, hint: str, *keys: str | int) -> Problem:
        """A problem at a part of the component."""
        return Problem(self.location(*keys), f"{self.component.id}: {message}", hint)
