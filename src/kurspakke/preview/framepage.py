"""The page that frames the content and holds the API, as HTML, and what it is told about what it launches."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from kurspakke.preview.attempts import Session
from kurspakke.preview.carryover import status_of
from kurspakke.preview.toc import Entry

_IN_ADDRESSES = "/?#&=%:+,;@!$'()*~"
_PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>html, body {{ height: 100%; margin: 0 }} :root {{ color-scheme: light dark }}</style>
<script type="application/json" id="launch">{island}</script>
<script src="lmspage.js" defer></script></head>
<body></body>
</html>
"""


def frame_page(island: Mapping[str, object]) -> str:
    """The page that begins with this `island`; `lmspage.js` has to lie beside it."""
    return _PAGE.format(
        language=island["language"],
        title=escape(str(island["title"])),
        island=json.dumps(island, ensure_ascii=False).replace("<", "\\u003c"),
    )


def line(entry: Entry, sessions: Sequence[Session]) -> dict[str, object]:
    """A line of the table of contents, with the status that these sessions of a learner's have left."""
    own = [session for session in sessions if session.whose.sco == entry.id and session.values]
    return {
        "id": entry.id,
        "title": entry.title,
        "level": entry.level,
        "path": entry.path,
        "elsewhere": entry.elsewhere,
        "status": status_of(own[-1].values) if own else "not attempted",
    }


def sco_of(entry: Entry, content: str) -> dict[str, str]:
    """What is launched; `content` is the address below which the package's files are."""
    return {
        "id": entry.id,
        "title": entry.title,
        "url": content + quote(entry.path or "", safe=_IN_ADDRESSES),
        "mastery": entry.mastery,
        "data": entry.data,
        "max_time": entry.max_time,
        "time_limit_action": entry.time_limit_action,
        "prerequisites": entry.prerequisites,
    }
