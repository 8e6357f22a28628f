"""How Moodle's SCORM importer reads the text of a manifest (mod/scorm, 4.1), so that a rule can say it before."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_LONE_AMPERSAND = re.compile(r"&(?![A-Za-z0-9_]{2,6};)")
_PIECE = re.compile(r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<entity>&[^;&<]+;)|(?P<text>[^&<]+)", re.DOTALL)
_BLANK = " \t\n\r\0\x0b"


def as_moodle_reads(markup: str) -> str:
    """The text that Moodle makes of what stands between an element's tags.

    It escapes each `&` that begins no short named entity, CDATA and numeric references included, then drops
    every piece that is blank or `0`. The parser hands out a piece for each entity, and begins a new one at
    the first letter beyond ASCII.
    """
    escaped = _LONE_AMPERSAND.sub("&amp;", markup)
    kept = (piece for piece in _pieces(escaped) if piece.strip(_BLANK) not in {"", "0"})
    return "".join(kept).strip(_BLANK)


def _pieces(markup: str) -> Iterator[str]:
    for found in _PIECE.finditer(markup):
        if found["cdata"] is not None:
            yield found["cdata"]
        elif found["entity"]:
            yield html.unescape(found["entity"])
        else:
            ascii_part = re.match(r"[\x00-\x7f]*", found["text"])
            end = ascii_part.end() if ascii_part else 0
            yield found["text"][:end]
            yield found["text"][end:]
