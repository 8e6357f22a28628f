"""The localities as the front page lists them: by kind, municipalities by county, each with the way to its packages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kurspakke.release.addresses import edition_page
from kurspakke.release.places import Place
from kurspakke.release.publication import Publication

KINDS = ("municipality", "county", "network", "edition")
"""In the order in which they are listed."""

_ALPHABET = {"æ": "z\x01", "ä": "z\x01", "ø": "z\x02", "ö": "z\x02", "å": "z\x03"}


@dataclass(frozen=True, slots=True)
class Way:
    """A locality with its address from the front page, and whose packages lie there: "" for the national ones."""

    place: Place
    href: str
    whose: str


@dataclass(frozen=True, slots=True)
class Group:
    """Localities of a kind, in one county where they are municipalities ("" otherwise)."""

    kind: str
    county: str
    ways: tuple[Way, ...]


def groups(publication: Publication, language: str) -> tuple[Group, ...]:
    """All localities that lead somewhere; networks only where they have packages of their own."""
    return tuple(_groups(publication, language))


def _groups(publication: Publication, language: str) -> Iterator[Group]:
    own = set(publication.editions)
    ways = [way for place in publication.places.values() if (way := _way(publication, place, own, language))]
    for kind in KINDS:
        of_kind = [way for way in ways if way.place.kind == kind]
        for county in sorted({way.place.county for way in of_kind}, key=in_norwegian):
            here = [way for way in of_kind if way.place.county == county]
            yield Group(kind, county, tuple(sorted(here, key=lambda way: in_norwegian(way.place.name))))


def guests(publication: Publication) -> Mapping[str, tuple[Place, ...]]:
    """Of each edition those localities that have no packages of their own and use its, in Norwegian order."""
    own = set(publication.editions)
    found: dict[str, list[Place]] = {}
    for place in sorted(publication.places.values(), key=lambda place: in_norwegian(place.name)):
        nearest = _nearest(place, own)
        if nearest and nearest != place.id:
            found.setdefault(nearest, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _nearest(place: Place, own: AbstractSet[str]) -> str | None:
    """The edition whose packages are for a locality: its own, or that of its county or network."""
    return next((name for name in (place.id, *place.above) if name in own), None)


def _way(publication: Publication, place: Place, own: set[str], language: str) -> Way | None:
    if nearest := _nearest(place, own):
        return Way(place, edition_page(nearest), publication.places[nearest].name)
    if place.kind not in {"municipality", "county"} or not publication.national:
        return None
    names = {version.language: version.name for version in reversed(publication.national)}
    name = names.get(place.language) or names.get(language) or publication.national[0].name
    return Way(place, f"#{name}", "")


def in_norwegian(name: str) -> str:
    """A key that sorts as a Norwegian list: æ, ø and å last, other accents as the letter below them."""
    letters = "".join(_ALPHABET.get(letter, letter) for letter in name.casefold())
    return "".join(
        letter for letter in unicodedata.normalize("NFD", letters) if not unicodedata.combining(letter)
    )
