"""What is done of a cmi5 course, and what is to be said about it (cmi5 9.3.9; 13.1.4, moveOn).

Pure functions: the course's structure and the statements of a registration go in, what the LMS owes comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kurspakke.formats.cmi5_manifest import Part
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.launchable import MOVE_ON_DEFAULT
from kurspakke.preview.sessions import given_id

MOVE_ON: Mapping[str, Callable[[frozenset[str]], bool]] = {
    "Passed": lambda said: terms.PASSED in said,
    "Completed": lambda said: terms.COMPLETED in said,
    "CompletedAndPassed": lambda said: {terms.COMPLETED, terms.PASSED} <= said,
    "CompletedOrPassed": lambda said: bool({terms.COMPLETED, terms.PASSED} & said),
    "NotApplicable": lambda _: True,
}
"""Whether an AU is satisfied by the verbs said of it (cmi5 13.1.4)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a registration, by the ids that the LMS gave.

    `said` has the verbs that count of each AU, `satisfied` the blocks and the course of which it has been told.
    """

    said: Mapping[str, frozenset[str]] = field(default_factory=dict)
    satisfied: frozenset[str] = frozenset()


def progress_of(statements: Iterable[Mapping[str, Any]]) -> Progress:
    """What the statements of a registration amount to; without cmi5's categories they count for nothing (cmi5 9.6.2)."""
    said: dict[str, frozenset[str]] = {}
    satisfied: set[str] = set()
    for statement in statements:
        verb, thing = str(statement["verb"]["id"]), str(statement["object"].get("id", ""))
        categories = _categories(statement)
        if terms.CATEGORY not in categories:
            continue
        if verb == terms.SATISFIED:
            satisfied.add(thing)
        elif terms.MOVE_ON_CATEGORY in categories:
            said[thing] = said.get(thing, frozenset()) | {verb}
    return Progress(said, frozenset(satisfied))


def is_met(move_on: str | None, said: frozenset[str]) -> bool:
    """Whether an AU is satisfied: by its moveOn, or as it was waived (cmi5 9.3.9). An unknown moveOn is never met."""
    criterion = MOVE_ON.get(move_on or MOVE_ON_DEFAULT)
    return terms.WAIVED in said or (criterion is not None and criterion(said))


def satisfied_parts(space: str, course: Part, parts: Sequence[Part], known: Progress) -> Sequence[Part]:
    """The blocks, innermost first, and at last the course, of which all AUs are satisfied; told of or not."""
    found: list[Part] = []
    if _all_done(space, parts, known, found):
        found.append(course)
    return found


def due(space: str, course: Part, parts: Sequence[Part], known: Progress) -> Iterator[Part]:
    """The blocks and the course of which `satisfied` is still to be said: once each in a registration (cmi5 9.3)."""
    for part in satisfied_parts(space, course, parts, known):
        if given_id(space, part.kind, part.id or "") not in known.satisfied:
            yield part


def unit_is_met(space: str, part: Part, known: Progress) -> bool:
    """Whether that AU of the course is satisfied."""
    said = known.said.get(given_id(space, "au", part.id or ""), frozenset())
    return is_met(part.move_on, said)


def _look(space: str, part: Part, known: Progress, found: list[Part]) -> bool:
    if part.kind == "au":
        return unit_is_met(space, part, known)
    done = _all_done(space, part.parts, known, found)
    if done:
        found.append(part)
    return done


def _all_done(space: str, parts: Sequence[Part], known: Progress, found: list[Part]) -> bool:
    # Every one is looked at: a block may be done though what is around it is not.
    done = [_look(space, part, known, found) for part in parts]
    return all(done)


def _categories(statement: Mapping[str, Any]) -> frozenset[str]:
    activities = statement.get("context", {}).get("contextActivities", {})
    category = activities.get("category", [])
    # A single activity may stand where a list is meant (xAPI 1.0.3, part two, 2.4.6.2).
    listed = category if isinstance(category, list) else [category]
    return frozenset(str(each.get("id", "")) for each in listed if isinstance(each, dict))
