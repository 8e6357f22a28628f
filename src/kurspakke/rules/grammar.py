"""The form of XML elements as a table: what may stand in each, in which order, and with which attributes.

For standards whose schema can't be shipped with the program; the tables are written from the standard.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.xmltree import Element


class Flaw(Enum):
    """In which way an element departs from its form."""

    UNKNOWN_CHILD = auto()
    LATE_CHILD = auto()
    REPEATED_CHILD = auto()
    MISSING_CHILD = auto()
    UNKNOWN_ATTRIBUTE = auto()
    MISSING_ATTRIBUTE = auto()
    WRONG_VALUE = auto()
    WRONG_TEXT = auto()


MISPLACED = frozenset({Flaw.UNKNOWN_CHILD, Flaw.LATE_CHILD, Flaw.REPEATED_CHILD})
MISSING = frozenset({Flaw.MISSING_CHILD, Flaw.MISSING_ATTRIBUTE})
WRONG = frozenset({Flaw.UNKNOWN_ATTRIBUTE, Flaw.WRONG_VALUE, Flaw.WRONG_TEXT})


@dataclass(frozen=True, slots=True)
class Value:
    """What an attribute or a text may say: whether it `accepts` one, and the `hint` for those it does not."""

    accepts: Callable[[str], bool]
    hint: str


def words(*known: str) -> Value:
    """One of the words `known`, letter by letter."""
    return Value(frozenset(known).__contains__, f"write {listing(known)}")


_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")


def decimal(least: float, most: float) -> Value:
    """A decimal number from `least` to `most`, without exponent."""

    def accepts(text: str) -> bool:
        return _DECIMAL.fullmatch(text) is not None and least <= float(text) <= most

    return Value(accepts, f"write a number from {least:g} to {most:g}, with a decimal point")


def pattern(expression: str, hint: str) -> Value:
    """A text of that form; the expression must not backtrack."""
    compiled = re.compile(expression)
    return Value(lambda text: compiled.fullmatch(text) is not None, hint)


ANY = Value(lambda _: True, "")
BOOLEAN = words("true", "false", "1", "0")
COUNT = pattern(r"\+?[0-9]{1,9}", "write a whole number")


@dataclass(frozen=True, slots=True)
class Part:
    """Children that may stand at one place of a sequence: of any of these names, so many times."""

    names: tuple[str, ...]
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of one element; children in other namespaces are extensions, and come last."""

    parts: tuple[Part, ...]
    attributes: Mapping[str, Value]
    needed: frozenset[str]
    text: Value
    in_order: bool


Grammar = Mapping[str, Shape]
"""Shapes by the name of the element, or by `parent/name` where the parent makes a difference."""

_TIMES: Mapping[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


def shape(
    children: str = "",
    attributes: Mapping[str, Value] | None = None,
    *,
    text: Value = ANY,
    in_order: bool = True,
) -> Shape:
    """The shape with `children` in order, as in `title item+ metadata? au|block*`; an attribute with `!` is needed."""
    parts = []
    for word in children.split():
        least, most = _TIMES.get(word[-1], (1, 1))
        parts.append(Part(tuple(word.rstrip("?*+").split("|")), least, most))
    given = attributes or {}
    return Shape(
        tuple(parts),
        {name.rstrip("!"): value for name, value in given.items()},
        frozenset(name[:-1] for name in given if name.endswith("!")),
        text,
        in_order,
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """A departure from the form, in or of `element`."""

    flaw: Flaw
    element: Element
    message: str
    hint: str


MOST_FAULTS = 500
"""More than anybody mends one by one: a file with so many is of another kind, or made to keep us busy."""


def faults(root: Element, grammars: Mapping[str, Grammar]) -> Iterator[Fault]:
    """The first faults of `root` and all below it, in the order of the file; `grammars` are by their namespaces."""
    return islice(_every_fault(root, grammars), MOST_FAULTS)


def _every_fault(root: Element, grammars: Mapping[str, Grammar]) -> Iterator[Fault]:
    waiting = [("", root)]
    while waiting:
        parent, element = waiting.pop()
        grammar = grammars.get(element.namespace)
        if grammar is not None:
            form = grammar.get(f"{parent}/{element.name}") or grammar.get(element.name)
            if form:
                yield from _attributes(element, form)
                yield from _children(element, form)
        waiting.extend((element.name, child) for child in reversed(element.children))


def _attributes(element: Element, form: Shape) -> Iterator[Fault]:
    for name in sorted(form.needed - element.attributes.keys()):
        message = f"<{element.name}> has no {name}"
        yield Fault(Flaw.MISSING_ATTRIBUTE, element, message, f"add the attribute {name}")
    for name, value in element.attributes.items():
        if ":" in name or name == "xmlns":
            continue
        known = form.attributes.get(name)
        if known is None:
            hint = did_you_mean(name, form.attributes, _can_have(form))
            yield Fault(Flaw.UNKNOWN_ATTRIBUTE, element, f"<{element.name}> knows no attribute {name}", hint)
        elif not known.accepts(value.strip()):
            yield Fault(Flaw.WRONG_VALUE, element, f"{name} is {value!r}", known.hint)
    if not form.text.accepts(element.text.strip()):
        message = f"<{element.name}> says {element.text.strip()!r}"
        yield Fault(Flaw.WRONG_TEXT, element, message, form.text.hint)


def _can_have(form: Shape) -> str:
    if not form.attributes:
        return "take it out"
    return f"take it out; there are {listing(tuple(form.attributes))}"


def _children(parent: Element, form: Shape) -> Iterator[Fault]:
    known = [name for part in form.parts for name in part.names]
    counts: Counter[int] = Counter()
    reached = 0
    for child in parent.children:
        if child.namespace != parent.namespace:
            reached = len(form.parts) if form.in_order else reached
            continue
        at = next((number for number, part in enumerate(form.parts) if child.name in part.names), None)
        if at is None:
            hint = f"here can stand {listing(known)}" if known else "take it out"
            message = f"<{child.name}> has no place in <{parent.name}>"
            yield Fault(Flaw.UNKNOWN_CHILD, child, message, did_you_mean(child.name, known, hint))
            continue
        counts[at] += 1
        most = form.parts[at].most
        if most is not None and counts[at] > most:
            message = f"<{child.name}> stands once too often in <{parent.name}>"
            yield Fault(Flaw.REPEATED_CHILD, child, message, "keep one")
        elif form.in_order and at < reached:
            message = f"<{child.name}> stands too late in <{parent.name}>"
            hint = f"the order is {', '.join(known)}, then extensions"
            yield Fault(Flaw.LATE_CHILD, child, message, hint)
        else:
            reached = at
    for number, part in enumerate(form.parts):
        if counts[number] < part.least:
            name = listing(part.names)
            yield Fault(Flaw.MISSING_CHILD, parent, f"<{parent.name}> has no {name}", f"put a {name} into it")
