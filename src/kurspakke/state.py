"""How long a learner's saved state can become, in the form that the runtime writes (src/runtime/src/state.ts)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kurspakke.components.base import Component, Interaction
    from kurspakke.course import Module

ROOM = 4096
"""Characters that `cmi.suspend_data` holds (SCORM 1.2 RTE 3.4.4, CMIString4096)."""

TYPED = 80
"""Characters that an answer in words takes at most; what is longer is cut."""

_FRAME = 43
_KEY = 3
_ASSESSMENT = 10
_NUMBER = 20
_SPELT = {" ": "_", "å": "*a", "æ": "*e", "ø": "*o", "Å": "*A", "Æ": "*E", "Ø": "*O", ".": "*d", ",": "*c"}


def typed(text: str) -> str:
    """An answer in words as it stands in the state, before it is cut.

    The state goes through many hands, so it is spelt in characters that none of them bends.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(
        sign if re.match(r"[A-Za-z0-9-]", sign) else _SPELT.get(sign) or _escaped(sign) for sign in words
    )


def _escaped(sign: str) -> str:
    """A sign as `~` and four hexadecimal digits for each of its UTF-16 units."""
    units = sign.encode("utf-16-be")
    return "".join(f"~{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def longest_answer(interaction: Interaction) -> int:
    """Characters of the longest answer to a question, as the state keeps it (src/runtime/src/response.ts)."""
    match interaction.type:
        case "true-false" | "likert":
            return 1
        case "fill-in":
            return TYPED
        case "numeric":
            return _NUMBER
        case "matching":
            return 2 * len(interaction.choices)
        case _:
            return len(interaction.choices)


def longest_state(pages: int, answers: Iterable[int], module_ids: Sequence[str], assessments: int = 0) -> int:
    """Characters of the longest state with so many pages, answers of at most so many characters, and these modules.

    A frame of 43, a key for each page, a key and a comma for each answer, a comma for each module's id, and 10 for each
    assessment with 1 for them all.
    """
    total = sum(_KEY + 1 + number for number in answers)
    total += _ASSESSMENT * assessments + (1 if assessments else 0)
    return _FRAME + _KEY * pages + total + sum(1 + len(name) for name in module_ids)


def longest_state_of(modules: Sequence[Module]) -> int:
    """The same for a package that holds these modules."""
    components = [component for module in modules for component in module.components()]
    return longest_state(
        sum(len(module.pages) for module in modules),
        [length for component in components for length in _longest_answers(component)],
        [module.id for module in modules],
        sum(component.kept is not None for component in components),
    )


def _longest_answers(component: Component) -> list[int]:
    """Of a bank, only the answers of one attempt are kept: the longest ones, at worst."""
    lengths = (longest_answer(interaction) for _, interaction in component.interactions())
    return sorted(lengths, reverse=True)[: component.kept]
