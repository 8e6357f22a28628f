"""Which components serve which goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # reports of packages need nothing of what reads a source
    from kurspakke.source import Source


@dataclass(frozen=True, slots=True)
class Covered:
    """A goal of a module, the `index`th from 0, and the ids of the components that serve it."""

    module: str
    index: int
    goal: str
    text: str
    components: tuple[str, ...]


def coverage(source: Source) -> Iterator[Covered]:
    """Every goal of the modules that tie goals to components, and of all modules where the course demands it."""
    if source.course is None:
        return
    demanded = source.course.head.demands.goals
    for module in source.course.modules:
        spots = [spot.component for spot in source.every_spot if spot.module == module.id]
        if not module.whole or not (demanded or any(component.goals for component in spots)):
            continue
        for index, goal in enumerate(module.head.goals):
            serving = tuple(component.id for component in spots if goal.id in component.goals)
            yield Covered(module.id, index, goal.id, goal.text, serving)
