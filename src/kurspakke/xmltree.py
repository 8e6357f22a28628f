"""XML text as frozen elements with places, read safely.

libxml2 (through lxml) judges the text: well-formed, no DOCTYPE and so no entities of its own, nothing
fetched, bounded size and depth. Expat then walks the text it passed, since only expat tells where a start tag
begins and which prefix an attribute was written with; both matter here, as several LMSs read manifests
without namespaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from sys import getsizeof
from xml.parsers import expat

from lxml import etree

MAX_BYTES = 8 << 20
MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 200_000
MAX_HELD = 6 << 20
"""So many bytes of values and texts are held: one wide sign in a long one makes each of its letters four bytes."""
_SMALL = 80
"""Strings of so many bytes, and so much of longer ones, are the elements' own weight, which has its bound already."""
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

NOT_WELL_FORMED = "not-well-formed"
DOCTYPE = "doctype"
TOO_LARGE = "too-large"


class XmlError(Exception):
    """The text can't be read as XML: `reason` is one of the constants above, the place is counted from 1."""

    def __init__(self, reason: str, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a start tag begins, counted from 1."""

    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its local `name`, the `prefix` it was written with and the namespace that stands for.

    `attributes` are by the names as written (`adlcp:scormtype`), `text` is the character data directly in it,
    `markup` what stands between its tags in the file, entities and all.
    """

    name: str
    prefix: str
    namespace: str
    attributes: Mapping[str, str]
    place: Place
    text: str
    markup: str
    children: tuple[Element, ...]
    scope: Mapping[str, str] = field(repr=False)

    def named(self, name: str, namespace: str | None = None) -> Iterator[Element]:
        """The children of that local name, in the same namespace as this one unless another is given."""
        wanted = self.namespace if namespace is None else namespace
        return (child for child in self.children if child.name == name and child.namespace == wanted)

    def first(self, name: str, namespace: str | None = None) -> Element | None:
        """The first of `named`, or None."""
        return next(self.named(name, namespace), None)

    def get(self, name: str, namespace: str) -> str | None:
        """The attribute of that local name in `namespace`, whatever its prefix."""
        found = (value for _, local, uri, value in self.qualified() if (local, uri) == (name, namespace))
        return next(found, None)

    def qualified(self) -> Iterator[tuple[str, str, str, str]]:
        """(name as written, local name, namespace, value) of every attribute that has a prefix."""
        for written, value in self.attributes.items():
            prefix, colon, local = written.partition(":")
            if colon and prefix != "xmlns":
                yield written, local, self.scope.get(prefix, ""), value

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def parse(data: bytes) -> Element:
    """The root element of `data`.

    Raises:
        XmlError: too large, not well-formed, or with a DOCTYPE.
    """
    encoding = _examined(data)
    try:
        text = data.decode(encoding).encode()
    except (LookupError, UnicodeError) as error:
        message = f"not in the encoding it claims, {encoding}: {error}"
        raise XmlError(NOT_WELL_FORMED, message, 1, 1) from None
    return _Builder(text).build()


def parse_lxml(data: bytes) -> etree._Element:
    """The root of `data` as lxml knows it, for schemas; the same safety as `parse`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _examined(data: bytes) -> str:
    """The encoding of `data`, once everything that makes XML unsafe or unreadable is ruled out."""
    if len(data) > MAX_BYTES:
        raise XmlError(TOO_LARGE, f"{len(data):,} bytes, the limit is {MAX_BYTES:,}")
    _count(data)
    try:
        info = parse_lxml(data).getroottree().docinfo
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data and b"<!ENTITY" in data:  # what is wrong with them is no matter
            raise XmlError(DOCTYPE, "a DOCTYPE", _line_of_doctype(data), 1) from None
        line, column = error.position
        message = re.sub(r"\s*, line \d+, column \d+$", "", error.msg or "not XML")
        raise XmlError(NOT_WELL_FORMED, message, line or 1, column or 1) from None
    if info.internalDTD is not None:
        raise XmlError(DOCTYPE, "a DOCTYPE", _line_of_doctype(data), 1)
    return "utf-8-sig" if info.encoding in {None, "UTF-8", "utf-8"} else str(info.encoding)


def _line_of_doctype(data: bytes) -> int:
    return data[: max(data.find(b"<!DOCTYPE"), 0)].count(b"\n") + 1


_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})""")
_EBCDIC = b"\x4c\x6f\xa7\x94"


def _count(data: bytes) -> None:
    """Refuse what would be too much once parsed, before it is; in encodings where `<` is `<`, as in all of use."""
    # An element has two tags at most, a comment or a processing instruction one.
    if data.count(b"<") > 2 * MAX_ELEMENTS + 2:
        raise XmlError(TOO_LARGE, f"more than {MAX_ELEMENTS:,} elements")
    if data.count(b"=") > MAX_ATTRIBUTES:
        raise XmlError(TOO_LARGE, f"more than {MAX_ATTRIBUTES:,} attributes")
    named = _ENCODING.search(data)
    if data.startswith(_EBCDIC) or (named and not _is_readable(named[1].decode())):
        name = named[1].decode() if named else "EBCDIC"
        raise XmlError(NOT_WELL_FORMED, f"in the encoding {name}, which hardly anything reads", 1, 1)


def _is_readable(encoding: str) -> bool:
    """Whether a `<` in bytes is a `<` in that encoding; those with a zero byte beside it are."""
    try:
        return "<".encode(encoding).replace(b"\0", b"")[-1:] == b"<"
    except LookupError:
        return True  # the parser tells that
    except UnicodeError:
        return False


@dataclass(slots=True)
class _Open:
    """A start tag whose end tag has not come yet."""

    name: str
    attributes: Mapping[str, str]
    scope: Mapping[str, str]
    place: Place
    begin: int
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)


class _Builder:
    """Turns expat's events into frozen elements, from the leaves up."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.count = 0
        self.room = MAX_HELD
        self.open = [_Open("", {}, {"xml": XML_NAMESPACE}, Place(), 0)]
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def build(self) -> Element:
        try:
            self.parser.Parse(self.text, True)
        except expat.ExpatError as error:
            message = expat.errors.messages.get(error.code, "not XML")
            raise XmlError(NOT_WELL_FORMED, message, error.lineno, error.offset + 1) from None
        return self.open[0].children[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise XmlError(TOO_LARGE, f"more than {MAX_ELEMENTS:,} elements")
        self.hold(attributes.values())
        parent = self.open[-1].scope
        spaces = {key[6:]: value for key, value in attributes.items() if key[:6] in {"xmlns:", "xmlns"}}
        place = Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        scope = {**parent, **spaces} if spaces else parent
        self.open.append(_Open(name, attributes, scope, place, self.parser.CurrentByteIndex))

    def end(self, _: str) -> None:
        done = self.open.pop()
        prefix, _, name = done.name.rpartition(":")
        text = "".join(done.text)
        self.hold([text])
        element = Element(
            name=name,
            prefix=prefix,
            namespace=done.scope.get(prefix, ""),
            attributes=done.attributes,
            place=done.place,
            text=text,
            markup="" if done.children else self.markup(done.begin, self.parser.CurrentByteIndex),
            children=tuple(done.children),
            scope=done.scope,
        )
        self.open[-1].children.append(element)

    def hold(self, strings: Iterable[str]) -> None:
        """Make sure that there is room for these, as long as they are here only once."""
        self.room -= sum(max(getsizeof(string) - _SMALL, 0) for string in strings)
        if self.room < 0:
            raise XmlError(TOO_LARGE, f"its texts and values take more than {MAX_HELD:,} bytes of memory")

    def markup(self, begin: int, end: int) -> str:
        """The text between the tags; a start tag ends at the first `>` outside its attribute values."""
        tag = _START_TAG.match(self.text, begin)
        return self.text[tag.end() : end].decode() if tag else ""

    def characters(self, data: str) -> None:
        self.open[-1].text.append(data)


_START_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
