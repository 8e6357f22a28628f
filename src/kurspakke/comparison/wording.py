"""The texts of a page, a paragraph at a time: what a reader of a comparison wants to see changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from kurspakke.htmlpage import Element, Page
from kurspakke.htmltext import text_of

_BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "label", "legend", "summary"}
    | {"figcaption", "caption", "blockquote", "pre", "title", "button", "option"}
)
MOST_BLOCKS = 5_000
"""So many paragraphs of a page are compared: more would take too long, and nobody would read them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Texts of one page that changed: `before` gave way to `after`; either can be empty."""

    page: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def wording_of(page: Page) -> tuple[str, ...]:
    """The paragraphs, headings, list items and table cells of the page in their order."""
    if page.root is None:
        return ()
    found = []
    for block in page.root.iter(etree.Element):
        if block.tag in _BLOCKS and not _holds_blocks(block) and (text := text_of(block)):
            found.append(text)
        if len(found) == MOST_BLOCKS:
            break
    return tuple(found)


def _holds_blocks(element: Element) -> bool:
    return any(part.tag in _BLOCKS for part in element.iterdescendants() if isinstance(part.tag, str))


def passages(
    before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> Iterator[Passage]:
    """What changed in the texts, page by page, in the order of the pages' names."""
    for page in sorted(before.keys() | after.keys()):
        old, new = before.get(page, ()), after.get(page, ())
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > MOST_BLOCKS // 5)
        for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
            if tag != "equal":
                yield Passage(page, old[from_old:to_old], new[from_new:to_new])
