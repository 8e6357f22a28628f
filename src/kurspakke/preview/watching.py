"""Folders that are watched: what changed in them, some milliseconds after it did."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchfiles import awatch

_log = logging.getLogger("kurspakke.preview")

_STEP, _MOST = 5, 30
"""Milliseconds: so long is waited for more of the same save, and no longer in all."""
TICK = 2.0
"""Seconds: so often whoever waits is woken without news, for file systems that tell of no changes."""
_SKIPPED = frozenset({"__pycache__", "node_modules", "dist"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What to watch: folders with all that is below them, and folders by themselves; each with its inode.

    Two grounds differ when a folder was put in another's place: the old watch sees nothing of the new one.
    """

    deep: frozenset[tuple[Path, int]]
    flat: frozenset[tuple[Path, int]]

    @classmethod
    def of(cls, deep: Iterable[Path], flat: Iterable[Path]) -> Ground:
        """Those of the folders that are there."""
        return cls(frozenset(_there(deep)), frozenset(_there(flat)))

    async def changes(self) -> AsyncIterator[frozenset[Path]]:
        """What has changed, one save after the other; nothing at all every `TICK`."""
        news: asyncio.Queue[frozenset[Path]] = asyncio.Queue()
        sides = [(self.deep, True), (self.flat, False)]
        tasks = [asyncio.create_task(_tell(folders, news, deep=deep)) for folders, deep in sides if folders]
        try:
            while True:
                found = frozenset[Path]()
                with suppress(TimeoutError):
                    found = await asyncio.wait_for(news.get(), TICK)
                while not news.empty():
                    found |= news.get_nowait()
                yield found
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _there(folders: Iterable[Path]) -> Iterable[tuple[Path, int]]:
    for folder in folders:
        with suppress(OSError):
            place = folder.resolve(strict=True)
            if place.is_dir():
                yield place, place.stat().st_ino


async def _tell(
    folders: frozenset[tuple[Path, int]], news: asyncio.Queue[frozenset[Path]], *, deep: bool
) -> None:
    roots = [folder for folder, _ in folders]
    try:
        async for changes in awatch(
            *roots,
            watch_filter=None,
            debounce=_MOST,
            step=_STEP,
            recursive=deep,
            ignore_permission_denied=True,
        ):
            paths = frozenset(Path(path) for _, path in changes)
            if told := frozenset(path for path in paths if not deep or _counts(path, roots)):
                news.put_nowait(told)
    except (OSError, RuntimeError) as error:
        # Gone again, or more folders than this system watches for one user: every TICK is left.
        _log.warning("changes are seen late, since folders can't be watched: %s", error)


def _counts(path: Path, roots: Iterable[Path]) -> bool:
    """Whether a path is not in a folder of which nothing is read: hidden ones, packages, other programs' things."""
    for root in roots:
        if path.is_relative_to(root):
            parts = path.relative_to(root).parts
            if not any(part.startswith(".") or part in _SKIPPED for part in parts):
                return True
    return False
