"""How long a learner's saved state can become, in the form that the runtime writes (src/runtime/src/state.ts)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kurspakke.course import Module

ROOM = 4096
"""Characters that `cmi.suspend_data` holds (SCORM 1.2 RTE 3.4.4, CMIString4096)."""

_FRAME = 43
_KEY = 3


def longest_state(pages: int, options: Iterable[int], module_ids: Sequence[str]) -> int:
    """Characters of the longest state with so many pages, questions with so many options each, and these modules.

    A frame of 43, a key for each page, a key, a comma and every option for each question (true-false counts as one
    option), and each module's id with a comma.
    """
    answers = sum(_KEY + 1 + number for number in options)
    return _FRAME + _KEY * pages + answers + sum(1 + len(name) for name in module_ids)


def longest_state_of(modules: Sequence[Module]) -> int:
    """The same for a package that holds these modules."""
    interactions = [item.interaction() for module in modules for item in module.components()]
    options = [len(item.choices) or 1 for item in interactions if item]
    return longest_state(
        sum(len(module.pages) for module in modules), options, [module.id for module in modules]
    )
