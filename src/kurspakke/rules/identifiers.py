"""Rules about identifiers: unique, the same as the file's name, and known where they are named."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.coordinator import COORDINATOR_FILE
from kurspakke.findings import Location, Severity
from kurspakke.instrument import instrument_file
from kurspakke.keys import collisions, tracked_names
from kurspakke.project import COURSE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean
from kurspakke.source import Source, module_file, page_file
from kurspakke.unit import COMBINED
from kurspakke.yamltree import Keys

IDENTIFIERS: Family[Source] = Family("SRC", first=20)


@IDENTIFIERS.rule(5, "id-used-twice", Severity.ERROR)
def duplicate_id(source: Source) -> Iterator[Problem]:
    """An id stands once in its module, for pages and components alike; goals and lists have theirs to themselves.

    So do a course's modules, audiences, languages and formats in their lists.

    Results, bookmarks and links hang on the id, so two things of the same id can't be told apart.
    """
    for ids in _id_groups(source):
        seen: dict[str, Location] = {}
        for name, place in ids:
            if name in seen:
                yield Problem(
                    place,
                    f"«{name}» is used before, at {seen[name]}",
                    "give one of them another id, or take one out",
                )
            seen.setdefault(name, place)


def _id_groups(source: Source) -> Iterator[list[tuple[str, Location]]]:
    """Groups of ids that must differ from each other, each id with its place."""
    if source.course is None:
        return
    head = source.course.head
    for key, names in (("modules", head.modules), ("languages", head.languages), ("formats", head.formats)):
        yield [(name, source.locate(COURSE_FILE, key, index)) for index, name in enumerate(names)]
    yield [
        (item.id, source.locate(COURSE_FILE, "audiences", index)) for index, item in enumerate(head.audiences)
    ]
    for module in source.course.modules:
        file = module_file(module.id)
        if file not in source.shaped:
            continue
        listed = [(name, source.locate(file, "pages", index)) for index, name in enumerate(module.head.pages)]
        yield listed + [
            (spot.component.id, spot.location("id")) for spot in source.every_spot if spot.module == module.id
        ]
        yield [(goal.id, source.locate(file, "goals", index)) for index, goal in enumerate(module.head.goals)]
    for instrument in source.course.instruments:
        place = instrument_file(instrument.id)
        for key in ("items", "thresholds"):
            parts = getattr(instrument, key)
            yield [(part.id, source.locate(place, key, at, "id")) for at, part in enumerate(parts)]
        yield [
            (group.id, source.locate(place, key, at, "id"))
            for key, groups in (("steps", instrument.steps), ("dimensions", instrument.dimensions))
            for at, group in enumerate(groups)
        ]
    yield from _coordinators_ids(source)
    for spot in source.every_spot:
        for key in ("items", "belongs_to", "results"):
            items = getattr(spot.component, key, ())
            yield [(item.id, spot.location(key, index, "id")) for index, item in enumerate(items)]


def _coordinators_ids(source: Source) -> Iterator[list[tuple[str, Location]]]:
    coordinator = source.course.coordinator if source.course else None
    if coordinator is None:
        return
    for key in ("weeks", "sections", "invitations"):
        items = getattr(coordinator, key)
        yield [(item.id, source.locate(COORDINATOR_FILE, key, at, "id")) for at, item in enumerate(items)]
    for at, week in enumerate(coordinator.weeks):
        yield [
            (work.id, source.locate(COORDINATOR_FILE, "weeks", at, "work", index, "id"))
            for index, work in enumerate(week.work)
        ]
    for key, tasks in coordinator.checklist.lists():
        yield [
            (task.id, source.locate(COORDINATOR_FILE, "checklist", key, at, "id"))
            for at, task in enumerate(tasks)
        ]


@IDENTIFIERS.rule(16, "reserved-id", Severity.ERROR)
def reserved_id(source: Source) -> Iterator[Problem]:
    """A module's id can't be mistaken for another package's.

    Packages are called after course, module and audience; `all` is the package of the whole course, and
    `strategi-leder` the module `strategi` for the audience `leder`.
    """
    head = source.course.head if source.course else None
    if head is None:
        return
    names = [*head.modules, COMBINED]
    taken = {f"{name}-{audience.id}" for name in names for audience in head.audiences} | {COMBINED}
    for index, name in enumerate(head.modules):
        if name in taken:
            place = source.locate(COURSE_FILE, "modules", index)
            yield Problem(place, f"«{name}» is what another package is called", "give the module another id")


@IDENTIFIERS.rule(6, "id-is-not-the-name", Severity.ERROR)
def id_is_not_the_name(source: Source) -> Iterator[Problem]:
    """A page's id is its file's name, a module's id its folder's name.

    The id stands in the file, since it must never change; the name is how it is found. They say the same.
    """
    for name, shaped in source.shaped.items():
        written = getattr(shaped.value, "id", None)
        parts = name.split("/")
        expected = (
            None
            if name == COURSE_FILE
            else parts[1]
            if name.endswith(("/module.yaml", "/edition.yaml"))
            else parts[-1].removesuffix(".yaml")
        )
        if written and expected and written != expected:
            yield Problem(
                shaped.document.locate(("id",)),
                f"the id is «{written}», but the name is «{expected}»",
                "let them say the same",
            )


@IDENTIFIERS.rule(7, "unknown-audience", Severity.ERROR)
def unknown_audience(source: Source) -> Iterator[Problem]:
    """An audience in show_for or minutes_for is one of the course's audiences."""
    if source.course is None:
        return
    known = [audience.id for audience in source.course.head.audiences]
    for file, keys, name in _audiences(source):
        if name not in known:
            hint = did_you_mean(name, known, "add it under `audiences:` in course.yaml")
            yield Problem(source.locate(file, *keys), f"there is no audience «{name}»", hint)


def _audiences(source: Source) -> Iterator[tuple[str, Keys, str]]:
    """Every audience that the pages name, and where."""
    for module in source.course.modules if source.course else ():
        for page in module.pages:
            file = page_file(module.id, page.id)
            yield from ((file, ("show_for", index), name) for index, name in enumerate(page.show_for))
            yield from ((file, ("minutes_for", name), name) for name in page.minutes_for)
    for spot in source.every_spot:
        for index, name in enumerate(spot.component.show_for):
            yield spot.document.path, (*spot.keys, "show_for", index), name


@IDENTIFIERS.rule(13, "keys-collide", Severity.ERROR)
def keys_collide(source: Source) -> Iterator[Problem]:
    """No two ids in a module have the same short key.

    Learners' progress is kept by a three-character key made from each id. With a hundred ids two may meet by chance;
    the newer one then takes another id, before it is published.
    """
    for module in source.course.modules if source.course else ():
        for first, second in collisions(tracked_names([module])):
            yield Problem(
                source.locate(module_file(module.id)),
                f"the ids «{second}» and «{first}» have the same short key",
                "change the newer one a little",
            )
