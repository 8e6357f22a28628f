"""The localities that packages are made for, as the release's page lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kurspakke.locality.edition import Edition, chain
from kurspakke.locality.layer import Layer
from kurspakke.locality.table import Table
from kurspakke.record import Record
from kurspakke.source import Source

NATIONAL = "nasjonal"
"""What the national edition is called in the names of files; no locality has this id."""


@dataclass(frozen=True, slots=True)
class Place:
    """A locality. `kind`: municipality, county, network, or edition where no more is known; `county`: its name.

    `language` is the form it has decided on, or that its edition is made in; "" where nothing is known. `above` are
    the ids of its county and network, the nearest first: their packages are for it where it has none of its own.
    """

    id: str
    name: str
    kind: str
    county: str = ""
    language: str = ""
    above: tuple[str, ...] = ()


def places(source: Source, record: Record) -> Mapping[str, Place]:
    """Every locality by its id: those of the course's table and folders, and those that only packages tell of."""
    table, known = source.editions.table, source.editions.known
    told = dict.fromkeys(package.label.edition for package in record.packages if package.label.edition)
    layers = source.editions.layers
    found = {name: _place(edition, table, layers) for name, edition in known.items()}
    return {
        **{name: Place(name, name, "edition") for name in told if name},
        **found,
        **dict(_rows(table, known)),
    }


def _rows(table: Table, known: Mapping[str, Edition]) -> Iterator[tuple[str, Place]]:
    """The localities of the table that no edition can be made of, which have a name all the same."""
    for name, row in table.rows.items():
        if name not in known:
            yield name, Place(name, row.name, row.kind, _county(name, table), row.language)


def _place(edition: Edition, table: Table, layers: Mapping[str, Layer]) -> Place:
    above = tuple(reversed((chain(edition.id, table, layers) or ())[:-1]))
    county = _county(edition.id, table)
    return Place(edition.id, edition.title, edition.kind, county, edition.language, above)


def _county(name: str, table: Table) -> str:
    """The name of the county that a municipality lies in; "" for all else, and where the table does not say."""
    row = table.rows.get(name)
    county = table.rows.get(row.county) if row else None
    return county.name if county else ""
