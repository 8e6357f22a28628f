"""What is wrong with a statement, and where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A place where a statement is not what xAPI asks for.

    `path` leads there from the statement (`object.definition.type`, `attachments[0].sha2`; empty for the whole),
    `text` goes on from it to a sentence, `clause` is the clause of xAPI 1.0.3, part two (data).
    """

    path: str
    text: str
    clause: str

    def __str__(self) -> str:
        return f"{self.path or 'the statement'} {self.text}"


Check = Callable[[object, str], Iterator[Problem]]
"""Judges a value; the second argument is the path to it."""


def within(path: str, name: str) -> str:
    """The path of the member `name` of what is at `path`."""
    return f"{path}.{name}" if path else name


def kind_of(value: object) -> str:
    """What JSON calls a value, with its article."""
    if isinstance(value, bool):
        return "a boolean"
    if value is None:
        return "null"
    names = {dict: "an object", list: "an array", str: "a string", int: "a number", float: "a number"}
    return names.get(type(value), "no JSON value")


def shown(value: object) -> str:
    """A value in a message: cut where it is long, and by its kind where it has parts."""
    if isinstance(value, dict | list):
        return kind_of(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
