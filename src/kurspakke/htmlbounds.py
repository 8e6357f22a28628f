"""Whether an HTML page can be parsed without harm: how many elements and attributes it has, counted beforehand.

A page of a few megabytes can hold millions of elements, each of which takes hundreds of bytes once parsed; and
libxml2 needs minutes for some ten thousand attributes of one element. Both are counted without building anything,
and only for pages that could have so many: the others are the rule, and must not wait.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping

from lxml import etree

MAX_ELEMENTS = 50_000
"""So many elements, and as many comments and processing instructions."""
MAX_ATTRIBUTES = 200_000
MAX_OF_ONE = 1_000
"""So many attributes of one element: what libxml2 does in no time."""

_SMALL = 1 << 14
_LARGE = 1 << 20
_LONG_TAG = 1 << 12
_CHUNK = 1 << 16
_END_IN_VALUE = re.compile(rb"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")


def is_bounded(data: bytes, encoding: str) -> bool:
    """Whether a page has no more elements and attributes than are looked at."""
    return len(data) <= _SMALL or not _could_be_much(data) or _is_little(data, encoding)


def _could_be_much(data: bytes) -> bool:
    if len(data) > _LARGE or (len(data) > MAX_ELEMENTS and data.count(b"<") > MAX_ELEMENTS):
        return True
    return _has_long_tag(data) or _END_IN_VALUE.search(data) is not None


def _has_long_tag(data: bytes) -> bool:
    """Whether any two `>` lie far apart: a tag ends at its first one, unless that stands in an attribute's value."""
    at = 0
    while len(data) - at > _LONG_TAG:
        last = data.rfind(b">", at, at + _LONG_TAG + 1)
        if last < 0:
            return True
        at = last + 1
    return False


class _TooMuchError(Exception):
    """The count has gone beyond a limit."""


class _Counter:
    """What lxml tells of a page's tags while it reads them."""

    def __init__(self) -> None:
        self.elements = 0
        self.asides = 0
        self.attributes = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.attributes += len(attributes)
        if self.elements > MAX_ELEMENTS or self.attributes > MAX_ATTRIBUTES or len(attributes) > MAX_OF_ONE:
            raise _TooMuchError

    def comment(self, _text: str) -> None:
        self.asides += 1
        if self.asides > MAX_ELEMENTS:
            raise _TooMuchError

    def pi(self, _target: str, _data: str | None = None) -> None:
        self.comment("")

    def close(self) -> None:
        """Lxml asks for a result here."""


def _is_little(data: bytes, encoding: str) -> bool:
    # lxml calls what a target has; its types want all that a target can have.
    parser = etree.HTMLParser(target=_Counter(), encoding=encoding, no_network=True)  # type: ignore[call-overload]
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
        parser.close()
    except _TooMuchError:
        return False
    finally:
        if len(data) > _LARGE:
            gc.collect()  # lxml's parser and its target hold each other, and all that was fed to them
    return True
