"""Work for several processes, with the results in the order of the work, each as soon as it is its turn.

Ctrl-C reaches every process of the group at once. One that is only being made would answer with a traceback, and
one that is handing over a result would leave half of it behind: so it is held back wherever nobody works, and
where somebody does, the process dies of it without a word.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

_AHEAD = 4
"""So many pieces of work for each process are handed out before the first result is taken."""


def in_order(
    do: Callable[[Work], Result],
    work: Iterable[Work],
    jobs: int,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[Result]:
    """`do` of each piece of work, by so many processes; what it raises is raised here, in its turn.

    `meanwhile` is done here before the first result is taken; then all the work is handed out at once, so that nobody
    waits for it, and what it raises ends everything.

    Whoever takes no more results, because of an error or of Ctrl-C, need not wait for what is being done.
    """
    # Forked, a process has everything imported at once; where that is not safe, each one starts afresh.
    method = "fork" if sys.platform == "linux" else "spawn"
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _die_quietly) as pool:
        left = iter(work)
        waiting: deque[Future[Result]] = deque()

        def hand_out(number: int) -> None:
            for piece in islice(left, number):
                with _ctrl_c_held_back():  # a process may be made
                    waiting.append(pool.submit(_alone, do, piece))

        try:
            hand_out(sys.maxsize if meanwhile else jobs * _AHEAD)
            if meanwhile:
                meanwhile()
            while waiting:
                yield waiting.popleft().result()
                hand_out(1)
        except BaseException:
            _interrupt(set(multiprocessing.active_children()) - others)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _die_quietly() -> None:
    """A process begins, with Ctrl-C held back as it was where it was made; it does not outlive whoever made it."""
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as a shell starts what runs in the background
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _end_with_parent() -> None:
    """Where the process that hands out the work was killed, nobody else would tell."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _alone(do: Callable[[Work], Result], piece: Work) -> Result:
    """`do` of a piece of work, in a process of its own that Ctrl-C may end now."""
    _let_ctrl_c_through()
    try:
        return do(piece)
    finally:
        _hold_ctrl_c_back()


def _interrupt(processes: Iterable[BaseProcess]) -> None:
    """Ctrl-C for those that were made too late for it, or are not in the group."""
    for process in processes:
        if process.pid:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGINT)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    try:
        _hold_ctrl_c_back()
        yield
    finally:
        _let_ctrl_c_through()


def _hold_ctrl_c_back() -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _let_ctrl_c_through() -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
