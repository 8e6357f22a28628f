"""The running text of a page as a reader meets it: paragraphs, sentences and words, each with its place.

What is written for the coordinator is read as one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kurspakke.components.quote import Quote
from kurspakke.coordinator import COORDINATOR_FILE
from kurspakke.findings import Location
from kurspakke.leaves import Leaf, leaves
from kurspakke.model import Kind
from kurspakke.slots import without_slots
from kurspakke.source import Source, page_file
from kurspakke.yamltree import Document, Keys

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# An abbreviation («bl.a.», «nr. 3») is followed by no capital, so it ends no sentence.
_END = re.compile(r"(?<=[.!?…])[»\")]?\s+(?=[«\"(–]?\s?[A-ZÆØÅ])")


_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS = re.compile(r"[*`~\\]")
_ITEM = re.compile(r"\s*(?:[-*+>]|[0-9]{1,3}[.)])\s+")
_SKIPPED = re.compile(r"\s*(?:#|\||[-=*_]{3,}\s*$)")
_FENCE = re.compile(r"\s*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the words in it. Its paragraph begins in the `line`th line of the text at `keys` in `document`.

    `component` is the id of what it stands in; the coordinator's stand in none.
    """

    text: str
    words: tuple[str, ...]
    document: Document
    keys: Keys
    line: int
    component: str = ""

    @property
    def location(self) -> Location:
        """Where its paragraph begins."""
        return self.document.locate_line(self.keys, self.line)


@dataclass(frozen=True)
class PageText:
    """What is read on a page; `start` is where the page begins, `module` the module's id."""

    start: Location
    sentences: tuple[Sentence, ...]
    module: str = ""

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
            sentences += _sentences(leaf, leaf.text, spot.document, spot.keys, spot.component.id)
    for module in source.course.modules if source.course else ():
        for page in module.pages:
            name = page_file(module.id, page.id)
            if found.get(name):
                yield PageText(source.locate(name, "title"), tuple(found[name]), module.id)


def coordinator_text(source: Source) -> Iterator[PageText]:
    """What `coordinator.yaml` says, as one page, if the course has any; slots in letters count for nothing."""
    coordinator = source.course.coordinator if source.course else None
    if coordinator:
        document = source.document(COORDINATOR_FILE)
        found = [
            each
            for leaf in leaves(coordinator)
            for each in _sentences(leaf, without_slots(leaf.text), document, ())
        ]
        if found:
            yield PageText(document.locate(("introduction",)), tuple(found))


def _sentences(
    leaf: Leaf, words: str, document: Document, above: Keys, component: str = ""
) -> Iterator[Sentence]:
    """The sentences of a text that is running text; `above` are the keys that lead to the leaf's model."""
    for line, text in passages(words) if leaf.kind in {Kind.MARKDOWN, Kind.INLINE} else ():
        for part in _END.split(text):
            if found := tuple(_WORD.findall(part)):
                yield Sentence(part, found, document, (*above, *leaf.keys), line, component)


def passages(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs and list items of a Markdown text, without headings, tables and code: (line from 0, words).

    Nearly what a parser finds, and twenty times as fast: good enough for counting words.
    """
    start, lines, is_code = 0, list[str](), False
    for number, line in enumerate(text.split("\n")):
        item = _ITEM.match(line)
        is_fence = _FENCE.match(line) is not None
        ends = is_fence or not line.strip() or _SKIPPED.match(line) is not None
        if lines and (ends or item):
            yield start, _plain(lines)
            lines = []
        is_code ^= is_fence
        if not ends and not is_code:
            start = start if lines else number
            lines.append(line[item.end() :] if item else line)
    if lines:
        yield start, _plain(lines)


def _plain(lines: list[str]) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", " ".join(line.strip() for line in lines)))
