"""One part of a build that several machines share: `2/4` is the second of four."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kurspakke.findings import UsageError

MOST = 1000
"""So many machines share a build at most."""

_SHARD = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The part with this number, counted from 1, of so many; each part has as many editions as the others, but for one.

    Whoever builds all parts of the same course, each with the same options, has built everything once.
    """

    number: int = 1
    parts: int = 1

    @classmethod
    def of(cls, text: str) -> Shard:
        """The shard that is written like `2/4`. UsageError where there is none such."""
        found = _SHARD.fullmatch(text)
        number, parts = map(int, found.groups()) if found else (0, 0)
        if not 1 <= number <= parts <= MOST:
            hint = f"write it as 1/4 to 4/4, in {MOST:,} parts at most"
            raise UsageError(f"«{text}» is no part of a build", hint)
        return cls(number, parts)

    @property
    def is_all(self) -> bool:
        """True if there is only one part."""
        return self.parts == 1

    def holds(self, place: int) -> bool:
        """Whether what stands in this place, counted from 0, is in the part."""
        return place % self.parts == self.number - 1

    def __str__(self) -> str:
        """As it is written; empty where there is only one part."""
        return "" if self.is_all else f"{self.number}/{self.parts}"


EVERYTHING = Shard()
