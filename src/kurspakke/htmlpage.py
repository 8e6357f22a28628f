"""One HTML page of a package: its elements by name, its texts, and everything it links to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

from lxml import etree

from kurspakke.hrefs import Href, folder_of, resolve
from kurspakke.htmlbounds import is_bounded
from kurspakke.htmltext import (
    has_own_words,
    name_of,
    raw_bytes,
    raw_text,
    text_of,
    words_in,
)
from kurspakke.webtext import MAX_LINK, MAX_LINKS, style_links

MAX_BYTES = 8 << 20
"""A longer page is not looked at: it is data in the clothes of a page."""
BEGINNING = 20_000
"""So many characters tell which language a page is in."""
_SHORT = 200
"""Longer names are put together each time: elements within each other may each have the whole page for a name."""

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's public name for it is a function


class Use(Enum):
    """What a page does with a link."""

    LOAD = auto()
    """Fetched when the page opens: pictures, scripts, style sheets, frames, media."""
    STYLE = auto()
    """Fetched by style rules in the page."""
    FOLLOW = auto()
    """Fetched when somebody follows it."""


class Link(NamedTuple):
    """What the file `source`, a page or a style sheet, points at: by which element, and in which line."""

    href: Href
    use: Use
    element: str
    source: str
    line: int


_LOADING = {
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src",),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_FOLLOWED = {"a": ("href",), "area": ("href",)}
_LOADED_RELATIONS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest"}
    | {"preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}
)
# Placeholders of template languages: the page is filled in by a script, so the link is not what it seems.
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%|\$\{|\[\[")


class Page:
    """A page at `path`; `root` is None where the bytes can't be read as HTML."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.is_utf8 = _is_utf8(data)
        """Whether its bytes are UTF-8, whatever it says."""
        # What they say they are, else Windows-1252, as in browsers.
        encoding = "utf-8" if self.is_utf8 else declared_charset(data) or "windows-1252"
        self.root = _parsed(data, encoding)

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[Element]]:
        """All elements by their names, those of templates left out."""
        found: dict[str, list[Element]] = defaultdict(list)
        if self.root is not None:
            hidden = {inner for template in self._templates for inner in template.iterdescendants()}
            every = self.root.iter(etree.Element)
            for element in every if not hidden else (each for each in every if each not in hidden):
                found[element.tag].append(element)  # type: ignore[index]  # a string, as of every element
        return found

    @cached_property
    def _templates(self) -> list[Element]:
        return [] if self.root is None else list(self.root.iter("template"))

    def all(self, *names: str) -> Sequence[Element]:
        """The elements of these names; with several names, grouped by name."""
        if len(names) == 1:
            return self.by_name.get(names[0], ())
        return [element for name in names for element in self.by_name.get(name, ())]

    def every(self) -> Iterator[Element]:
        """All elements, those of templates left out."""
        return chain.from_iterable(self.by_name.values())

    @cached_property
    def _by_attribute(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.every():
            for name in element.keys():  # noqa: SIM118 - it can't be iterated over
                found[name].append(element)
        return found

    def having(self, *attributes: str) -> Collection[Element]:
        """The elements that have any of these attributes, each once; most rules concern few of the page."""
        if len(attributes) == 1:
            return self._by_attribute.get(attributes[0], ())
        return dict.fromkeys(element for name in attributes for element in self._by_attribute.get(name, ()))

    @property
    def attributes(self) -> Iterable[str]:
        """The name of every attribute on the page."""
        return self._by_attribute

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every `id` on the page."""
        return frozenset(element.get("id", "") for element in self.having("id"))

    def in_order(self, *names: str) -> list[Element]:
        """The elements of these names in the order of the document."""
        groups = [group for name in names if (group := self.by_name.get(name))]
        if self.root is None or len(groups) < 2:  # those of one name are in order already
            return list(chain.from_iterable(groups))
        shown = set(chain.from_iterable(groups))
        return [element for element in self.root.iter(*names) if element in shown]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Everything the page links to, in no particular order."""
        folder = folder_of(self.path)
        return tuple(
            Link(_resolved(_cut(written), folder), use, tag_of(element), self.path, line_of(element))
            for written, use, element in islice(self._links(), MAX_LINKS)
            if written and not _PLACEHOLDER.search(written)
        )

    def _links(self) -> Iterator[tuple[str, Use, Element]]:
        for uses, use in ((_LOADING, Use.LOAD), (_FOLLOWED, Use.FOLLOW)):
            for name, attributes in uses.items():
                for element in self.all(name):
                    for attribute in attributes:
                        yield element.get(attribute, ""), use, element
        for element in self.all("img", "source"):
            for candidate in _candidates(element.get("srcset", "")):
                yield candidate, Use.LOAD, element
        for element in self.all("link"):
            loaded = _LOADED_RELATIONS.intersection(element.get("rel", "").lower().split())
            yield element.get("href", ""), Use.LOAD if loaded else Use.FOLLOW, element
        yield from self._style_links()

    def _style_links(self) -> Iterator[tuple[str, Use, Element]]:
        for element in dict.fromkeys((*self.all("style"), *self.having("style"))):
            style = (element.text or "") if element.tag == "style" else element.get("style", "")
            if "url(" in style or "@import" in style:
                for link in style_links(style.encode()):
                    yield link.written, Use.STYLE, element

    @cached_property
    def words(self) -> str:
        """All the words of the page, without its head."""
        return " ".join(text_of(body) for body in self.all("body"))

    @cached_property
    def beginning(self) -> str:
        """The first BEGINNING characters of the words of the page; of a long page the rest is not gone through."""
        bodies = self.all("body")
        if len(bodies) == 1 and "words" not in self.__dict__:
            text, enough = raw_text(bodies[0]), BEGINNING + BEGINNING // 4
            begun = " ".join(text[:enough].split())[:BEGINNING]
            if len(begun) == BEGINNING or len(text) <= enough:
                return begun
        return self.words[:BEGINNING]

    def first_words(self) -> list[bytes]:
        """The words of the beginning, in UTF-8: of a page that is no longer than that, all there are."""
        bodies = self.all("body")
        text = raw_bytes(bodies[0]) if len(bodies) == 1 else b""
        return words_in(text if text and len(text.decode()) <= BEGINNING else self.beginning.encode())

    def name_of(self, element: Element) -> str:
        """As the function of that name; several rules ask for the same names."""
        name = self._names.get(element)
        if name is None:
            name = name_of(element)
            if len(name) <= _SHORT:
                self._names[element] = name
        return name

    def is_named(self, element: Element) -> bool:
        """Whether it has a name; of most the first words tell."""
        begun = element.text
        if begun and not begun.isspace() and element.get("aria-label") is None:
            return True
        return bool(self.name_of(element))

    @cached_property
    def _names(self) -> dict[Element, str]:
        return {}

    @cached_property
    def has_text(self) -> bool:
        """Whether the page itself holds words: else it is a frame or a shell that a script fills."""
        instead = {inner for element in self.all("noscript") for inner in element.iter()}
        return any(
            has_own_words(element)
            for body in self.all("body")
            for element in body.iter(etree.Element)
            if element not in instead
        )


def tag_of(element: Element) -> str:
    """The element's name."""
    return str(element.tag)


def line_of(element: Element) -> int:
    """The line on which the element's start tag ends, from 1; 0 where it is unknown."""
    return int(element.sourceline or 0)


_INLINE = re.compile(r"\s*data:", re.IGNORECASE)
_MOST_INLINE = 64


def _cut(written: str) -> str:
    """So much of a link as anybody looks at; of one that holds its data itself, how it begins."""
    return written[: _MOST_INLINE if _INLINE.match(written) else MAX_LINK]


# The pages of a package lead to each other, each by the same links.
_resolved = lru_cache(maxsize=256)(resolve)


def _candidates(srcset: str) -> Iterable[str]:
    """The links of a `srcset`; they are parted by a comma and a blank, since links may hold commas."""
    return (part.split()[0] for part in re.split(r",\s+", srcset) if part.split())


def _parsed(data: bytes, encoding: str) -> Element | None:
    """The root element, in whatever state the page is; never an exception."""
    if not data.strip() or len(data) > MAX_BYTES:
        return None
    try:
        if not is_bounded(data, encoding):
            return None
        # The parser without lxml.html's classes for each element: they cost more than the parsing.
        return etree.fromstring(data, _parser(encoding))
    except (etree.LxmlError, ValueError, LookupError):
        return None


@lru_cache(maxsize=8)
def _parser(encoding: str) -> etree.HTMLParser:
    """One parser for all pages in an encoding: to make one costs as much as to parse a small page."""
    return etree.HTMLParser(encoding=encoding, no_network=True)


_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)


def declared_charset(data: bytes) -> str | None:
    """The encoding named by a byte order mark or by a `meta` in the first 1024 bytes, where browsers look."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    found = _CHARSET.search(data[:1024])
    return found[1].decode("ascii").lower() if found else None


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
