"""`cmi5.xml` as frozen values with places (cmi5 specification, section 13: Course Structure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kurspakke.formats.xapi_manifest import LangText, lang_texts
from kurspakke.xmltree import Element, Place, parse

CMI5 = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


class Texts(NamedTuple):
    """A `title` or `description`: the same in one or more languages."""

    place: Place
    strings: tuple[LangText, ...]


class Part(NamedTuple):
    """A course, block, objective or AU, told apart by `kind`: what they have in common, and their own.

    `urls` and the attributes after it are an AU's, `parts` a block's; `objectives` are the ids referred to.
    """

    kind: str
    place: Place
    element: Element
    id: str | None
    titles: tuple[Texts, ...]
    descriptions: tuple[Texts, ...]
    objectives: tuple[LangText, ...] = ()
    urls: tuple[LangText, ...] = ()
    move_on: str | None = None
    mastery_score: str | None = None
    launch_method: str | None = None
    activity_type: str | None = None
    parts: tuple[Part, ...] = ()

    def walk(self) -> Iterator[Part]:
        """This part and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


class CourseStructure(NamedTuple):
    """The whole file: courses (exactly one if valid), objectives declared, blocks and AUs in order."""

    root: Element
    courses: tuple[Part, ...]
    objectives: tuple[Part, ...]
    parts: tuple[Part, ...]

    def aus(self) -> tuple[Part, ...]:
        """All assignable units, at any depth."""
        return tuple(part for top in self.parts for part in top.walk() if part.kind == "au")

    def every_part(self) -> tuple[Part, ...]:
        """Everything with an id, in order."""
        below = (part for top in self.parts for part in top.walk())
        return (*self.courses, *self.objectives, *below)


def read(data: bytes) -> CourseStructure:
    """The course structure in `data`.

    Raises:
        kurspakke.xmltree.XmlError: `data` can't be read as XML.
    """
    return of_element(parse(data))


def of_element(root: Element) -> CourseStructure:
    """The course structure that `root` is, whatever its name and namespace."""
    return CourseStructure(
        root=root,
        courses=tuple(_part(child) for child in root.named("course")),
        objectives=tuple(
            _part(child) for group in root.named("objectives") for child in group.named("objective")
        ),
        parts=_parts(root),
    )


def _parts(element: Element) -> tuple[Part, ...]:
    return tuple(
        _part(child)
        for child in element.children
        if child.name in {"au", "block"} and child.namespace == element.namespace
    )


def _part(element: Element) -> Part:
    get = element.attributes.get
    references = (child for group in element.named("objectives") for child in group.named("objective"))
    return Part(
        kind=element.name,
        place=element.place,
        element=element,
        id=get("id"),
        titles=_texts(element, "title"),
        descriptions=_texts(element, "description"),
        objectives=tuple(
            LangText(child.attributes.get("idref", ""), None, child.place) for child in references
        ),
        urls=lang_texts(element, "url"),
        move_on=get("moveOn"),
        mastery_score=get("masteryScore"),
        launch_method=get("launchMethod"),
        activity_type=get("activityType"),
        parts=_parts(element) if element.name == "block" else (),
    )


def _texts(element: Element, name: str) -> tuple[Texts, ...]:
    return tuple(Texts(child.place, lang_texts(child, "langstring")) for child in element.named(name))
