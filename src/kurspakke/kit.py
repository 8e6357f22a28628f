"""The coordinator's kit: what `coordinator.yaml` and the modules of a package say together, ready to be shown.

It has what the package has: the modules in it, and of them the group work that its audience meets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from kurspakke.components.group_work import GroupWork
from kurspakke.coordinator import Checklist, Coordinator, Letter, Part, Section, Task, Week, Work
from kurspakke.course import Module
from kurspakke.slots import blanks, of_course, of_gathering, with_slots
from kurspakke.unit import Unit

PARTS: tuple[Part, ...] = get_args(Part)
"""In the order in which a module goes."""

PHASES: tuple[Part, ...] = tuple(part for part in PARTS if part != "alone")
"""Those of a group work, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A module's group work, with the letters about it by what they are: invitation, reminder, follow_up."""

    module: Module
    work: GroupWork
    letters: Mapping[str, Letter]


@dataclass(frozen=True, slots=True)
class Time:
    """What a module, or all of them, takes of each participant, in minutes; no phases where there is no group work."""

    title: str
    alone: int
    phases: Mapping[Part, int]

    @property
    def sum(self) -> int:
        """All of it."""
        return self.alone + sum(self.phases.values())


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a module in the plan: its key, the module's title, the group work's, minutes."""

    part: Part
    module: str
    work: str | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Planned:
    """Work of a week, with the steps in it that the package has."""

    work: Work
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A week, counted from 1, with what participants do in it."""

    number: int
    week: Week
    planned: tuple[Planned, ...]

    @property
    def minutes(self) -> int:
        """What it takes of each participant."""
        return sum(step.minutes for planned in self.planned for step in planned.steps)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that it has, each once, in the order in which a module goes."""
        found = {step.part for planned in self.planned for step in planned.steps}
        return tuple(part for part in PARTS if part in found)


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything for the coordinator of one package."""

    introduction: str
    times: tuple[Time, ...]
    whole: Time
    weeks: tuple[WeekPlan, ...]
    checklist: Checklist
    sections: tuple[Section, ...]
    gatherings: tuple[Gathering, ...]


def kit(unit: Unit, coordinator: Coordinator, words: Mapping[str, str]) -> Kit:
    """The kit of a package; the unit's modules are localised, and `words` are the interface's in the same language."""
    values = of_course(unit.course.head, unit.variant.audience)
    gatherings = tuple(_gatherings(unit.modules, coordinator, {**values, **blanks(words)}))
    texts = with_slots(coordinator, values)
    times = tuple(_time(module) for module in unit.modules)
    meet = bool(gatherings)
    checklist = Checklist(**{key: _needed(tasks, meet=meet) for key, tasks in texts.checklist.lists()})
    return Kit(
        texts.introduction,
        times,
        _whole(unit.title, times),
        tuple(_weeks(unit.modules, texts)),
        checklist,
        tuple(section for section in texts.sections if meet or not section.needs_gathering),
        gatherings,
    )


def group_work(module: Module) -> tuple[GroupWork, ...]:
    """The module's group work, in the order of its pages."""
    return tuple(component for component in module.components() if isinstance(component, GroupWork))


def _needed(tasks: tuple[Task, ...], *, meet: bool) -> tuple[Task, ...]:
    return tuple(task for task in tasks if meet or not task.needs_gathering)


def _gatherings(
    modules: Sequence[Module], coordinator: Coordinator, values: Mapping[str, str]
) -> Iterator[Gathering]:
    for module in modules:
        letters: dict[str, Letter | None] = {
            "invitation": coordinator.invitation_to(module.id),
            "reminder": coordinator.reminder,
            "follow_up": coordinator.follow_up,
        }
        for work in group_work(module):
            filled = {**values, **of_gathering(module, work)}
            yield Gathering(
                module,
                work,
                {key: with_slots(letter, filled) for key, letter in letters.items() if letter},
            )


def _time(module: Module) -> Time:
    works = group_work(module)
    phases = {name: sum(_minutes(work, name) for work in works) for name in PHASES} if works else {}
    return Time(module.title, module.head.minutes, phases)


def _whole(title: str, times: Sequence[Time]) -> Time:
    phases = {name: sum(time.phases.get(name, 0) for time in times) for name in PHASES}
    return Time(title, sum(time.alone for time in times), phases)


def _weeks(modules: Sequence[Module], coordinator: Coordinator) -> Iterator[WeekPlan]:
    known = {module.id: module for module in modules}
    number = 0
    for week in coordinator.weeks:
        planned = tuple(
            Planned(work, steps)
            for work in week.work
            if work.module in known and (steps := tuple(_steps(known[work.module], work)))
        )
        if planned or not week.work:
            number += 1
            yield WeekPlan(number, week, planned)


def _steps(module: Module, work: Work) -> Iterator[Step]:
    for part in work.parts:
        if part == "alone":
            yield Step(part, module.title, None, module.head.minutes)
        else:
            for done in group_work(module):
                yield Step(part, module.title, done.title, _minutes(done, part))


def _minutes(work: GroupWork, phase: str) -> int:
    minutes: int = getattr(work, phase).minutes
    return minutes
