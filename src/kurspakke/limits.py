"""How much of a stranger's package is looked at, and for how long."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from kurspakke.findings import UsageError
from kurspakke.rules.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Limits:
    """What one package may ask of whoever looks at it; what goes beyond becomes a finding.

    `members` files and folders in its zip; `bytes` in all of them and `single` in one, unpacked; `ratio` times as
    much unpacked as packed in any that unpacks to a megabyte or more; `nesting` folders within folders; `seconds`
    for the whole package, looked at between its files and between the rules; `memory` in bytes for everything that is
    kept of it.
    """

    members: int = 0xFFFF
    bytes: int = 1 << 33
    single: int = 1 << 32
    ratio: int = 250
    nesting: int = 64
    seconds: float = 120
    memory: int = 200 << 20

    @property
    def at_once(self) -> int:
        """So many bytes of one text are read at once: parsed, they take many times as much."""
        return self.memory // 25

    @property
    def unpacked(self) -> int:
        """So many bytes of a zip's texts stay unpacked once they were verified."""
        return self.memory // 50

    @property
    def kept(self) -> int:
        """So many bytes of parsed pages are kept; the others are parsed each time somebody asks for them."""
        return self.memory // 6


RATIO_FROM = 1 << 20
"""Smaller members may be of any ratio: a blank picture is no bomb."""

DEFAULT_LIMITS = Limits()
_NUMBER = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?)([kMGT]?)")
_UNITS = {"": 1, "k": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def limits_from(settings: Iterable[str], base: Limits = DEFAULT_LIMITS) -> Limits:
    """`base` changed by settings such as `members=1000` or `bytes=2G`, several of them parted by commas.

    Raises:
        UsageError: there is no limit of that name, or it is no positive number.
    """
    known = {field.name: field.type for field in fields(Limits)}
    changed: dict[str, int | float] = {}
    for setting in (part.strip() for text in settings for part in text.split(",")):
        name, _, value = setting.partition("=")
        if name not in known:
            hint = did_you_mean(name, known, f"the limits are {', '.join(known)}")
            raise UsageError(f"there is no limit «{name}»", hint)
        number = _number(value)
        if not number:
            hint = "write a number over 0, of bytes with k, M, G or T if you like: bytes=2G"
            raise UsageError(f"«{value}» is no limit for {name}", hint)
        changed[name] = number if name == "seconds" else math.ceil(number)
    return replace(base, **changed)  # type: ignore[arg-type]  # each by the name of its field


def _number(written: str) -> float:
    found = _NUMBER.fullmatch(written)
    return float(found[1]) * _UNITS[found[2]] if found else 0


class OutOfTimeError(Exception):
    """The time for a package is used up."""


class Clock:
    """Counts the seconds that a package may take, from now on; for ever, if nothing else is said."""

    def __init__(self, seconds: float = math.inf) -> None:
        self.seconds = seconds
        self.reached = "its files were being read"
        """What was being done last."""
        self._end = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() > self._end

    def check(self) -> None:
        """Raise OutOfTimeError once the time is used up."""
        if self.is_over:
            raise OutOfTimeError
