"""What a learner has before them in each module, and the coordinator: minutes, words, and how easily it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # reports of packages need nothing of what reads a source
    from kurspakke.course import Module
    from kurspakke.source import Source


@dataclass(frozen=True, slots=True)
class Reading:
    """What the course's first audience meets: the minutes, the words of the running text, and their LIX from 0.

    LIX is Björnsson's readability index: around 40 is like a newspaper, above 50 like a regulation. The coordinator's
    texts, under the name of their file, are said to take no minutes.
    """

    module: str
    minutes: int | None
    words: int
    lix: int


def readings(source: Source) -> Iterator[Reading]:
    """Of each module that has running text, and of the coordinator's texts."""
    from kurspakke.coordinator import COORDINATOR_FILE
    from kurspakke.prosetext import PageText, coordinator_text, page_texts

    modules = {module.id: module for module in source.course.modules} if source.course else {}
    for name, texts in groupby(page_texts(source), key=lambda page: page.module):
        hidden = _hidden(source, modules[name])
        pages = list(texts)
        met = (each for page in pages for each in page.sentences if each.component not in hidden)
        whole = PageText(pages[0].start, tuple(met))
        if whole.sentences:
            yield Reading(name, modules[name].head.minutes, len(whole.words), whole.lix)
    for text in coordinator_text(source):
        yield Reading(COORDINATOR_FILE, None, len(text.words), text.lix)


def _hidden(source: Source, module: Module) -> set[str]:
    """The components that the first audience does not meet."""
    from kurspakke.editions import first_audience, pages_for

    first = first_audience(source.course) if source.course else ""
    shown = {item.id for page in pages_for(module, first) for item in page.components}
    return {item.id for item in module.components()} - shown


def listed(found: tuple[Reading, ...]) -> Iterator[str]:
    """A line for each."""
    width = max((len(each.module) for each in found), default=0)
    for each in found:
        minutes = f"{each.minutes:4} min" if each.minutes is not None else " " * 8
        yield f"{each.module:<{width}}  {minutes}  {each.words:6,} words  LIX {each.lix}"
