"""The scripts of a package as text: what they mention, and where. Nothing is run.

A script can do what its text does not show, so whoever asks whether something is *missing* must first ask
`is_whole`; and a text can show what is never done, so a match in a comment is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from kurspakke.findings import Location
from kurspakke.hrefs import Reach
from kurspakke.htmlpage import Page, line_of
from kurspakke.package import Package

MAX_BYTES = 8 << 20
"""Longer texts are not looked through."""
MAX_MATCHES = 200
"""So many matches are looked at in one text, before it is left alone."""
_REACH = 64
"""So many bytes are looked at for what stands before a match."""
_COMMENT_REACH = 1 << 14
"""A comment that begins farther back is not seen."""
_OPAQUE = (".swf", ".wasm", ".jar", ".class", ".dcr", ".xap", ".gz", ".br", ".unityweb", ".zip", ".pdf")
_SCRIPTS = (".js", ".mjs", ".cjs")
_PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class ScriptText:
    """A script: a file, or an element of the page at `path` whose text begins on `line`."""

    path: str
    data: bytes
    line: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """What a pattern found in a script, and where that is."""

    text: ScriptText
    groups: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class Scripts:
    """The scripts of a package."""

    package: Package

    def texts(self, word: bytes) -> Iterator[ScriptText]:
        """The script files and script elements of pages in which `word` stands.

        They are read anew each time where they are too much to be kept; and a page that does not hold the word need
        not be parsed for that.
        """
        every = self._kept_texts if self._is_small else self._texts(word)
        return (text for text in every if word in text.data)

    @cached_property
    def _kept_texts(self) -> tuple[ScriptText, ...]:
        return tuple(self._texts(b""))

    def _texts(self, word: bytes) -> Iterator[ScriptText]:
        for path in self._named(_SCRIPTS):
            yield ScriptText(path, self._bytes(path))
        pages = self.package.pages
        for path in pages:
            if self._is_small or _may_hold(self._bytes(path), word):
                yield from _inline(pages[path])

    @property
    def everything(self) -> Iterable[bytes]:
        """Script files and whole pages: with event attributes, and with what a parser can't read."""
        return self._kept if self._is_small else self._each()

    @cached_property
    def _kept(self) -> tuple[bytes, ...]:
        return tuple(self._each())

    def _each(self) -> Iterator[bytes]:
        # The pages' bytes, not the pages: nothing here needs them parsed.
        return (self._bytes(path) for path in self._named((*_SCRIPTS, *_PAGES)))

    @cached_property
    def _is_small(self) -> bool:
        files = self.package.files
        return (
            sum(files[path].size for path in self._named((*_SCRIPTS, *_PAGES))) <= self.package.limits.at_once
        )

    def _named(self, endings: tuple[str, ...]) -> Iterator[str]:
        return (path for path in self.package.files if path.lower().endswith(endings))

    def _bytes(self, path: str) -> bytes:
        if self.package.files[path].size > MAX_BYTES:
            return b""
        return self.package.bytes_of(self.package.home + path)

    def mentions(self, *words: bytes) -> bool:
        """Whether any of the words stands in any script or page."""
        return any(map(self._mentions, words))

    def _mentions(self, word: bytes) -> bool:
        """The same of one word, which several rules may ask for."""
        known = self._mentioned.get(word)
        if known is None:
            known = self._mentioned[word] = any(word in data for data in self.everything)
        return known

    @cached_property
    def _mentioned(self) -> dict[bytes, bool]:
        return {}

    def matches(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether the pattern is found in any script or page."""
        return any(pattern.search(data) for data in self.everything)

    @cached_property
    def is_whole(self) -> bool:
        """Whether all scripts are here to be read: none on another host, packed, missing or too large."""
        files = self.package.files
        if any(path.lower().endswith(_OPAQUE) for path in files):
            return False
        if any(files[path].size > MAX_BYTES for path in self._named((*_SCRIPTS, *_PAGES))):
            return False
        return all(self.package.pages.each(self._is_here))

    def _is_here(self, page: Page) -> Iterator[bool]:
        """For each script that the page loads, whether it is in the package."""
        for link in page.links:
            if link.element == "script":
                href = link.href
                yield href.reach is Reach.INSIDE and href.path in self.package.files

    def first(
        self, pattern: re.Pattern[bytes], word: bytes, before: re.Pattern[bytes] | None = None
    ) -> Iterator[Match]:
        """The first match in each script; `word` stands in each match."""
        for text in self.texts(word):
            yield from islice(self.all_in(text, pattern, before), 1)

    def all_in(
        self, text: ScriptText, pattern: re.Pattern[bytes], before: re.Pattern[bytes] | None = None
    ) -> Iterator[Match]:
        """The matches in a script that are in no comment and right behind `before`, up to a limit."""
        line, at, data = text.line, 0, text.data
        for found in islice(pattern.finditer(data), MAX_MATCHES):
            line += data.count(b"\n", at, found.start())
            at = found.start()
            follows = before is None or before.search(data, max(at - _REACH, 0), at)
            if follows and not _is_comment(data, at):
                groups = tuple((group or b"").decode(errors="replace") for group in found.groups())
                yield Match(text, groups, self.package.at(text.path, line))


def _may_hold(data: bytes, word: bytes) -> bool:
    """Whether a script in a page of these bytes may hold the word: they may be in an encoding of two bytes a sign."""
    return word in data or b"\0" in data


def _inline(page: Page) -> Iterator[ScriptText]:
    for element in page.all("script"):
        text = element.text or ""
        if element.get("src") is None and text.strip() and "json" not in (element.get("type") or ""):
            yield ScriptText(page.path, text.encode(), line_of(element) or 1)


def _is_comment(data: bytes, at: int) -> bool:
    """Whether that place looks like one in a comment; in doubt it does."""
    begin = data.rfind(b"\n", max(at - _COMMENT_REACH, 0), at) + 1
    slashes = data.find(b"//", begin, at)
    while slashes > begin and data[slashes - 1 : slashes] in {b":", b'"', b"'", b"\\"}:
        slashes = data.find(b"//", slashes + 2, at)
    # In a script of one long line, a `//` far away is part of an address.
    if slashes >= 0 and at - slashes < 500:
        return True
    low = max(at - _COMMENT_REACH, 0)
    return data.rfind(b"/*", low, at) > data.rfind(b"*/", low, at)
