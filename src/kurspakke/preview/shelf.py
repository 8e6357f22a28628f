"""All that is previewed, by the paths that the user gave: courses and packages, in memory or where they lie."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kurspakke import resources
from kurspakke.findings import Finding, KurspakkeError
from kurspakke.package import Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.packagesupply import PackageSupply
from kurspakke.preview.supply import Change, Supply
from kurspakke.project import Project
from kurspakke.targets import Form, Target, find_targets

_GRACE = 0.08
"""Seconds: what can't be read is looked at once more after them, since it may only be half written."""


class LiveShelf:
    """What there is at some paths; see `offer.Shelf`."""

    def __init__(self, paths: Sequence[str], key: bytes) -> None:
        self._paths = paths
        self._key = key
        self._found: Mapping[str, Sequence[Target]] = {path: tuple(find_targets([path])) for path in paths}
        self._supplies: Mapping[Path, Supply] = self._sorted({})

    def offers(self) -> Sequence[Offer]:
        """What there is now, in the order in which the paths were given."""
        return [offer for supply in self._supplies.values() for offer in supply.offers()]

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
        from kurspakke.preview.watching import Ground

        # Looked at first: what changes from now on is a change.
        await asyncio.to_thread(self.offers)
        while True:
            ground = Ground.of(*self._folders())
            async for paths in ground.changes():
                for change in await asyncio.to_thread(self._relisted):
                    await on_change(change)
                for supply in tuple(self._supplies.values()):
                    if self._concerns(supply, paths) or await asyncio.to_thread(supply.is_stale):
                        await _tell(supply, on_change)
                if Ground.of(*self._folders()) != ground:
                    break

    def _supply(self, offer_id: str) -> Supply | None:
        supplies = self._supplies.values()
        return next((each for each in supplies if any(one.id == offer_id for one in each.offers())), None)

    def _folders(self) -> tuple[Sequence[Path], Sequence[Path]]:
        """What is watched with all that is below it, and what by itself."""
        deep = [supply.origin for supply in self._supplies.values() if not _is_file(supply)]
        if any(target.form is Form.SOURCE for target in self._targets()):
            deep.append(resources.templates())
        flat = [supply.origin.parent for supply in self._supplies.values() if _is_file(supply)]
        return deep, flat + [Path(path) for path in self._paths if Path(path).is_dir()]

    def _concerns(self, supply: Supply, paths: frozenset[Path]) -> bool:
        place = supply.origin.resolve()
        templates = resources.templates().resolve()
        return any(
            path.is_relative_to(place) or (not _is_package(supply) and path.is_relative_to(templates))
            for path in paths
        )

    def _targets(self) -> Iterator[Target]:
        return (target for targets in self._found.values() for target in targets)

    def _relisted(self) -> Sequence[Change]:
        """Looks which packages there are in the folders that were named."""
        found = {path: _found_again(path, before) for path, before in self._found.items()}
        if found == self._found:
            return ()
        self._found = found
        self._supplies = self._sorted(self._supplies)
        return [Change(frozenset(), {}, listed=True, findings=(), origin=Path(self._paths[0]))]

    def _sorted(self, known: Mapping[Path, Supply]) -> Mapping[Path, Supply]:
        """A supply for each thing there is, those that were known before among them."""
        supplies: dict[Path, Supply] = {}
        for target in self._targets():
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


async def _tell(supply: Supply, on_change: Callable[[Change], Awaitable[None]]) -> None:
    """Look at a supply again and tell what is new; what hinders only while it is being written is never told."""
    was_sound = not await asyncio.to_thread(supply.is_hindered)
    looking = supply.look()
    change = await asyncio.to_thread(next, looking, None)
    while was_sound and await asyncio.to_thread(supply.is_hindered):
        await asyncio.sleep(_GRACE)
        if not await asyncio.to_thread(supply.is_stale):
            break
        looking = supply.look()
        change = await asyncio.to_thread(next, looking, None) or change
    while change is not None:
        await on_change(change)
        change = await asyncio.to_thread(next, looking, None)


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


def _is_package(supply: Supply) -> bool:
    return isinstance(supply, PackageSupply)


def _is_file(supply: Supply) -> bool:
    return isinstance(supply, PackageSupply) and supply.is_file
