"""Looks out for changes at everything on a shelf, and tells of them once they are ready to be shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
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
        if await asyncio.to_thread(self._shelf.relist):
            listed = Change(frozenset(), {}, listed=True, findings=(), origin=self._shelf.paths[0])
            await self._on_change(listed)
        courses = self._courses()
        rebundled = self._bundler is not None and await asyncio.to_thread(self._bundler.renew, paths)
        everywhere = rebundled or _any_below(paths, resources.templates())
        for supply in self._shelf.supplies:
            concerned = _any_below(paths, supply.origin) or (everywhere and supply in courses)
            if concerned or await asyncio.to_thread(supply.is_stale):
                await self._tell(supply)

    async def _tell(self, supply: Supply) -> None:
        """Look at it again and tell what is new; what hinders only while it is being written is never told."""
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
            await self._on_change(change)
            change = await asyncio.to_thread(next, looking, None)

    def _courses(self) -> Sequence[Supply]:
        return [supply for supply in self._shelf.supplies if supply.is_course]


def _any_below(paths: frozenset[Path], folder: Path) -> bool:
    place = folder.resolve()
    return any(path.is_relative_to(place) for path in paths)
