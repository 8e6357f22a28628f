"""Looks out for changes at everything on a shelf, and tells of them once they are ready to be shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kurspakke import resources
from kurspakke.preview.bundler import Bundler
from kurspakke.preview.supply import Change, Supply
from kurspakke.preview.watching import Ground

if TYPE_CHECKING:
    from kurspakke.preview.shelf import LiveShelf

_GRACE = 0.08
"""Seconds: what can't be read is looked at once more after them, since it may only be half written."""
_TIMES = 25
"""So often, as long as it goes on changing: a zip that is being copied takes its time."""


class Lookout:
    """Over one shelf, for one listener."""

    def __init__(self, shelf: LiveShelf, on_change: Callable[[Change], Awaitable[None]]) -> None:
        self._shelf = shelf
        self._on_change = on_change
        self._bundler: Bundler | None = None

    async def keep(self) -> None:
        """Tell of every change, until this is cancelled."""
        # Looked at first: what changes from now on is a change.
        await asyncio.to_thread(self._shelf.offers)
        self._bundler = Bundler.here() if self._courses() else None
        if self._bundler is None:
            await self._watch()
            return
        resources.lend(self._bundler)
        ready = asyncio.create_task(self._get_ready(self._bundler))
        try:
            await self._watch()
        finally:
            resources.take_back(self._bundler)
            self._bundler.close()
            ready.cancel()

    async def _get_ready(self, bundler: Bundler) -> None:
        if await asyncio.to_thread(bundler.begin):
            for course in self._courses():
                await self._tell(course)

    async def _watch(self) -> None:
        while True:
            ground = self._ground()
            async for paths in ground.changes():
                await self._look(paths)
                if self._ground() != ground:
                    break

    def _ground(self) -> Ground:
        deep = [supply.origin for supply in self._shelf.supplies if not supply.is_file]
        if self._courses():
            deep.append(resources.templates())
        if self._bundler:
            deep.extend(self._bundler.sources.values())
        beside = [supply.origin.parent for supply in self._shelf.supplies if supply.is_file]
        return Ground.of(deep, [*beside, *(path for path in self._shelf.paths if path.is_dir())])

    async def _look(self, paths: frozenset[Path]) -> None:
        """Look at what the changed `paths` concern; at everything that has other stamps when nothing is known."""
        folders = {path.resolve() for path in self._shelf.paths}
        if not paths or not folders.isdisjoint(path.parent for path in paths):
            await self._relist()
        courses = self._courses()
        rebundled = self._bundler is not None and await self._rebundle(self._bundler, paths)
        everywhere = rebundled or _any_below(paths, resources.templates())
        for supply in self._shelf.supplies:
            concerned = _any_below(paths, supply.origin) or (everywhere and supply in courses)
            if concerned or (not paths and await asyncio.to_thread(supply.is_stale)):
                await self._tell(supply)

    async def _relist(self) -> None:
        if await asyncio.to_thread(self._shelf.relist):
            await self._on_change(
                Change(frozenset(), {}, listed=True, findings=(), origin=self._shelf.paths[0])
            )

    async def _rebundle(self, bundler: Bundler, paths: frozenset[Path]) -> bool:
        concerned = any(_any_below(paths, folder) for folder in bundler.sources.values())
        return concerned and await asyncio.to_thread(bundler.renew, paths)

    async def _tell(self, supply: Supply) -> None:
        """Look at it again and tell what is new; what hinders only while it is being written is never told."""
        look = await asyncio.to_thread(_Look.at, supply)
        change = look.first
        for _ in range(_TIMES):
            if not look.hinders:
                break
            await asyncio.sleep(_GRACE)
            if not await asyncio.to_thread(supply.is_stale):
                break
            look = await asyncio.to_thread(_Look.at, supply)
            look.hinders = supply.is_hindered()
            change = look.first or change
        while change is not None:
            await self._on_change(change)
            change = await asyncio.to_thread(next, look.more, None)

    def _courses(self) -> Sequence[Supply]:
        return [supply for supply in self._shelf.supplies if supply.is_course]


@dataclass(slots=True)
class _Look:
    """What a look at a supply showed first and will show yet, and whether something hinders that did not before."""

    first: Change | None
    more: Iterator[Change]
    hinders: bool

    @classmethod
    def at(cls, supply: Supply) -> _Look:
        was_sound = not supply.is_hindered()
        more = supply.look()
        first = next(more, None)
        return cls(first, more, was_sound and supply.is_hindered())


def _any_below(paths: frozenset[Path], folder: Path) -> bool:
    place = folder.resolve()
    return any(path.is_relative_to(place) for path in paths)
