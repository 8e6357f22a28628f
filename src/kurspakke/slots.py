"""Slots in the coordinator's texts: `{module}` becomes the module's title, `{date}` a blank to fill in by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kurspakke.components.group_work import GroupWork
from kurspakke.course import CourseHead, Module
from kurspakke.leaves import Leaf, SomeModel, replaced
from kurspakke.model import Kind

OF_COURSE = ("course", "publisher", "contact", "audience")
"""What any of the texts may ask for."""

OF_GATHERING = ("module", "alone", "work", "preparation", "minutes", "follow_up")
"""What only a letter may ask for, since it is about one gathering. Numbers are minutes; `minutes` is the gathering's."""

BLANKS = ("date", "time", "place", "deadline", "link", "sender")
"""What the coordinator fills in before a letter is sent."""

_SLOT = re.compile(r"\{([^{}\s]{1,40})\}")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def slots(text: str) -> Iterator[tuple[int, str]]:
    """The slots in a text: (line from 0, name)."""
    for found in _SLOT.finditer(text):
        yield text.count("\n", 0, found.start()), found[1]


def without_slots(text: str) -> str:
    """A text without its slots, line by line as it was."""
    return _SLOT.sub("", text)


def is_letter(leaf: Leaf) -> bool:
    """Whether a text of the model `Coordinator` is (a part of) a letter."""
    return leaf.keys[0] in {"invitations", "reminder", "follow_up"}


def of_course(head: CourseHead, audience: str | None) -> Mapping[str, str]:
    """What the course fills slots with; what it does not have is left out. `audience`: its id."""
    audiences = {item.id: item.title for item in head.audiences}
    contact = head.contact
    filled = {
        "course": head.title,
        "publisher": head.publisher,
        "contact": ", ".join(filter(None, (contact.name, contact.email))) if contact else None,
        "audience": audiences.get(audience or next(iter(audiences), "")),
    }
    return {name: value for name, value in filled.items() if value}


def of_gathering(module: Module, work: GroupWork) -> Mapping[str, str]:
    """What a gathering fills slots with."""
    return {
        "module": module.title,
        "alone": str(module.head.minutes),
        "work": work.title,
        "preparation": str(work.preparation.minutes),
        "minutes": str(work.gathering.minutes),
        "follow_up": str(work.follow_up.minutes),
    }


def blanks(words: Mapping[str, str]) -> Mapping[str, str]:
    """What stands where the coordinator has to write, in the interface's language: «[dato]»."""
    return {name: f"[{words[f'coordinator_blank_{name}']}]" for name in BLANKS}


def with_slots(model: SomeModel, values: Mapping[str, str]) -> SomeModel:
    """The model with the slots in its texts filled; one without a value stays as it is."""

    def fill(leaf: Leaf) -> str:
        in_markdown = leaf.kind in {Kind.MARKDOWN, Kind.INLINE}

        def value(found: re.Match[str]) -> str:
            text = values.get(found[1], found[0])
            return _SIGNS.sub(r"\\\1", text) if in_markdown else text

        return _SLOT.sub(value, leaf.text)

    return replaced(model, fill)
