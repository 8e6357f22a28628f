"""Rules about how texts are set: links, tables, capitals and exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.leaves import Leaf, leaves
from kurspakke.markdown import named_links, tables
from kurspakke.model import Kind
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source
from kurspakke.spot import Spot

SIGNS: Family[Source] = Family("SRC", first=40)

_EMPTY_LINKS = frozenset(
    [
        "her",
        "hit",
        "dette",
        "denne",
        "klikk",
        "klikk her",
        "trykk her",
        "se her",
        "les mer",
        "les meir",
        "les mer her",
        "les meir her",
        "klikk på lenken",
        "lenke",
        "lenka",
        "lenken",
        "mer",
        "meir",
        "click here",
        "here",
        "read more",
        "more",
        "link",
    ]
)
_CAPITALS = re.compile(r"(?<!\w)[A-ZÆØÅ]{2,}(?:[ ,:–-]+[A-ZÆØÅ]{2,}){2,}(?!\w)")
_STORM = re.compile(r"[!?]{2,}|!(?:[^!]{0,80}!){2,}")


@SIGNS.rule(10, "empty-link-text", Severity.WARNING, spec="WCAG 2.1, 2.4.4")
def empty_link_text(source: Source) -> Iterator[Problem]:
    """A link's words say where it leads.

    Screen readers list a page's links by themselves, and «her» or «les mer» says nothing there; nor does an address
    with slashes, read sign by sign. Write what is to be found: `[veilederen om universell utforming](https://…)`.
    """
    for place, leaf in _texts(source):
        for line, address, words in (
            named_links(leaf.text) if "](" in leaf.text or "<http" in leaf.text else ()
        ):
            said = words.strip(" .:!»«→>").lower()
            if not said or said in _EMPTY_LINKS or said.startswith(("http://", "https://", "www.")):
                message = f"the link to {address} is called «{words}»"
                yield Problem(
                    place.line(line, *leaf.keys), message, "let its words say what is to be found there"
                )


@SIGNS.rule(11, "table-without-header", Severity.WARNING, spec="WCAG 2.1, 1.3.1")
def table_without_header(source: Source) -> Iterator[Problem]:
    """A table's first row says what its columns hold.

    Those who hear a table are told the column's header with each cell. Only the first one may be empty, above a column
    of row titles. Where there is nothing to say, it is a list rather than a table.
    """
    for place, leaf in _texts(source):
        for line, cells in tables(leaf.text) if "|" in leaf.text else ():
            empty = [
                number for number, cell in enumerate(cells, 1) if not cell and (number > 1 or len(cells) == 1)
            ]
            if empty:
                message = f"column {empty[0]} of the table has no header"
                yield Problem(place.line(line, *leaf.keys), message, "write it in the row above the dashes")


@SIGNS.rule(12, "all-capitals", Severity.NOTE)
def all_capitals(source: Source) -> Iterator[Problem]:
    """Words are not written in capitals.

    They are slower to read, some screen readers spell them, and they shout. Use bold for what matters. Single
    abbreviations are fine; this is about three such words in a row, told once for a page.
    """
    yield from _once(
        source, _CAPITALS, "«{}» is written in capitals", "write it in small letters; **bold** for weight"
    )


@SIGNS.rule(13, "exclamation-storm", Severity.NOTE)
def exclamation_storm(source: Source) -> Iterator[Problem]:
    """One exclamation mark is enough, and most sentences need none.

    Several in a row, or three close together, sound like advertising. Told once for a page.
    """
    yield from _once(source, _STORM, "«{}» shouts", "use a full stop, or one mark")


def _once(source: Source, pattern: re.Pattern[str], message: str, hint: str) -> Iterator[Problem]:
    """A problem at the first match of each page."""
    told = set[str]()
    for spot, leaf in _texts(source):
        match = pattern.search(leaf.text) if spot.document.path not in told else None
        if match:
            told.add(spot.document.path)
            place = spot.line(leaf.text.count("\n", 0, match.start()), *leaf.keys)
            yield Problem(place, message.format(" ".join(match[0].split())[:60]), hint)


def _texts(source: Source) -> Iterator[tuple[Spot, Leaf]]:
    for spot in source.spots:
        for leaf in leaves(spot.component):
            if leaf.kind in {Kind.PLAIN, Kind.INLINE, Kind.MARKDOWN}:
                yield spot, leaf
