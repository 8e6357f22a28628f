"""The texts of an import guide: one file for each LMS, in Norwegian, with slots for what the packages are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from kurspakke import yamltree
from kurspakke.findings import KurspakkeError
from kurspakke.model import Id, Model, PlainText, Title
from kurspakke.profiles import GENERIC
from kurspakke.shape import Shaped, shape

FOLDER = "guides"
"""Where a course keeps its own guides, one file for each profile."""

Slot = Literal[
    "course",
    "version",
    "format",
    "example",
    "first_module",
    "number",
    "minutes",
    "largest",
    "limit",
    "session",
    "contact",
    "web",
]
SLOTS: tuple[Slot, ...] = get_args(Slot)
"""What can be filled in."""

NEEDED: tuple[Slot, ...] = ("limit", "session", "contact", "web")
"""What not every course or LMS can fill; all else always is."""

_SLOT = re.compile(r"\{([^{}\s]{1,40})\}")
_OWN = Path(__file__).parent / FOLDER


class Line(Model):
    """A sentence or two; left out where one of the slots it `needs` has nothing to fill it."""

    text: PlainText = Field(description="What to do or know, in Norwegian, with slots such as {format}.")
    needs: tuple[Slot, ...] = Field((), description="Slots without which the line is left out.")


class Guide(Model):
    """How packages come into one LMS. What is left out is as in the generic guide.

    Steps that the LMS's profile has come before those in `upload` and `replace`.
    """

    id: Id = Field(description="The profile it belongs to, and the file's name without .yaml.")
    name: Title | None = Field(None, description="What people call the LMS; the profile's title if left out.")
    lead: PlainText = Field(description="Whom it is for, and what to know first.")
    before: tuple[Line, ...] = Field((), description="What to have at hand.")
    upload: tuple[Line, ...] = Field((), description="How a package is imported.")
    completion: tuple[Line, ...] = Field((), description="How the LMS is told what counts as completed.")
    replace: tuple[Line, ...] = Field((), description="How a new version takes the old one's place.")
    trial: tuple[Line, ...] = Field((), description="A plan of five steps for trying it.")


class OpenSlotError(Exception):
    """A slot that nothing fills: the file, the keys that lead to the text in it, and the slot's name."""

    def __init__(self, shaped: Shaped[Guide], keys: tuple[str | int, ...], slot: str) -> None:
        super().__init__(slot)
        self.shaped = shaped
        self.keys = keys
        self.slot = slot


def guide_file(name: str) -> str:
    """Where a course's own guide stands, below its folder."""
    return f"{FOLDER}/{name}.yaml"


def guide_ids() -> tuple[str, ...]:
    """The program's guides by the ids of their profiles: the generic one last."""
    names = sorted(path.stem for path in _OWN.glob("*.yaml"))
    return (*(name for name in names if name != GENERIC), GENERIC)


@cache
def guide(name: str) -> Shaped[Guide]:
    """One of the program's guides. Raises KurspakkeError where its file is damaged."""
    path = _OWN / f"{name}.yaml"
    shaped = shape(yamltree.read(path.read_bytes(), guide_file(name)), Guide)
    if shaped.value is None or shaped.value.id != name:
        wrong = next(iter((*shaped.document.faults, *shaped.mismatches)), "another id")
        raise KurspakkeError(f"the guide {path.name} is damaged: {wrong}", "install kurspakke again")
    return shaped


def slots(text: str) -> tuple[str, ...]:
    """The names of the slots in a text."""
    return tuple(match[1] for match in _SLOT.finditer(text))


class Filling:
    """The texts of one guide with their slots filled by `facts`; what the guide does not say is the generic one's."""

    def __init__(self, shaped: Shaped[Guide], generic: Shaped[Guide], facts: Mapping[str, str]) -> None:
        self._shaped = shaped
        self._generic = generic
        self._facts = facts

    def lead(self) -> str:
        """The text it begins with. Raises OpenSlotError."""
        return self._filled(self._shaped, ("lead",), _guide_of(self._shaped).lead)

    def lines(self, part: str) -> tuple[str, ...]:
        """The lines of `before`, `upload`, `completion`, `replace` or `trial`. Raises OpenSlotError."""
        own: tuple[Line, ...] = getattr(_guide_of(self._shaped), part)
        from_where = self._shaped if own else self._generic
        lines: tuple[Line, ...] = getattr(_guide_of(from_where), part)
        return tuple(
            self._filled(from_where, (part, index, "text"), line.text)
            for index, line in enumerate(lines)
            if all(slot in self._facts for slot in line.needs)
        )

    def _filled(self, shaped: Shaped[Guide], keys: tuple[str | int, ...], text: str) -> str:
        for slot in slots(text):
            if slot not in self._facts:
                raise OpenSlotError(shaped, keys, slot)
        return _SLOT.sub(lambda match: self._facts[match[1]], text)


def _guide_of(shaped: Shaped[Guide]) -> Guide:
    if shaped.value is None:
        raise ValueError(f"{shaped.document.path} was never read as a guide")
    return shaped.value
