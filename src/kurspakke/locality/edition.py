"""An edition: a locality's version of the course, made of the layers from its network down to itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from kurspakke.locality.layer import Layer, LocalityKind
from kurspakke.locality.table import NO_TABLE, Table


@dataclass(frozen=True, slots=True)
class Edition:
    """What is built for one locality. `layers` come from the top; `certain`: its language form is known well."""

    id: str
    title: str
    kind: LocalityKind
    number: str
    language: str
    audiences: tuple[str, ...]
    layers: tuple[Layer, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Editions:
    """All editions of a course by their ids, its table, and the layers as they were read.

    `whole`: those a run over all editions builds: every one of the table and every one with a folder, but networks
    only where they have a folder.
    """

    table: Table = NO_TABLE
    layers: Mapping[str, Layer] = field(default_factory=dict)
    known: Mapping[str, Edition] = field(default_factory=dict)

    @property
    def whole(self) -> tuple[str, ...]:
        """The ids of all that are built when all are asked for."""
        return tuple(
            name for name, edition in self.known.items() if edition.kind != "network" or name in self.layers
        )

    def languages_under(self) -> Mapping[str, frozenset[str]]:
        """Of each layer's id the languages of the editions that have it."""
        found: dict[str, set[str]] = defaultdict(set)
        for edition in self.known.values():
            for layer in edition.layers:
                found[layer.id].add(edition.language)
        return {name: frozenset(languages) for name, languages in found.items()}


NO_EDITIONS = Editions()


_FURTHEST = 100
"""So far a circle is followed; a larger one is told of as too deep."""
MAX_LAYERS = 8
"""So many editions may inherit from each other; nation, network, county and municipality are four."""


def resolved(table: Table, layers: Mapping[str, Layer], languages: Sequence[str]) -> Editions:
    """The editions of a table's rows and of the folders; `languages` are the course's, its own one first.

    An edition whose chain leads nowhere or in a circle, and one without title or kind, is left out: rules say why.
    """
    names = dict.fromkeys((*table.rows, *layers))
    layers = {
        name: replace(layer, language=_written_in(name, table, layers, languages))
        for name, layer in layers.items()
    }
    known = {name: found for name in names if (found := _edition(name, table, layers, languages))}
    return Editions(table, layers, known)


def chain(name: str, table: Table, layers: Mapping[str, Layer]) -> tuple[str, ...] | None:
    """The edition's id and those above it, from the top.

    None where the chain leads nowhere or in a circle, or is longer than MAX_LAYERS.
    """
    found: list[str] = []
    for one in _upwards(name, table, layers):
        known = one in table.rows or one in layers
        if one in found or not known or len(found) == MAX_LAYERS:
            return None
        found.append(one)
    return tuple(reversed(found))


def is_circle(name: str, table: Table, layers: Mapping[str, Layer]) -> bool:
    """Whether one comes back to the edition by following what it inherits from."""
    upwards = islice(_upwards(name, table, layers), 1, _FURTHEST)
    return name in upwards


def is_too_deep(name: str, table: Table, layers: Mapping[str, Layer]) -> bool:
    """Whether more than MAX_LAYERS follow each other."""
    return any(True for _ in islice(_upwards(name, table, layers), MAX_LAYERS, None))


def _upwards(name: str, table: Table, layers: Mapping[str, Layer]) -> Iterator[str]:
    while name:
        yield name
        layer, row = layers.get(name), table.rows.get(name)
        above = layer.head.inherits if layer else None
        name = above or (row.county or row.network if row else "")


def _edition(
    name: str, table: Table, layers: Mapping[str, Layer], languages: Sequence[str]
) -> Edition | None:
    names = chain(name, table, layers)
    row, layer = table.rows.get(name), layers.get(name)
    title = (layer and layer.head.title) or (row and row.name)
    kind = (layer and layer.head.kind) or (row and row.kind)
    if not names or not title or not kind:
        return None
    own = [layers[one] for one in names if one in layers]
    audiences = next((one.head.audiences for one in reversed(own) if one.head.audiences), ())
    return Edition(
        id=name,
        title=title,
        kind=kind,
        number=row.number if row else "",
        language=_language(name, table, own, languages),
        audiences=audiences,
        layers=tuple(own),
        certain=bool(layer and layer.head.language) or row is None or row.is_certain,
    )


def _written_in(name: str, table: Table, layers: Mapping[str, Layer], languages: Sequence[str]) -> str:
    """The language of a folder's texts: that of its edition."""
    names = chain(name, table, layers) or (name,)
    return _language(name, table, [layers[one] for one in names if one in layers], languages)


def _language(name: str, table: Table, own: Sequence[Layer], languages: Sequence[str]) -> str:
    """Its own choice, then what the locality has decided, then the choice of those above, then the course's.

    What the locality has decided counts where the course is there in that language.
    """
    row = table.rows.get(name)
    if own and own[-1].id == name and own[-1].head.language:
        return own[-1].head.language
    if row and row.language in languages:
        return row.language
    return next((one.head.language for one in reversed(own) if one.head.language), languages[0])
