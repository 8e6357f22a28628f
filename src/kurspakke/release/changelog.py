"""What is new in each version of the course: `CHANGELOG.md` beside course.yaml, written for those who use it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from kurspakke.findings import KurspakkeError
from kurspakke.markup import html_without_glossary
from kurspakke.model import Kind
from kurspakke.source import Source

FILE = "CHANGELOG.md"
_HEADING = re.compile(
    r"(?m)^##[ \t]+v?(?P<version>\d+\.\d+\.\d+)(?:[ \t]*[(–-][ \t]*(?P<date>\d{4}-\d\d-\d\d)\)?)?[ \t]*$"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is new in a version: its day as YYYY-MM-DD, "" where none is written, and the text as HTML."""

    version: str
    date: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Changelog:
    """The versions as the file has them, the newest first."""

    entries: tuple[Entry, ...] = ()

    def of(self, version: str) -> Entry | None:
        """What is written about a version."""
        return next((entry for entry in self.entries if entry.version == version), None)


def changelog(source: Source) -> Changelog:
    """The course's changelog: a heading `## 1.2.0 (2026-11-29)` for each version; empty where there is no file.

    Raises:
        KurspakkeError: the file can't be read.
    """
    entry = source.files.files.get(FILE)
    if entry is None:
        return Changelog()
    try:
        text = entry.path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KurspakkeError(f"can't read {entry.path}: {error}", "save it as UTF-8") from error
    found = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    return Changelog(
        tuple(
            Entry(
                heading["version"],
                heading["date"] or "",
                Markup(html_without_glossary(Kind.MARKDOWN, text[heading.end() : end].strip() or "–")),  # noqa: S704 - cleaned
            )
            for heading, end in zip(found, ends, strict=True)
        )
    )
