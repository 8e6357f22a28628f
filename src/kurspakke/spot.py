"""A component together with where it stands: in which module, and at which place in which file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kurspakke.findings import Location
from kurspakke.rules.family import Problem
from kurspakke.yamltree import Document, Keys

if TYPE_CHECKING:  # components enter their rules into a family of spots: the one can't wait for the other
    from kurspakke.components.base import Component


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

    def line(self, line: int, *keys: str | int) -> Location:
        """The place of a line (from 0) of a text in the component."""
        return self.document.locate_line((*self.keys, *keys), line)

    def inner(self) -> Iterator[Spot]:
        """The components that lie in this one."""
        for index, part in enumerate(self.component.inner()):
            yield replace(self, component=part, keys=(*self.keys, self.component.PARTS, index))

    def problem(self, message: str, hint: str, *keys: str | int) -> Problem:
        """A problem at a part of the component."""
        return Problem(self.location(*keys), f"{self.component.id}: {message}", hint)
