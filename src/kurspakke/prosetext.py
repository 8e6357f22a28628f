"""The running text of a page as a reader meets it: paragraphs, sentences and words, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kurspakke.components.quote import Quote
from kurspakke.findings import Location
from kurspakke.leaves import leaves
from kurspakke.markdown import passages
from kurspakke.model import Kind
from kurspakke.source import Source, page_file

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# An abbreviation («bl.a.», «nr. 3») is followed by no capital, so it ends no sentence.
_END = re.compile(r"(?<=[.!?…])[»\")]?\s+(?=[«\"(–]?\s?[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the words in it, and where its paragraph begins."""

    text: str
    words: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class PageText:
    """What is read on a page; `start` is where the page begins."""

    start: Location
    sentences: tuple[Sentence, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words of the page."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @property
    def lix(self) -> int:
        """Björnsson's readability index: words per sentence, and the percentage of words longer than six letters."""
        long = sum(len(word) > 6 for word in self.words)
        return round(len(self.words) / len(self.sentences) + 100 * long / len(self.words))


def page_texts(source: Source) -> Iterator[PageText]:
    """The text of each page that has any; what others are quoted with is theirs, and left out."""
    found: dict[str, list[Sentence]] = {}
    for spot in source.spots:
        sentences = found.setdefault(spot.document.path, [])
        for leaf in leaves(spot.component) if not isinstance(spot.component, Quote) else ():
            if leaf.kind in {Kind.MARKDOWN, Kind.INLINE}:
                for line, text in passages(leaf.text):
                    sentences += _sentences(text, spot.line(line, *leaf.keys))
    for module in source.course.modules if source.course else ():
        for page in module.pages:
            name = page_file(module.id, page.id)
            if found.get(name):
                yield PageText(source.locate(name, "title"), tuple(found[name]))


def _sentences(text: str, place: Location) -> Iterator[Sentence]:
    for part in _END.split(text):
        if words := tuple(_WORD.findall(part)):
            yield Sentence(part, words, place)
