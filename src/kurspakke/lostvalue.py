"""A value that YAML took for a comment, since it begins with # and has no quotes: `{accent: #1a2b3c}`.

Between brackets the comment takes their end with it, and the parser only loses its way lines later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_VALUE = re.compile(r"#[^\s,\[\]{}]+")


@dataclass(frozen=True, slots=True)
class Lost:
    """What was meant for a value, and its line and column, counted from 1."""

    line: int
    column: int
    value: str


def lost_value(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> Lost | None:
    """The first one between the places `start`, where a bracket opens, and `end`; None where there is none.

    A comment has a space after its #, or stands where no value is waited for.
    """
    scan = _Scan()
    for number in range(start[0], min(end[0], len(lines)) + 1):
        line = lines[number - 1]
        first = start[1] - 1 if number == start[0] else 0
        last = end[1] - 1 if number == end[0] else len(line)
        for place in scan.comments(line[:last], first):
            if found := _VALUE.match(line, place):
                return Lost(number, place + 1, found.group())
    return None


class _Scan:
    """Reads flow collections line by line, as far as it takes to tell comments that stand for a value."""

    def __init__(self) -> None:
        self._quote = ""
        self._before = ""  # the last sign that is neither white space nor part of a quoted text
        self._open: list[str] = []

    def comments(self, line: str, first: int) -> Iterator[int]:
        """Where in the line, from `first` on, a comment begins and a value is waited for; one at most."""
        place = first
        while place < len(line):
            sign = line[place]
            if self._quote:
                place += self._within(line, place)
            elif sign == "#" and (place == 0 or line[place - 1] in " \t,[{"):
                if self._waits():
                    yield place
                return
            else:
                self._take(sign)
                place += 1

    def _within(self, line: str, place: int) -> int:
        """How many signs of a quoted text to pass over."""
        escape = "\\" if self._quote == '"' else "''"
        if line.startswith(escape, place):
            return 2
        if line[place] == self._quote:
            self._quote, self._before = "", "q"
        return 1

    def _take(self, sign: str) -> None:
        if sign in "\"'" and self._before in {":", ",", "[", "{"}:
            self._quote = sign
        elif sign in "[{":
            self._open.append(sign)
        elif sign in "]}" and self._open:
            self._open.pop()
        if not sign.isspace():
            self._before = sign

    def _waits(self) -> bool:
        """Whether a value has to come next: after a key's colon, and in a sequence after a bracket or comma."""
        return self._before == ":" or (self._before in {"[", ","} and self._open[-1:] == ["["])
