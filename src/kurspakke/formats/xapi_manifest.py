"""`tincan.xml` as frozen values with places (Tin Can packaging, `http://projecttincan.com/tincan.xsd`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kurspakke.xmltree import Element, Place, parse

TINCAN = "http://projecttincan.com/tincan.xsd"


class LangText(NamedTuple):
    """A text with the language tag it carries, None where it carries none."""

    text: str
    lang: str | None
    place: Place


class Activity(NamedTuple):
    """An `activity`; the one with a launch is what an LMS starts."""

    element: Element
    place: Place
    id: str | None
    type: str | None
    names: tuple[LangText, ...]
    descriptions: tuple[LangText, ...]
    launches: tuple[LangText, ...]
    resources: tuple[LangText, ...]


class Tincan(NamedTuple):
    """The whole file."""

    root: Element
    activities: tuple[Activity, ...]

    def every_text(self) -> Iterator[LangText]:
        """Everything that may carry a language tag."""
        for activity in self.activities:
            yield from (*activity.names, *activity.descriptions, *activity.launches, *activity.resources)


def read(data: bytes) -> Tincan:
    """The package description in `data`.

    Raises:
        kurspakke.xmltree.XmlError: `data` can't be read as XML.
    """
    return of_element(parse(data))


def of_element(root: Element) -> Tincan:
    """The package description that `root` is, whatever its name and namespace."""
    lists = root.named("activities")
    return Tincan(root, tuple(_activity(child) for part in lists for child in part.named("activity")))


def _activity(element: Element) -> Activity:
    return Activity(
        element=element,
        place=element.place,
        id=element.attributes.get("id"),
        type=element.attributes.get("type"),
        names=lang_texts(element, "name"),
        descriptions=lang_texts(element, "description"),
        launches=lang_texts(element, "launch"),
        resources=lang_texts(element, "resource"),
    )


def lang_texts(element: Element, name: str) -> tuple[LangText, ...]:
    """The children of that name with their languages."""
    found = element.named(name)
    return tuple(LangText(child.text.strip(), child.attributes.get("lang"), child.place) for child in found)
