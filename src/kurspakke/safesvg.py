"""What makes an SVG more than a picture: scripts, foreign content, and requests to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke.xmltree import Element, XmlError, parse

_FOREIGN = frozenset(
    {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}
)
_URL = re.compile(r"url\(\s*['\"]?\s*([^#'\"\s)])|@import", re.IGNORECASE)
_SHEET = re.compile(rb"<\?xml-stylesheet")


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found and where, lines and columns counted from 1."""

    message: str
    line: int
    column: int


def dangers(data: bytes) -> Iterator[Danger]:
    """Everything in the bytes of an SVG that a picture in a course must not have."""
    if found := _SHEET.search(data):
        yield Danger("a style sheet of another file", data[: found.start()].count(b"\n") + 1, 1)
    try:
        root = parse(data)
    except XmlError as error:
        yield Danger(f"not readable as SVG ({error.message})", error.line or 1, error.column or 1)
        return
    if root.name != "svg":
        yield Danger(
            f"an SVG begins with <svg>, this file with <{root.name}>", root.place.line, root.place.column
        )
    for element in root.walk():
        for message in _in(element):
            yield Danger(message, element.place.line, element.place.column)


def _in(element: Element) -> Iterator[str]:
    if element.name.lower() in _FOREIGN:
        yield f"<{element.name}>"
    if element.name.lower() == "style" and _URL.search(element.text):
        yield "a style that asks for another file"
    for written, value in element.attributes.items():
        name = written.rpartition(":")[2].lower()
        if name.startswith("on"):
            yield f"the event attribute {written}"
        elif (name in {"href", "src"} and not value.strip().startswith("#")) or _URL.search(value):
            yield f'a reference to elsewhere: {written}="{value[:60]}"'
