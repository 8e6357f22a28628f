"""A translator's file (.po) entry by entry: read with all that is in it, and always written the same way.

`catalog.py` reads what a build needs of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Message

FUZZY = "fuzzy"

_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: {course}\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_PREVIOUS = "| "
_GUESSED = {"python-format", "python-brace-format"}  # babel's own conclusions from % and {}
_LINE = re.compile(r'(#(?!~).*|(#~ *)?((msg[a-z_]+(\[\d+\])?\s*)?"(\\.|[^"\\])*")?)\s*')


class BrokenFileError(Exception):
    """The file is no catalogue of single texts; the line from 1, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation, `previous` being the text that an outdated translation was made from.

    `place` is the source file, `notes` and `flags` are the translator's. Without an id, it is of no text of a course.
    """

    id: str | None
    source: str
    text: str = ""
    previous: str | None = None
    place: str = ""
    notes: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()

    @property
    def outdated(self) -> bool:
        """True if somebody has to read the translation again."""
        return FUZZY in self.flags


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """All that is in the file: its head as it is written, the entries in use, and those kept for later."""

    head: str
    entries: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()


def new_file(course: str, language: str) -> CatalogFile:
    """A file with nothing in it yet."""
    return CatalogFile(_HEADER.format(course=course, language=language))


def read_file(data: bytes, empty: CatalogFile) -> CatalogFile:
    """What is in `data`; a file without a head gets that of `empty`. Raises BrokenFileError."""
    from babel.messages.pofile import PoFileError, read_po  # takes 60 ms

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        for number, line in enumerate(text.split("\n"), 1):
            if not _LINE.fullmatch(line):  # what the parser below would pass over, and lose
                raise BrokenFileError(number, "neither a comment nor a text in quotes")
        messages = read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        raise BrokenFileError(error.lineno + 1, str(error.args[0])) from error
    except (ValueError, LookupError) as error:
        raise BrokenFileError(1, str(error)) from error
    head = re.match(r'(?:#.*\n)*msgid ""\nmsgstr .*\n(?:".*\n)*', text)
    entries = tuple(_entry(message) for message in messages if message.id)
    obsolete = tuple(_entry(message) for message in messages.obsolete.values())
    return CatalogFile(head[0] if head else empty.head, entries, obsolete)


def _entry(message: Message) -> Entry:
    from babel.messages.pofile import denormalize

    if not isinstance(message.id, str) or not isinstance(message.string, str):
        raise BrokenFileError(message.lineno or 1, "an entry with plural forms: a course has no such texts")
    comments = [line for line in message.user_comments if not line.startswith(_PREVIOUS)]
    previous = "\n".join(
        line.removeprefix(_PREVIOUS).removeprefix("msgid ")
        for line in message.user_comments
        if line.startswith(_PREVIOUS) and not line.startswith(f"{_PREVIOUS}msgctxt")
    )
    return Entry(
        message.context or None,
        message.id,
        message.string,
        denormalize(previous) if previous else None,
        next((name for name, _ in message.locations), ""),
        tuple(comments),
        frozenset(message.flags) - _GUESSED,
    )


def written(file: CatalogFile) -> bytes:
    """The file's bytes: an empty line between the entries, each line of a text on a line of its own."""
    blocks = [
        file.head,
        *(_block(entry) for entry in file.entries),
        *(_block(entry, "#~ ") for entry in file.obsolete),
    ]
    return "\n".join(blocks).encode()


def _block(entry: Entry, prefix: str = "") -> str:
    lines = [f"# {note}".rstrip() for note in entry.notes]
    if entry.place and not prefix:
        lines.append(f"#: {entry.place}")
    if entry.flags and not prefix:
        lines.append(f"#, {', '.join(sorted(entry.flags))}")
    if entry.previous is not None and not prefix:
        lines += _string("#| msgid", entry.previous, "#| ")
    if entry.id is not None:
        lines += _string(f"{prefix}msgctxt", entry.id, prefix)
    lines += _string(f"{prefix}msgid", entry.source, prefix)
    lines += _string(f"{prefix}msgstr", entry.text, prefix)
    return "".join(f"{line}\n" for line in lines)


def _string(keyword: str, text: str, prefix: str) -> Iterator[str]:
    """A keyword with its text as gettext writes it, wrapped at spaces."""
    from babel.messages.pofile import normalize

    first, *more = normalize(text, width=100).split("\n")
    yield f"{keyword} {first}"
    yield from (f"{prefix}{line}" for line in more)
