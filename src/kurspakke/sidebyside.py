"""Work for several processes, with the results in the order of the work, each as soon as it is its turn."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

_AHEAD = 4
"""So many pieces of work for each process are handed out before the first result is taken."""


def in_order(do: Callable[[Work], Result], work: Iterable[Work], jobs: int) -> Iterator[Result]:
    """`do` of each piece of work, by so many processes; what it raises is raised here, in its turn."""
    # Forked, a process has everything imported at once; where that is not safe, each one starts afresh.
    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(method)) as pool:
        left = iter(work)
        waiting: deque[Future[Result]] = deque(
            pool.submit(do, piece) for piece in islice(left, jobs * _AHEAD)
        )
        try:
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(do, piece) for piece in islice(left, 1))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
