"""What style sheets and scripts ask other files and hosts for, as far as their text tells.

Nothing is run: a style sheet's links stand in the open, a script's only where it calls with a literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_BYTES = 8 << 20
"""Longer texts are not looked through: they are generated, and no person could mend them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A link in a text, or a call, with the line it stands on."""

    written: str
    line: int


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_LINK = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]*))\s*\)|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"""(?:\b(?:fetch|import|importScripts|WebSocket|EventSource|sendBeacon|require)\(\s*"""
    r"""|\.open\(\s*["'`][A-Za-z]+["'`]\s*,\s*|\.src\s*=\s*|\b(?:import|from)\s*)"""
    r"""["'`]((?:https?:|wss?:)?//[^"'`\s]+)["'`]"""
)
_WORKER = re.compile(r"\bserviceWorker\s*\.\s*register\s*\(|\[[\"']serviceWorker[\"']\]\s*\.\s*register\s*\(")


@lru_cache(maxsize=32)
def style_links(data: bytes) -> tuple[Mention, ...]:
    """The links of a style sheet: `url(…)` and `@import`."""
    text = _text(data)
    # Comments give way to blanks, so that lines stay where they are.
    text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return tuple(
        Mention(next(group for group in found.groups(default="") if group), line)
        for found, line in _with_lines(_CSS_LINK, text)
        if any(found.groups())
    )


@lru_cache(maxsize=32)
def calls_to_hosts(data: bytes) -> tuple[Mention, ...]:
    """Where a script asks another host for something and names it in the call."""
    return tuple(Mention(found[1], line) for found, line in _with_lines(_CALL, _text(data)))


@lru_cache(maxsize=32)
def service_workers(data: bytes) -> tuple[Mention, ...]:
    """Where a script registers a service worker."""
    return tuple(Mention(found[0], line) for found, line in _with_lines(_WORKER, _text(data)))


def _text(data: bytes) -> str:
    return data.decode(errors="replace") if len(data) <= MAX_BYTES else ""


def _with_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int]]:
    line, at = 1, 0
    for found in pattern.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield found, line
