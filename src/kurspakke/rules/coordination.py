"""Rules about coordinator.yaml: that letters can be filled, and that they and the plan fit the modules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kurspakke.coordinator import COORDINATOR_FILE, Coordinator
from kurspakke.findings import Location, Severity
from kurspakke.kit import PHASES, group_work
from kurspakke.leaves import Leaf, leaves
from kurspakke.project import COURSE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.slots import BLANKS, OF_COURSE, OF_GATHERING, is_letter, of_course, slots
from kurspakke.source import Source
from kurspakke.texts import texts

COORDINATION: Family[Source] = Family("SRC", first=180)

_KNOWN = (*OF_COURSE, *OF_GATHERING, *BLANKS)


@COORDINATION.rule(0, "unknown-slot", Severity.ERROR)
def unknown_slot(source: Source) -> Iterator[Problem]:
    """A slot in the coordinator's texts has a name that is known, in translations, too.

    `{module}` is filled with what the course says; anything else in braces would be sent out as it stands. Known are
    `{course}`, `{publisher}`, `{contact}`, `{audience}`, in letters `{module}`, `{alone}`, `{work}`, `{preparation}`,
    `{minutes}`, `{follow_up}`, and for the coordinator to fill in `{date}`, `{time}`, `{place}`, `{deadline}`,
    `{link}`, `{sender}`.
    """
    for place, _, name in chain(_slots(source), _translated_slots(source)):
        if name not in _KNOWN:
            hint = did_you_mean(name, _KNOWN, f"write {listing(f'{{{known}}}' for known in _KNOWN)}")
            yield Problem(place, f"there is no slot {{{name}}}", hint)


@COORDINATION.rule(1, "unfilled-slot", Severity.ERROR)
def unfilled_slot(source: Source) -> Iterator[Problem]:
    """A slot stands where there is something to fill it with.

    What belongs to one gathering, and what the coordinator fills in, stands in letters only: invitations, reminder and
    follow-up. `{contact}` needs `contact:` in course.yaml, `{audience}` needs `audiences:`.
    """
    if source.course is None:
        return
    filled = of_course(source.course.head, None)
    for place, leaf, name in _slots(source):
        if name in OF_COURSE and name not in filled:
            key = {"contact": "contact", "audience": "audiences"}[name]
            yield Problem(
                place, f"nothing fills {{{name}}}", f"add `{key}:` to {COURSE_FILE}, or take the slot out"
            )
        elif name in _KNOWN and name not in OF_COURSE and not is_letter(leaf):
            yield Problem(
                place,
                f"nothing fills {{{name}}} here",
                "use it in invitations, reminder or follow_up, or take it out",
            )


@COORDINATION.rule(2, "unknown-module-to-coordinate", Severity.ERROR)
def unknown_module(source: Source) -> Iterator[Problem]:
    """Invitations and weeks are about modules that the course has."""
    course = source.course
    if course is None or course.coordinator is None:
        return
    known = course.head.modules
    for keys, name in _modules(course.coordinator):
        if name not in known:
            hint = did_you_mean(name, known, "name one of the course's modules, or take it out")
            yield Problem(source.locate(COORDINATOR_FILE, *keys), f"there is no module «{name}»", hint)


@COORDINATION.rule(3, "invited-twice", Severity.ERROR)
def invited_twice(source: Source) -> Iterator[Problem]:
    """Each module has one invitation, and one serves all the others."""
    coordinator = source.course.coordinator if source.course else None
    first: dict[str | None, Location] = {}
    for index, letter in enumerate(coordinator.invitations if coordinator else ()):
        place = source.locate(COORDINATOR_FILE, "invitations", index, "id")
        if letter.module in first:
            whom = f"to «{letter.module}»" if letter.module else "without a module"
            hint = "keep one of them, or give one of them another `module:`"
            yield Problem(place, f"there is an invitation {whom} before, at {first[letter.module]}", hint)
        first.setdefault(letter.module, place)


@COORDINATION.rule(4, "gathering-without-invitation", Severity.WARNING)
def without_invitation(source: Source) -> Iterator[Problem]:
    """There is an invitation to each gathering.

    One without `module:` serves all modules that have none of their own.
    """
    for coordinator, module in _gathering_modules(source):
        if coordinator.invitation_to(module) is None:
            place = source.locate(COORDINATOR_FILE)
            hint = "add one under `invitations:`, with or without `module:`"
            yield Problem(place, f"the gathering of «{module}» has no invitation", hint)


@COORDINATION.rule(5, "gathering-not-planned", Severity.WARNING)
def not_planned(source: Source) -> Iterator[Problem]:
    """Where there is a plan, it has each phase of each module's group work.

    The minutes of a week are those of what is planned for it, so a phase that is left out is time that nobody has set
    aside.
    """
    for coordinator, module in _gathering_modules(source):
        planned = {
            part
            for week in coordinator.weeks
            for work in week.work
            if work.module == module
            for part in work.parts
        }
        if missing := [phase for phase in PHASES if coordinator.weeks and phase not in planned]:
            place = source.locate(COORDINATOR_FILE, "weeks")
            yield Problem(
                place, f"the plan has no {listing(missing)} of «{module}»", "add it to the parts of a week"
            )


@COORDINATION.rule(6, "nothing-to-plan", Severity.ERROR)
def nothing_to_plan(source: Source) -> Iterator[Problem]:
    """What the plan has for a week is there, and is planned once.

    preparation, gathering and follow_up are phases of a module's group work. A part that is planned twice would be
    counted twice.
    """
    course = source.course
    if course is None or course.coordinator is None or not source.whole:
        return
    meeting = {module.id for module in course.modules if group_work(module)}
    seen: dict[tuple[str, str], Location] = {}
    for keys, module, part in _planned(course.coordinator):
        place = source.locate(COORDINATOR_FILE, *keys)
        if part in PHASES and module in course.head.modules and module not in meeting:
            hint = "plan `alone` only, or add a component `type: group-work`"
            yield Problem(place, f"«{module}» has no group work", hint)
        elif (module, part) in seen:
            message = f"{part} of «{module}» is planned before, at {seen[module, part]}"
            yield Problem(place, message, "take one of them out")
        seen.setdefault((module, part), place)


def _slots(source: Source) -> Iterator[tuple[Location, Leaf, str]]:
    """Every slot: its place, the text it stands in, and its name."""
    coordinator = source.course.coordinator if source.course else None
    for leaf in leaves(coordinator) if coordinator else ():
        for line, name in slots(leaf.text):
            yield source.document(COORDINATOR_FILE).locate_line(leaf.keys, line), leaf, name


def _translated_slots(source: Source) -> Iterator[tuple[Location, None, str]]:
    course = source.course
    ids = [text.id for text in texts(course) if text.file == COORDINATOR_FILE] if course else []
    for catalog in source.catalogs.values():
        for name in ids:
            if found := catalog.translations.get(name):
                for _, slot in slots(found.text):
                    yield Location(catalog.name, found.line), None, slot


def _gathering_modules(source: Source) -> Iterator[tuple[Coordinator, str]]:
    """The modules with group work, beside the texts for the coordinator; none while the course is not whole."""
    course = source.course
    if course and course.coordinator and source.whole:
        yield from ((course.coordinator, module.id) for module in course.modules if group_work(module))


def _modules(coordinator: Coordinator) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, letter in enumerate(coordinator.invitations):
        if letter.module:
            yield ("invitations", index, "module"), letter.module
    for at, week in enumerate(coordinator.weeks):
        for index, work in enumerate(week.work):
            yield ("weeks", at, "work", index, "module"), work.module


def _planned(coordinator: Coordinator) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for at, week in enumerate(coordinator.weeks):
        for index, work in enumerate(week.work):
            for place, part in enumerate(work.parts):
                yield ("weeks", at, "work", index, "parts", place), work.module, part
