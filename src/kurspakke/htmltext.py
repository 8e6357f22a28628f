"""The words in an element of a page, as a reader meets them or a screen reader says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from kurspakke.htmlpage import Element

_SILENT = frozenset({"script", "style", "template", "noscript"})
MOST_CHARACTERS = 1 << 20
"""So much text of one element is looked at: a thick book. Words take many times as much room as their letters."""


def text_of(element: Element) -> str:
    """The words in an element as a reader meets them, blanks run together."""
    return " ".join(raw_text(element)[:MOST_CHARACTERS].split())


def raw_text(element: Element) -> str:
    """The text in an element; where nothing in it is silent, libxml2 puts it together in no time."""
    if not len(element):
        return "" if element.tag in _SILENT else element.text or ""
    if next(element.iter(*_SILENT), None) is None:
        return etree.tostring(element, encoding="unicode", method="text", with_tail=False)
    return "".join(_words(element))


def raw_bytes(element: Element) -> bytes:
    """The same in UTF-8: what is many words is taken apart in half the time."""
    if next(element.iter(*_SILENT), None) is None:
        return etree.tostring(element, encoding="utf-8", method="text", with_tail=False)
    return "".join(_words(element)).encode()


# What `str.split` takes for a blank and `bytes.split` does not, by their first bytes, which are soon found missing.
_BLANKS = {
    **{sign: re.compile(re.escape(sign)) for sign in (b"\x1c", b"\x1d", b"\x1e", b"\x1f")},
    b"\xc2": re.compile(rb"\xc2[\x85\xa0]"),
    b"\xe1": re.compile(rb"\xe1\x9a\x80"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)"),
    b"\xe3": re.compile(rb"\xe3\x80\x80"),
}


def words_in(text: bytes) -> list[bytes]:
    """The words of a text in UTF-8: as `split` gives those of a `str`."""
    for begin, blank in _BLANKS.items():
        if begin in text:
            text = blank.sub(b" ", text)
    return text.split()


def name_of(element: Element) -> str:
    """The words by which a screen reader calls a link, button or heading: its text, or what stands for it."""
    own = (element.get("aria-label", "") or text_of(element) or element.get("title", "")).strip()
    return own or _name_within(element)


def _name_within(element: Element) -> str:
    pictures = (part.get("alt", "") for part in element.iter("img", "area"))
    drawings = (part.get("aria-label", "") for part in element.iter("svg"))
    titles = (text_of(part) for part in element.iter("title"))
    return " ".join([*pictures, *drawings, *titles]).strip()


def has_own_words(element: Element) -> bool:
    """Whether words stand directly in the element, or right behind it."""
    own = "" if element.tag in _SILENT else element.text or ""
    return bool(own.strip() or (element.tail or "").strip())


def _words(element: Element) -> Iterator[str]:
    if element.text and element.tag not in _SILENT:
        yield element.text
    for part in element.iterdescendants():
        if isinstance(part.tag, str) and part.tag not in _SILENT and part.text:
            yield part.text
        if part.tail:
            yield part.tail
