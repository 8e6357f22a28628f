"""Several things done at once, and no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def each(do: Callable[[Thing], object], things: Iterable[Thing], streams: int) -> Iterator[Thing]:
    """Do it for each of the things, `streams` at once; gives each thing when it is done.

    The first failure is raised when all that was begun has ended; nothing more is begun then.
    """
    waiting = iter(things)
    with ThreadPoolExecutor(streams, thread_name_prefix="stream") as pool:
        running: dict[Future[object], Thing] = {}
        while True:
            for thing in islice(waiting, streams - len(running)):
                running[pool.submit(do, thing)] = thing
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                thing = running.pop(future)
                future.result()
                yield thing
