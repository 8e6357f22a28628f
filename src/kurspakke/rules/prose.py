"""Rules about the texts: what Markdown here takes, and in which order headings come."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.leaves import Leaf, leaves
from kurspakke.markdown import headings, interruptions, oddities
from kurspakke.model import Kind
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source
from kurspakke.yamltree import Document

PROSE: Family[Source] = Family("SRC", first=20)


@PROSE.rule(9, "heading-level", Severity.ERROR, spec="WCAG 2.1, 1.3.1")
def heading_level(source: Source) -> Iterator[Problem]:
    """Headings in a text begin at ### and go down one step at a time.

    The module's title is the first level and the page's the second, so that those who hear the page can find
    their way by its headings.
    """
    for document, leaf in _texts(source, Kind.MARKDOWN):
        above = 2
        for line, level, words in (
            headings(leaf.text) if "#" in leaf.text or "==" in leaf.text or "--" in leaf.text else ()
        ):
            if not 2 < level <= above + 1:
                wanted = "#" * min(max(level, 3), above + 1)
                yield Problem(
                    document.locate_line(leaf.keys, line),
                    f"«{words}» is a heading of level {level}, under one of level {above}",
                    f"write {wanted} {words}",
                )
            above = max(level, 2)


@PROSE.rule(10, "not-in-markdown", Severity.ERROR)
def not_in_markdown(source: Source) -> Iterator[Problem]:
    """A text holds no HTML and no pictures.

    HTML would be shown as it is written; a picture needs a text alternative and is a component of its own (figure).
    """
    for kind in (Kind.MARKDOWN, Kind.INLINE):
        for document, leaf in _texts(source, kind):
            for line, words in oddities(leaf.text):
                yield Problem(document.locate_line(leaf.keys, line), *words)


@PROSE.rule(15, "list-in-paragraph", Severity.WARNING)
def list_in_paragraph(source: Source) -> Iterator[Problem]:
    """A numbered list does not begin in the middle of a paragraph.

    A line that is broken before «1. august» turns the date into a list. Break the line elsewhere, or put an empty line
    above a list that is meant.
    """
    for document, leaf in _texts(source, Kind.MARKDOWN):
        for line in interruptions(leaf.text):
            yield Problem(
                document.locate_line(leaf.keys, line),
                "a numbered list begins in the middle of a paragraph",
                "break the line elsewhere, or put an empty line above the list",
            )


def _texts(source: Source, kind: Kind) -> Iterator[tuple[Document, Leaf]]:
    """The texts of a kind in every file: pages, goals, the glossary, instruments."""
    for shaped in source.shaped.values():
        for leaf in leaves(shaped.value) if shaped.value else ():
            if leaf.kind is kind:
                yield shaped.document, leaf
