"""A package's pages by their paths, parsed when somebody asks for them; no more of them are kept than there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from kurspakke.htmlpage import Page

Found = TypeVar("Found")

_PER_BYTE = 4
"""Of a page its bytes are kept, the same once more in the tree, and what the parser could not give back."""
_PER_ELEMENT = 400
"""About so many bytes an element takes once parsed, with what is noted of it."""


class Pages(Mapping[str, Page]):
    """The pages at `paths`, of the bytes that `read` gives; those beyond `room` bytes are parsed anew each time.

    The first ones are kept rather than the last: rules go through all pages, one rule after the other, and would
    find none of theirs among the last.
    """

    def __init__(self, paths: Iterable[str], read: Callable[[str], bytes], room: int) -> None:
        self._paths = dict.fromkeys(paths)
        self._read = read
        self._room = room
        self._kept: dict[str, Page] = {}
        self._last: Page | None = None

    def __getitem__(self, path: str) -> Page:
        if path not in self._paths:
            raise KeyError(path)
        if page := self._kept.get(path):
            return page
        if self._last is None or self._last.path != path:
            self._last = None  # before the next one is parsed: there is room for one of them
            self._last = self._keep(Page(path, self._read(path)))
        return self._last

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def each(self, look: Callable[[Page], Iterable[Found]]) -> Iterator[Found]:
        """What `look` finds in the pages, one after the other; of those that are not kept, no two are here at once."""
        for path in self._paths:
            yield from look(self[path])

    def _keep(self, page: Page) -> Page:
        weight = _PER_BYTE * len(page.data) + _PER_ELEMENT * page.data.count(b"<")
        if weight <= self._room:
            self._room -= weight
            self._kept[page.path] = page
        return page
