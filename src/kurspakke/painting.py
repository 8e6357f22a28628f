"""The colours of one page: what each element has of its own, on top of what its parents hand down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kurspakke.cascade import TELLING, Cascade, Look
from kurspakke.colour import Rgb
from kurspakke.htmlpage import Element, Page


class Painted(NamedTuple):
    """How the text in an element looks; colours are None where they are not certain."""

    color: Rgb | None = None
    behind: Rgb | None = None
    """The ground, if nothing veils the text."""
    is_veiled: bool = False
    is_sized: bool = False
    """Whether the text may be larger than it is by itself."""

    @property
    def ground(self) -> Rgb | None:
        """The colour behind the text."""
        return None if self.is_veiled else self.behind


_BARE = Painted()


@dataclass(frozen=True, slots=True)
class Painting:
    """The elements of a page under a cascade; each is looked at once, however many lie in it."""

    cascade: Cascade
    _known: dict[Element, Painted] = field(default_factory=dict)
    _looks: dict[Element, Look] = field(default_factory=dict)

    def changing(self, page: Page) -> Iterator[Element]:
        """The elements that bring colours of their own: all others have what is around them."""
        telling = page.having(*TELLING)
        yield from (element for element in telling if self._look(element).brings_colours)
        for elements in page.by_name.values():
            plain = next((element for element in elements if element not in telling), None)
            if plain is not None and self._look(plain).brings_colours:
                yield from elements

    def _look(self, element: Element) -> Look:
        look = self._looks.get(element)
        if look is None:
            look = self._looks[element] = self.cascade.look(element)
        return look

    def of(self, element: Element) -> Painted:
        """How the text in the element looks."""
        path: list[Element] = []
        part: Element | None = element
        while part is not None and part not in self._known:
            path.append(part)
            part = part.getparent()
        painted = _BARE if part is None else self._known[part]
        for part in reversed(path):
            painted = self._known[part] = self._within(painted, part)
        return painted

    def _within(self, parent: Painted, element: Element) -> Painted:
        look = self._look(element)
        if look.says_nothing:
            return parent
        return Painted(
            parent.color if look.takes_color else look.color,
            parent.behind if look.is_clear else look.ground,
            parent.is_veiled or look.is_veiled,
            parent.is_sized or look.is_sized,
        )
