"""YAML text as values with places.

Scalars follow YAML 1.2 and stay text until a typed field asks: `no` is a word, `3.10` a text, `12:30` a time of
day. What makes YAML dangerous or ambiguous (aliases, tags, duplicate keys, bottomless nesting) is not resolved
but reported as a `Fault`; turning faults into findings with words is the rules' business.

The tree is built from the parser's events in one loop, since libyaml's own composer overflows the C stack on
deep nesting and resolves aliases before anybody can refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import yaml

from kurspakke.findings import Location
from kurspakke.lostvalue import lost_value

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Keys: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

MAX_BYTES = 2 << 20
MAX_LINE = 20_000
MAX_DEPTH = 40

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
NO_TEXT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold (XML 1.0, 2.2): YAML lets it in through escapes in double quotes."""


class Plain(str):
    """A scalar written without quotes: a number or truth value if the field that reads it wants one."""

    __slots__ = ()


class FaultKind(StrEnum):
    """What can be wrong with a text as YAML."""

    ENCODING = "encoding"
    SIZE = "size"
    LINE = "line"
    TAB = "tab"
    SYNTAX = "syntax"
    COMMENT = "comment"
    DEPTH = "depth"
    ALIAS = "alias"
    TAG = "tag"
    DUPLICATE = "duplicate"
    KEY = "key"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the text, where it stands and what it concerns."""

    kind: FaultKind
    line: int
    column: int
    detail: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file's value, the places of its parts (and of the keys that name them) and what was wrong with it.

    `blocks` are the texts written line by line after `|`, which alone have places for their lines.
    """

    path: str
    value: Value = None
    places: Mapping[Keys, tuple[int, int]] = field(default_factory=dict)
    names: Mapping[Keys, tuple[int, int]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    text: str = field(default="", repr=False)
    blocks: frozenset[Keys] = frozenset()

    def locate(self, keys: Keys = ()) -> Location:
        """Where the value at `keys` stands; parts that the text does not have are left out from the end."""
        known: Keys = ()
        for key in keys:
            if (*known, key) in self.places:
                known = (*known, key)
        return Location(self.path, *self.places.get(known, (1, 1)))

    def locate_key(self, keys: Keys) -> Location:
        """Where the key that names the value at `keys` stands; the value's place if it has no name."""
        return Location(self.path, *self.names[keys]) if keys in self.names else self.locate(keys)

    def locate_line(self, keys: Keys, line: int) -> Location:
        """Where a line (from 0) of the text at `keys` stands; the text's place if it is not written by lines."""
        place = self.locate(keys)
        if keys not in self.blocks:
            return place
        lines = _BREAK.split(self.text)
        number = min(place.line + 1 + line, len(lines))
        written = lines[number - 1]
        return Location(self.path, number, len(written) - len(written.lstrip()) + 1)


def read(data: bytes, path: str) -> Document:
    """The document in `data`; never raises for what an author can write."""
    if len(data) > MAX_BYTES:
        return Document(path, faults=(Fault(FaultKind.SIZE, 1, 1, str(len(data))),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rest = error.object  # without the byte order mark
        before = _BREAK.split(rest[: error.start].decode())
        fault = Fault(FaultKind.ENCODING, len(before), len(before[-1]) + 1, f"0x{rest[error.start]:02x}")
        return Document(path, faults=(fault,))
    if faults := tuple(_long_lines(text)):
        return Document(path, faults=faults)
    builder = _Builder(text)
    builder.build()
    return Document(
        path,
        builder.value,
        builder.places,
        builder.names,
        tuple(builder.faults),
        text,
        frozenset(builder.blocks),
    )


def _characters(text: str, error: Any) -> int:
    """How many characters stand before a reader's error: libyaml counts bytes, and names no encoding."""
    if error.encoding != "?":
        return int(error.position)
    return len(text.encode()[: error.position].decode(errors="ignore"))


def _long_lines(text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            yield Fault(FaultKind.LINE, number, MAX_LINE + 1, str(len(line)))


@dataclass(slots=True)
class _Open:
    """A sequence or mapping that is being read; `key` is the mapping's key that waits for its value.

    `is_flow` tells one in brackets.
    """

    keys: Keys
    value: list[Value] | dict[str, Value]
    is_flow: bool
    key: str | None = None


class _Builder:
    """Reads events into a value; an alias, a tag or a key that is no text becomes a fault and an empty value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = _BREAK.split(text)
        self.value: Value = None
        self.places: dict[Keys, tuple[int, int]] = {}
        self.names: dict[Keys, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.blocks: set[Keys] = set()
        self._open: list[_Open] = []

    def build(self) -> None:
        try:
            for event in yaml.parse(self._text, Loader):
                if not self._take(event):
                    return
        except yaml.reader.ReaderError as error:
            before = _BREAK.split(self._text[: _characters(self._text, error)])
            message = f"the character U+{error.character:04X} is not allowed"
            self._fault(FaultKind.SYNTAX, len(before), len(before[-1]) + 1, message)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._lost_way(self._place(mark) if mark else (1, 1), error)

    def _lost_way(self, place: tuple[int, int], error: yaml.MarkedYAMLError) -> None:
        """Note where the parser gave up, or what misled it before that."""
        brackets = next((self.places[part.keys] for part in self._open if part.is_flow), None)
        if brackets and (lost := lost_value(self._lines, brackets, place)):
            self._fault(FaultKind.COMMENT, lost.line, lost.column, lost.value)
            return
        kind = FaultKind.TAB if self._is_tab(*place) else FaultKind.SYNTAX
        self._fault(kind, *place, " ".join(part for part in (error.problem, error.context) if part))

    def _take(self, event: Any) -> bool:
        """Enter one event; False stops the reading."""
        place = self._place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._check_tag(event, place)
            self._check_characters(event, place)
            keys = self._enter(self._scalar(event), place)
            if event.style == "|":
                self.blocks.add(keys)
        elif isinstance(event, yaml.AliasEvent):
            self._fault(FaultKind.ALIAS, *place, event.anchor or "")
            self._enter(None, place)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event, place)
            value: list[Value] | dict[str, Value] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            return self._begin(value, place, is_flow=bool(event.flow_style))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.places:
            self._fault(FaultKind.SYNTAX, *place, "a second document begins here (---)")
            return False
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> Value:
        if event.style:  # quoted or block; the C parser says "" and the Python one None for a plain scalar
            return event.value
        return None if event.value in {"", "~", "null", "Null", "NULL"} else Plain(event.value)

    def _begin(self, value: list[Value] | dict[str, Value], place: tuple[int, int], *, is_flow: bool) -> bool:
        if len(self._open) == MAX_DEPTH:
            self._fault(FaultKind.DEPTH, *place, str(MAX_DEPTH))
            return False
        keys = self._enter(value, place)
        self._open.append(_Open(keys, value, is_flow))
        return True

    def _enter(self, value: Value, place: tuple[int, int]) -> Keys:
        """Put a value (or a mapping's key) where the reading stands, and remember its place."""
        if not self._open:
            self.value = value
            self.places[()] = place
            return ()
        parent = self._open[-1]
        if isinstance(parent.value, list):
            keys = (*parent.keys, len(parent.value))
            parent.value.append(value)
            self.places[keys] = place
            return keys
        if parent.key is None:
            parent.key = self._key(parent, value, place)
            return (*parent.keys, parent.key)
        keys, parent.key = (*parent.keys, parent.key), None
        if keys[-1] not in parent.value:
            parent.value[str(keys[-1])] = value
            self.places[keys] = place
        return keys

    def _key(self, parent: _Open, value: Value, place: tuple[int, int]) -> str:
        if not isinstance(value, str):
            self._fault(FaultKind.KEY, *place, "")
            return "?"
        if value in parent.value:
            self._fault(FaultKind.DUPLICATE, *place, value)
        self.names[(*parent.keys, str(value))] = place
        return str(value)

    def _check_tag(self, event: Any, place: tuple[int, int]) -> None:
        if event.tag and event.tag != "!":
            self._fault(FaultKind.TAG, *place, event.tag)

    def _check_characters(self, event: Any, place: tuple[int, int]) -> None:
        if event.style == '"' and (found := NO_TEXT.search(event.value)):
            self._fault(FaultKind.CHARACTER, *place, f"U+{ord(found.group()):04X}")

    def _fault(self, kind: FaultKind, line: int, column: int, detail: str) -> None:
        self.faults.append(Fault(kind, line, column, detail))

    def _place(self, mark: Any) -> tuple[int, int]:
        """Line and column of a mark; libyaml takes the end of a text for a line of its own."""
        last = len(self._lines)
        return (mark.line + 1, mark.column + 1) if mark.line < last else (last, len(self._lines[-1]) + 1)

    def _is_tab(self, line: int, column: int) -> bool:
        written = self._lines[line - 1]
        return "\t" in written[: column + 1] and not written[: column - 1].strip()
