"""All that is previewed, by the paths that the user gave: courses and packages, in memory or where they lie."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from kurspakke.findings import Finding, KurspakkeError
from kurspakke.package import Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.packagesupply import PackageSupply
from kurspakke.preview.supply import Change, Supply
from kurspakke.project import Project
from kurspakke.targets import Form, Target, find_targets


class LiveShelf:
    """What there is at `paths`; see `offer.Shelf`."""

    def __init__(self, paths: Sequence[str], key: bytes) -> None:
        self._key = key
        self._found: Mapping[str, Sequence[Target]] = {path: tuple(find_targets([path])) for path in paths}
        self._supplies: Mapping[Path, Supply] = self._sorted({})

    @property
    def paths(self) -> Sequence[Path]:
        """What the user named."""
        return [Path(path) for path in self._found]

    @property
    def supplies(self) -> Sequence[Supply]:
        """What there is at these paths."""
        return tuple(self._supplies.values())

    def offers(self) -> Sequence[Offer]:
        """What there is now, in the order in which the paths were given."""
        return [offer for supply in self.supplies for offer in supply.offers()]

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

    async def watch(self, on_change: Callable[[Change], Awaitable[None]]) -> None:
        """Tell of every change, until this is cancelled; packages that were asked for are made anew before."""
        # Here, since who only opens packages need not wait for what it takes to watch them.
        from kurspakke.preview.lookout import Lookout

        await Lookout(self, on_change).keep()

    def relist(self) -> bool:
        """Look which packages there are in the folders that were named; whether there are others than before."""
        found = {path: _found_again(path, before) for path, before in self._found.items()}
        if found == self._found:
            return False
        self._found = found
        self._supplies = self._sorted(self._supplies)
        return True

    def _supply(self, offer_id: str) -> Supply | None:
        return next((each for each in self.supplies if each.has(offer_id)), None)

    def _sorted(self, known: Mapping[Path, Supply]) -> Mapping[Path, Supply]:
        """A supply for each thing there is, those that were known before among them."""
        supplies: dict[Path, Supply] = {}
        for target in (target for targets in self._found.values() for target in targets):
            place = Path(target.path).resolve()
            supplies[place] = supplies.get(place) or known.get(place) or _supply(target, self._key)
        return supplies


def open_shelf(paths: Sequence[str], key: bytes) -> LiveShelf:
    """The shelf of what `paths` name; with none, of the course here, as `build` finds it.

    `key` makes the ids of packages such that nobody else can guess them.

    Raises:
        KurspakkeError: there is nothing at a path.
    """
    return LiveShelf(tuple(paths) or (str(Project.of(None, None).source),), key)


def _found_again(path: str, before: Sequence[Target]) -> Sequence[Target]:
    try:
        return tuple(find_targets([path]))
    except KurspakkeError:  # gone for now, or for ever: what was there stays in the list, with that error
        return before


def _supply(target: Target, key: bytes) -> Supply:
    if target.form is not Form.SOURCE:
        return PackageSupply(target, key)
    # Here, since looking at packages needs nothing of what reading a course does.
    from kurspakke.preview.coursesupply import CourseSupply

    return CourseSupply(Path(target.path), key)
