"""Rules about what a course demands of itself, and about the goals that its components serve."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.components import COMPONENTS
from kurspakke.components.case import Case
from kurspakke.coverage import coverage
from kurspakke.findings import Severity
from kurspakke.project import COURSE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.source import Source, module_file

DEMANDS: Family[Source] = Family("SRC", first=40)


@DEMANDS.rule(0, "missing-kind", Severity.ERROR)
def missing_kind(source: Source) -> Iterator[Problem]:
    """A module has every kind of component that `demands: every_module:` names.

    The study package promises that each module introduces its subject (text), shows it in a short film (video), asks
    what it means for one's own work (reflection) and gives practical advice (tips). Add the component, or accept the
    finding in course.yaml for as long as the module is being written.
    """
    if source.course is None:
        return
    demanded = [kind for kind in source.course.head.demands.every_module if kind in COMPONENTS]
    for module in source.course.modules if demanded else ():
        kinds = {type(spot.component) for spot in source.every_spot if spot.module == module.id}
        for kind in demanded if module.whole else ():
            if COMPONENTS[kind] not in kinds:
                place = source.locate(module_file(module.id), "pages")
                yield Problem(place, f"the module has no {kind}", f"add a component `type: {kind}` to a page")


@DEMANDS.rule(1, "missing-sector", Severity.ERROR)
def missing_sector(source: Source) -> Iterator[Problem]:
    """With `demands: sectors: true`, cases come from both public and private sector.

    Those who lead a municipality learn from how others solve the same problems, and other sectors solve them otherwise.
    """
    if source.course is None or not source.course.head.demands.sectors or not source.whole:
        return
    cases = [spot.component for spot in source.every_spot if isinstance(spot.component, Case)]
    place = source.locate(COURSE_FILE, "demands", "sectors")
    for sector in ("public", "private"):
        if not any(case.sector == sector for case in cases):
            hint = f"add a component `type: case` with `sector: {sector}`"
            yield Problem(place, f"there is no case from the {sector} sector", hint)


@DEMANDS.rule(2, "unknown-kind", Severity.ERROR)
def unknown_kind(source: Source) -> Iterator[Problem]:
    """What `demands: every_module:` names are kinds of components."""
    named = source.course.head.demands.every_module if source.course else ()
    for index, kind in enumerate(named):
        if kind not in COMPONENTS:
            place = source.locate(COURSE_FILE, "demands", "every_module", index)
            hint = did_you_mean(kind, COMPONENTS, f"there are {listing(COMPONENTS)}")
            yield Problem(place, f"there is no component «{kind}»", hint)


@DEMANDS.rule(3, "uncovered-goal", Severity.WARNING)
def uncovered_goal(source: Source) -> Iterator[Problem]:
    """Each goal of a module is served by a component.

    A goal is a promise: «du kan …». `goals: [id]` on a component says which goals it serves. As soon as one component
    of a module has it (or the course has `demands: goals: true`), a goal that none serves is either not kept or not
    noted. Add what is missing, note it, or drop the goal.
    """
    for goal in coverage(source):
        if not goal.components:
            place = source.locate(module_file(goal.module), "goals", goal.index, "id")
            hint = f"add `goals: [{goal.goal}]` to the components that serve it, or drop the goal"
            yield Problem(place, f"no component serves the goal «{goal.goal}»", hint)


@DEMANDS.rule(4, "unknown-goal", Severity.ERROR)
def unknown_goal(source: Source) -> Iterator[Problem]:
    """A component serves goals that its module has, by the ids they have in module.yaml."""
    modules = source.course.modules if source.course else ()
    known = {module.id: [goal.id for goal in module.head.goals] for module in modules}
    for spot in source.every_spot:
        for index, goal in enumerate(spot.component.goals):
            if goal not in known[spot.module]:
                hint = did_you_mean(goal, known[spot.module], f"add it to {module_file(spot.module)}")
                yield spot.problem(f"the module has no goal «{goal}»", hint, "goals", index)
