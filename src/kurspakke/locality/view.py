"""An edition seen as a course of its own, so that every rule about courses can be asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import BaseModel

from kurspakke.course import Course, Stamp
from kurspakke.findings import Location
from kurspakke.locality.edition import NO_EDITIONS, Edition
from kurspakke.locality.layer import Layer, edition_file, own_page_file
from kurspakke.locality.overlay import Origin, Text, overlaid
from kurspakke.project import COURSE_FILE
from kurspakke.shape import Shaped
from kurspakke.source import Source, page_file
from kurspakke.yamltree import Document, Keys

_HEADS = frozenset({"brand", "contact", "coordinator"})


def local_course(course: Course, edition: Edition, language: str) -> Course:
    """The edition's course in one of its languages, from a `course` that is in that language already."""
    for layer in edition.layers:
        course = overlaid(course, layer, translator(layer, language)).course
    return stamped(course, edition)


def stamped(course: Course, edition: Edition) -> Course:
    """The course with the name of the locality whose it is."""
    return course.model_copy(update={"edition": Stamp(id=edition.id, title=edition.title)})


def translator(layer: Layer, language: str) -> Text:
    """A layer's texts in a language; what is not translated stays as it is written, and a rule says so."""
    catalog = layer.catalogs.get(language) if language != layer.language else None

    def text(name: str, written: str) -> str:
        found = catalog.translations.get(name) if catalog else None
        return found.text if found else written

    return text


def view(source: Source, edition: Edition) -> Source:
    """The source as if the edition were its course: places lead to where each thing is written.

    It has no editions and no translations of its own: those of the course have been looked at already.
    """
    course = source.course
    if course is None:
        return source
    origins: dict[tuple[str, str], Origin] = dict(_national(course))
    shaped: dict[str, Shaped[BaseModel]] = dict(source.shaped)
    for layer in edition.layers:
        done = overlaid(course, layer)
        course = done.course
        origins |= done.origins
        for address in layer.pages:
            module, _, page = address.partition("/")
            own = own_page_file(layer.id, module, page)
            shaped[page_file(module, page)] = shaped[own]
        head = _head(shaped[COURSE_FILE].document, shaped[edition_file(layer.id)].document, layer)
        shaped[COURSE_FILE] = replace(shaped[COURSE_FILE], document=head)
    return replace(
        source,
        course=stamped(course, edition),
        shaped=shaped,
        origins=origins,
        editions=NO_EDITIONS,
        catalogs={},
    )


def _national(course: Course) -> Mapping[tuple[str, str], Origin]:
    return {
        (module.id, component.id): (page_file(module.id, page.id), ("components", at))
        for module in course.modules
        for page in module.pages
        for at, component in enumerate(page.components)
    }


@dataclass(frozen=True, slots=True)
class _Head(Document):
    """course.yaml, but for what an edition says itself."""

    own: Document | None = None
    said: frozenset[str] = frozenset()

    def locate(self, keys: Keys = ()) -> Location:
        """The place in the edition's file of what stands there, in course.yaml of the rest."""
        if self.own and keys and keys[0] in self.said:
            return self.own.locate(keys)
        return Document.locate(self, keys)


def _head(course: Document, own: Document, layer: Layer) -> Document:
    said = frozenset(key for key in _HEADS if getattr(layer.head, key) is not None)
    if not said:
        return course
    below = course.said | said if isinstance(course, _Head) else said
    return _Head(
        path=course.path,
        value=course.value,
        places=course.places,
        names=course.names,
        faults=course.faults,
        text=course.text,
        blocks=course.blocks,
        own=own,
        said=below,
    )
