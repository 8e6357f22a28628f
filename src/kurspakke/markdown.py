"""Markdown → safe HTML, and Markdown → plain text.

Raw HTML is off in the parser, and nh3 stands behind it: what is not on the list below never reaches a package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title", "lang"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
    "span": {"lang"},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(
        ["table", "strikethrough"]
    )
    parser.disable(["image", "html_block", "html_inline"])
    return parser


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=dict(_ATTRIBUTES),
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


Change = Callable[[Sequence[Token]], None]
"""Something that is done to the tokens of a text before they become HTML."""


def block(text: str, change: Change | None = None) -> str:
    """Block Markdown as HTML."""
    return _html(_parser().parse(text), change)


def inline(text: str, change: Change | None = None) -> str:
    """One paragraph of inline Markdown as HTML, without the paragraph's own tags."""
    return _html(_parser().parseInline(text), change)


def _html(tokens: list[Token], change: Change | None) -> str:
    if change:
        change(tokens)
    parser = _parser()
    return _clean(parser.renderer.render(tokens, parser.options, {}))


def links(text: str) -> Iterator[tuple[int, str]]:
    """The links of a Markdown text: (line in the text from 0, address)."""
    for token in _parser().parse(text):
        for part in token.children or ():
            if part.type == "link_open":
                yield token.map[0] if token.map else 0, str(part.attrs.get("href", ""))


def named_links(text: str) -> Iterator[tuple[int, str, str]]:
    """The links of a Markdown text with their words: (line in the text from 0, address, words)."""
    for token in _parser().parse(text):
        address, words = "", list[str]()
        for part in token.children or ():
            if part.type == "link_open":
                address, words = str(part.attrs.get("href", "")), []
            elif part.type == "link_close":
                yield token.map[0] if token.map else 0, address, "".join(words)
            else:
                words.append(_words(part))


def tables(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The tables of a Markdown text: (line in the text from 0, the cells of the header row)."""
    line, cells, before = 0, list[str](), ""
    for token in _parser().parse(text):
        if token.type == "table_open":
            line, cells = token.map[0] if token.map else 0, []
        elif before == "th_open":
            cells.append(token.content.strip())
        elif token.type == "thead_close":
            yield line, tuple(cells)
        before = token.type


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Inline Markdown as plain text, for manifests, statements and reports."""
    if text.isalnum():
        return text
    tokens = _parser().parseInline(text)
    return "".join(_words(child) for token in tokens for child in token.children or ())


def _words(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def headings(text: str) -> list[tuple[int, int, str]]:
    """The headings of a Markdown text: (line in the text from 0, level, plain text)."""
    tokens = _parser().parse(text)
    return [
        (token.map[0] if token.map else 0, int(token.tag[1]), plain(tokens[index + 1].content))
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


_HTML = ("HTML is shown as it is written", "write it in Markdown")
_PICTURE = ("a picture in Markdown has no place to live", "make it a component of its own: `type: figure`")


def oddities(text: str) -> list[tuple[int, tuple[str, str]]]:
    """What the text holds that Markdown here does not take: (line in the text from 0, (message, hint))."""
    if "<" not in text and "![" not in text:
        return []
    found = []
    for token in _permissive().parse(text):
        line = token.map[0] if token.map else 0
        for part in [token, *(token.children or ())]:
            if part.type in {"html_block", "html_inline"}:
                found.append((line, _HTML))
            elif part.type == "image":
                found.append((line, _PICTURE))
    return list(dict.fromkeys(found))


def interruptions(text: str) -> list[int]:
    """The lines (from 0) where a numbered list begins with no empty line above it, though text stands there."""
    lines = text.split("\n")
    starts = [
        token.map[0]
        for token in (_parser().parse(text) if "1." in text or "1)" in text else ())
        if token.type == "ordered_list_open" and token.map and token.level == 0
    ]
    return [
        line for line in starts if line and lines[line - 1].strip() and not lines[line - 1].startswith("#")
    ]


@cache
def _permissive() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})


def _clean(html: str) -> str:
    return _cleaner().clean(html) if "<" in html or "&" in html else html
