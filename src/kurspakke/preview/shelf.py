"""All that is previewed, by the paths that the user gave: courses and packages, in memory or where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kurspakke.findings import Finding
from kurspakke.package import Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.packagesupply import PackageSupply
from kurspakke.preview.supply import Supply
from kurspakke.project import Project
from kurspakke.targets import Form, Target, find_targets


class LiveShelf:
    """What there is at some paths; see `offer.Shelf`."""

    def __init__(self, supplies: Sequence[Supply]) -> None:
        self._supplies = supplies

    def offers(self) -> Sequence[Offer]:
        """What there is now, in the order in which the paths were given."""
        return [offer for supply in self._supplies for offer in supply.offers()]

    def offer(self, offer_id: str) -> Offer | None:
        """One of them."""
        return next((offer for offer in self.offers() if offer.id == offer_id), None)

    def package(self, offer_id: str) -> Package | None:
        """The package as it is now; None when there is none, or it can't be made."""
        supply = self._supply(offer_id)
        return supply.package(offer_id) if supply else None

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What the validator says of the package and, where it is built from a source, of that."""
        supply = self._supply(offer_id)
        return supply.findings(offer_id) if supply else ()

    def _supply(self, offer_id: str) -> Supply | None:
        return next(
            (supply for supply in self._supplies if any(offer.id == offer_id for offer in supply.offers())),
            None,
        )


def open_shelf(paths: Sequence[str], key: bytes) -> LiveShelf:
    """The shelf of what `paths` name; with none, of the course here, as `build` finds it.

    `key` makes the ids of packages such that nobody else can guess them.

    Raises:
        KurspakkeError: there is nothing at a path.
    """
    named = paths or (str(Project.of(None, None).source),)
    return LiveShelf(tuple(_supplies(named, key)))


def _supplies(paths: Sequence[str], key: bytes) -> Iterator[Supply]:
    seen = set[Path]()
    for target in find_targets(paths):
        place = Path(target.path).resolve()
        if place not in seen:
            seen.add(place)
            yield _course(target, key) if target.form is Form.SOURCE else PackageSupply(target, key)


def _course(target: Target, key: bytes) -> Supply:
    # Here, since looking at packages needs nothing of what reading a course does.
    from kurspakke.preview.coursesupply import CourseSupply

    return CourseSupply(Path(target.path), key)
