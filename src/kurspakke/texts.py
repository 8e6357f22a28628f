"""Every text of a course under the stable id by which it is translated.

An id tells the file and the way in it by the author's own ids: `strategi/hvorfor#sjekk.options.a.text`,
`strategi#goals.behov.text`, `#title`, `glossary:terms.evne.definition`, `coordinator:reminder.subject`. Positions are
used only where the author gives no ids (keywords, accepted answers, forms of a term).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from kurspakke.coordinator import COORDINATOR_FILE
from kurspakke.course import Course, Module
from kurspakke.glossary import GLOSSARY_FILE
from kurspakke.instrument import instrument_file
from kurspakke.leaves import Leaf, SomeModel, leaves, replaced
from kurspakke.project import COURSE_FILE
from kurspakke.source import module_file, page_file
from kurspakke.yamltree import Keys


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate: its id, the file and keys where it stands, and what it says."""

    id: str
    file: str
    keys: Keys
    text: str


def texts(course: Course) -> Iterator[Text]:
    """Every text of the course in the order of its files."""
    for prefix, file, model in _files(course):
        for leaf in leaves(model):
            if not leaf.kind.is_media:
                yield Text(prefix + spelt(model, leaf.keys), file, leaf.keys, leaf.text)


def with_texts(course: Course, text: Callable[[str, str], str]) -> Course:
    """The course with each text replaced by `text(id, old)`."""

    def change(model: SomeModel, prefix: str) -> SomeModel:
        def new(leaf: Leaf) -> str:
            return leaf.text if leaf.kind.is_media else text(prefix + spelt(model, leaf.keys), leaf.text)

        return replaced(model, new)

    modules = tuple(
        Module(
            head=change(module.head, f"{module.id}#"),
            pages=tuple(change(page, f"{module.id}/{page.id}#") for page in module.pages),
        )
        for module in course.modules
    )
    return Course(
        head=change(course.head, "#"),
        modules=modules,
        glossary=change(course.glossary, "glossary:"),
        instruments=tuple(change(item, f"instrument:{item.id}.") for item in course.instruments),
        lms=course.lms,
        edition=course.edition,
        coordinator=change(course.coordinator, "coordinator:") if course.coordinator else None,
    )


def _files(course: Course) -> Iterator[tuple[str, str, BaseModel]]:
    yield "#", COURSE_FILE, course.head
    for module in course.modules:
        yield f"{module.id}#", module_file(module.id), module.head
        for page in module.pages:
            yield f"{module.id}/{page.id}#", page_file(module.id, page.id), page
    yield "glossary:", GLOSSARY_FILE, course.glossary
    for instrument in course.instruments:
        yield f"instrument:{instrument.id}.", instrument_file(instrument.id), instrument
    if course.coordinator:
        yield "coordinator:", COORDINATOR_FILE, course.coordinator


def spelt(model: BaseModel, keys: Keys) -> str:
    """Keys with the items' own ids in place of their positions; `components` goes without saying."""
    here: Any = model
    words = []
    for key in keys:
        here = getattr(here, key) if isinstance(key, str) and not isinstance(here, dict) else here[key]
        words.append(str(getattr(here, "id", key)) if isinstance(key, int) else key)
    return ".".join(words[1:] if words[0] == "components" else words)
