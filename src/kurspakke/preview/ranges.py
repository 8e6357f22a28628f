"""Which part of a file a request asks for (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re

_ONE = re.compile(r"bytes=([0-9]*)-([0-9]*)", re.ASCII)
# No honest number of bytes is longer.
_MOST_CHARACTERS = 64


class UnsatisfiableError(Exception):
    """The range asked for lies outside of the file: status 416."""


def asked_range(header: str | None, size: int) -> range | None:
    """The bytes that a `Range` header asks for of a file of `size` bytes; None for the whole file.

    What is malformed, in another unit or several ranges at once is answered with the whole file, as section 14.2
    allows: no browser asks a player's or a page's file for several.

    Raises:
        UnsatisfiableError: the range begins behind the end, or is empty.
    """
    found = _ONE.fullmatch(header.strip()) if header and len(header) <= _MOST_CHARACTERS else None
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        wanted = range(max(0, size - int(found[2])), size)
    else:
        last = int(found[2]) if found[2] else size - 1
        if found[2] and last < int(found[1]):
            return None
        wanted = range(int(found[1]), min(last + 1, size))
    if not wanted:
        raise UnsatisfiableError
    return wanted


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Whether the asker has this very version: status 304. Compared weakly (section 13.1.2)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return etag in {given.strip().removeprefix("W/") for given in if_none_match.split(",")}


def range_counts(if_range: str | None, etag: str) -> bool:
    """Whether the part asked for is one of this version (section 13.1.5); no dates are given out, so none fits."""
    return if_range is None or if_range.strip() == etag
