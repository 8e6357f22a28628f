"""One build at a time: a lock that the system lifts when the process ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kurspakke.findings import KurspakkeError


@contextmanager
def locked(path: Path, holder: str) -> Iterator[None]:
    """Hold the lock file at `path`; KurspakkeError at once when another process holds it.

    The file stays where it is: removing it would let two processes hold locks on two files of the same name.
    """
    with path.open("ab") as stream:
        try:
            _lock(stream.fileno())
        except (BlockingIOError, PermissionError) as error:
            hint = "wait until it has ended, or end it"
            raise KurspakkeError(f"another build is writing to {holder}", hint) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
