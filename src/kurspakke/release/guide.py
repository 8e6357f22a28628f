"""The texts of an import guide: a file for each LMS and form of Norwegian, with slots for what the packages are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from kurspakke import yamltree
from kurspakke.findings import KurspakkeError
from kurspakke.guidefiles import FOLDER, guide_file, guide_language
from kurspakke.model import Id, Model, PlainText, Title
from kurspakke.profiles import GENERIC
from kurspakke.release.words import LANGUAGES
from kurspakke.shape import Shaped, shape

if TYPE_CHECKING:
    from kurspakke.profile import Step

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
_OWN = Path(__file__).parent


class Line(Model):
    """A sentence or two; left out where one of the slots it `needs` has nothing to fill it."""

    text: PlainText = Field(
        description="What to do or know, in the file's form of Norwegian, with slots such as {format}."
    )
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


@dataclass(frozen=True, slots=True)
class Told:
    """A text of a guide as it is shown, and its language; of what is known of the LMS also the profile's `step`."""

    text: str
    language: str
    step: Step | None = None


def guide_ids() -> tuple[str, ...]:
    """The program's guides by the ids of their profiles: the generic one last."""
    names = sorted(path.stem for path in (_OWN / FOLDER).glob("*.yaml"))
    return (*(name for name in names if name != GENERIC), GENERIC)


@cache
def guide(name: str, language: str = LANGUAGES[0]) -> Shaped[Guide]:
    """One of the program's guides. Raises KurspakkeError where its file is damaged."""
    file = guide_file(name, language)
    shaped = shape(yamltree.read((_OWN / file).read_bytes(), file), Guide)
    if shaped.value is None or shaped.value.id != name:
        wrong = next(iter((*shaped.document.faults, *shaped.mismatches)), "another id")
        raise KurspakkeError(f"the guide {file} is damaged: {wrong}", "install kurspakke again")
    return shaped


def slots(text: str) -> tuple[str, ...]:
    """The names of the slots in a text."""
    return tuple(match[1] for match in _SLOT.finditer(text))


class Filling:
    """The texts about one LMS with their slots filled by `facts`; what a guide does not say, the next one does."""

    def __init__(self, guides: Sequence[Shaped[Guide]], facts: Mapping[str, str]) -> None:
        self._guides = guides
        self._facts = facts

    def lead(self) -> Told:
        """The text it begins with. Raises OpenSlotError."""
        return self._filled(self._guides[0], ("lead",), guide_of(self._guides[0]).lead)

    def lines(self, part: str) -> tuple[Told, ...]:
        """The lines of `before`, `upload`, `completion`, `replace` or `trial`. Raises OpenSlotError."""
        for shaped in self._guides:
            lines: tuple[Line, ...] = getattr(guide_of(shaped), part)
            if lines:
                return tuple(
                    self._filled(shaped, (part, index, "text"), line.text)
                    for index, line in enumerate(lines)
                    if all(slot in self._facts for slot in line.needs)
                )
        return ()

    def _filled(self, shaped: Shaped[Guide], keys: tuple[str | int, ...], text: str) -> Told:
        for slot in slots(text):
            if slot not in self._facts:
                raise OpenSlotError(shaped, keys, slot)
        filled = _SLOT.sub(lambda match: self._facts[match[1]], text)
        return Told(filled, guide_language(shaped.document.path) or LANGUAGES[0])


def guide_of(shaped: Shaped[Guide]) -> Guide:
    """The guide that was read. Raises ValueError where its file could not be read as one."""
    if shaped.value is None:
        raise ValueError(f"{shaped.document.path} was never read as a guide")
    return shaped.value
