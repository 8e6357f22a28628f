"""Rules about local editions as such: whose they are, what they inherit, what they are called and whom they are for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kurspakke.course import CourseHead
from kurspakke.findings import Location, Severity
from kurspakke.locality.edition import MAX_LAYERS, chain, is_circle, is_too_deep
from kurspakke.locality.layer import edition_file
from kurspakke.locality.table import TABLE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import closest, did_you_mean
from kurspakke.source import Source
from kurspakke.unit import COMBINED

EDITIONS: Family[Source] = Family("SRC", first=200)


@EDITIONS.rule(3, "edition-inherits", Severity.ERROR)
def edition_inherits(source: Source) -> Iterator[Problem]:
    """An edition inherits from one that there is, and never from itself.

    It may inherit from one with a folder in editions/, or from one that only the table has; eight deep at the most.
    """
    editions = source.editions
    for name, layer in editions.layers.items():
        if chain(name, editions.table, editions.layers) is not None:
            continue
        above = layer.head.inherits or ""
        known = {*editions.table.rows, *editions.layers}
        place = source.locate(edition_file(name), "inherits")
        if edition_file(above) in source.files.files and above not in known:
            continue  # it can't be read: said of that file
        if above and above not in known:
            hint = did_you_mean(above, sorted(known - {name}), "name one that there is")
            yield Problem(place, f"there is no edition «{above}»", hint)
        elif is_circle(name, editions.table, editions.layers):
            yield Problem(place, f"«{name}» inherits from itself in the end", "break the circle")
        elif is_too_deep(name, editions.table, editions.layers):
            message = (
                f"what «{name}» inherits from does not lead to the national course in {MAX_LAYERS} steps"
            )
            yield Problem(place, message, "let it inherit from less, or mend the editions above it")


@EDITIONS.rule(4, "edition-without-name", Severity.ERROR)
def edition_without_name(source: Source) -> Iterator[Problem]:
    """An edition has a title and a kind, its own or those of the table; learners read whose it is.

    The kind is network, county or municipality.
    """
    table = source.editions.table.rows
    for name, layer in source.editions.layers.items():
        for key, example in (("title", "Vik kommune"), ("kind", "municipality")):
            if not getattr(layer.head, key) and name not in table:
                near = closest(name, table)
                hint = f"write {key}, such as `{key}: {example}`"
                yield Problem(
                    source.locate(edition_file(name)),
                    f"the edition has no {key}, and no table knows «{name}»",
                    f"{hint}, or call folder and id «{near}» if that is who it is" if near else hint,
                )


@EDITIONS.rule(5, "edition-id-taken", Severity.ERROR)
def edition_id_taken(source: Source) -> Iterator[Problem]:
    """An edition's id can't be mistaken for something else in a package's name.

    Packages are called after course, module, edition and audience. So no edition is called as an audience, a module or
    `all` is, and no table has such a row; nor may two parts of a name together read as another one:
    `vik-leder` is `vik` for the audience `leder`.
    """
    head = source.course.head if source.course else None
    if head is None:
        return
    editions = source.editions
    taken = {*(audience.id for audience in head.audiences), *head.modules, COMBINED}
    alike = _named_alike(head, (*editions.layers, *editions.table.rows))
    for name in dict.fromkeys((*editions.layers, *editions.table.rows)):
        layer, row = editions.layers.get(name), editions.table.rows.get(name)
        place = (
            source.locate(edition_file(name), "id") if layer else Location(TABLE_FILE, row.line if row else 1)
        )
        if name in taken:
            message = f"«{name}» is the id of something else in the course"
            yield Problem(place, message, "give the edition another id")
        elif name in alike:
            message = f"a package of «{name}» would be called {alike[name]}, as another one is"
            yield Problem(place, message, "give the edition another id")


def _named_alike(head: CourseHead, editions: Iterable[str]) -> Mapping[str, str]:
    """The editions of which a package is called as one of another edition is, each with the name."""
    audiences = ("", *(f"-{audience.id}" for audience in head.audiences))
    owners: dict[str, str] = {}
    found: dict[str, str] = {}
    for edition in ("", *editions):
        for unit in (*head.modules, COMBINED):
            for audience in audiences:
                name = f"{unit}-{edition}{audience}" if edition else f"{unit}{audience}"
                if owners.setdefault(name, edition) != edition:
                    found.setdefault(edition, name)
    return found


@EDITIONS.rule(6, "edition-audience", Severity.ERROR)
def edition_audience(source: Source) -> Iterator[Problem]:
    """An edition is built for audiences and in a language that the course has."""
    if source.course is None:
        return
    known = [audience.id for audience in source.course.head.audiences]
    for name, layer in source.editions.layers.items():
        for index, audience in enumerate(layer.head.audiences):
            if audience not in known:
                place = source.locate(edition_file(name), "audiences", index)
                yield Problem(
                    place, f"there is no audience «{audience}»", did_you_mean(audience, known, "name one")
                )
        language = layer.head.language
        if language and language not in source.course.languages:
            place = source.locate(edition_file(name), "language")
            hint = f"translate the course first, or choose one of {', '.join(source.course.languages)}"
            yield Problem(place, f"the course is not there in «{language}»", hint)
