"""What style sheets and scripts ask other files and hosts for, as far as their text tells.

Nothing is run: a style sheet's links stand in the open, a script's only where it calls with a literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import AnyStr

MAX_BYTES = 8 << 20
"""Longer texts are not looked through: they are generated, and no person could mend them."""


KEPT_BYTES = 1 << 18
"""What was found in texts up to this size is kept: the packages of one build have theirs in common."""
MAX_LINKS = 10_000
"""So many links of one file are looked at: more are a program's making or an attack."""
MAX_LINK = 4096
"""So many characters of a link are looked at: longer ones hold their data themselves, or are an attack."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A link in a text, or a call, with the line it stands on."""

    written: str
    line: int


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_LINK = re.compile(
    # Without going back (`*+`): a sheet of nothing but blanks would be gone through once for each of them.
    r"""url\(\s*+(?:"([^"\n]*+)"|'([^'\n]*+)'|([^"'()\s]*+))\s*+\)|@import\s++(?:"([^"\n]*+)"|'([^'\n]*+)')""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rb"""["'`]((?:https?:|wss?:)?//[^"'`\s]+)["'`]""")
_CALL = re.compile(
    rb"""(?:\b(?:fetch|import|importScripts|WebSocket|EventSource|sendBeacon|require)\(\s*"""
    rb"""|\.open\(\s*["'`][A-Za-z]+["'`]\s*,\s*|\.src\s*=\s*|\b(?:import|from)\s*)\Z"""
)
_REACH = 64
_WORKER = re.compile(
    rb"\bserviceWorker\s*\.\s*register\s*\(|\[[\"']serviceWorker[\"']\]\s*\.\s*register\s*\("
)


def style_links(data: bytes) -> tuple[Mention, ...]:
    """The links of a style sheet: `url(…)` and `@import`."""
    return _kept_style_links(data) if len(data) <= KEPT_BYTES else _style_links(data)


def _style_links(data: bytes) -> tuple[Mention, ...]:
    text = data.decode(errors="replace") if len(data) <= MAX_BYTES else ""
    # Comments give way to their line feeds, so that lines stay where they are.
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    found = _with_lines(_CSS_LINK.finditer(text), text, "\n")
    links = ((next(filter(None, link.groups()), ""), line) for link, line in found)
    return tuple(Mention(written[:MAX_LINK], line) for written, line in islice(links, MAX_LINKS) if written)


@dataclass(frozen=True, slots=True)
class Script:
    """What a script does that reaches beyond the package."""

    calls: tuple[Mention, ...]
    """Where it asks another host for something and names it in the call."""
    workers: tuple[Mention, ...]
    """Where it registers a service worker."""


def script(data: bytes) -> Script:
    """What stands in the text of a script."""
    return _kept_script(data) if len(data) <= KEPT_BYTES else _script(data)


def _script(data: bytes) -> Script:
    if len(data) > MAX_BYTES:
        return Script((), ())
    # Looking back from an address is ten times as fast as looking for calls.
    called = (
        found
        for found in _ADDRESS.finditer(data)
        if _CALL.search(data, max(found.start() - _REACH, 0), found.start())
    )
    calls = (
        Mention(found[1][:MAX_LINK].decode(errors="replace"), line)
        for found, line in _with_lines(called, data, b"\n")
    )
    workers = _WORKER.finditer(data) if b"serviceWorker" in data else iter(())
    registered = (Mention("serviceWorker", line) for _, line in _with_lines(workers, data, b"\n"))
    return Script(tuple(islice(calls, MAX_LINKS)), tuple(islice(registered, MAX_LINKS)))


def _with_lines(
    found: Iterator[re.Match[AnyStr]], text: AnyStr, feed: AnyStr
) -> Iterator[tuple[re.Match[AnyStr], int]]:
    """The matches with the lines they begin on; the text is gone through once."""
    line, at = 1, 0
    for match in found:
        line += text.count(feed, at, match.start())
        at = match.start()
        yield match, line


_kept_style_links = lru_cache(maxsize=16)(_style_links)
_kept_script = lru_cache(maxsize=16)(_script)
