"""Waiting for what takes its time: what a page sends as it closes, and in whatever order it comes."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 30.0
"""Seconds after which something does not come any more."""
QUIET = 0.75
"""Seconds without news after which there is none: all that a closing page sends is sent at once."""


def nothing() -> str:
    """What is told where a test has nothing to tell."""
    return ""


def until(true: Callable[[], bool], told: Callable[[], object] = nothing) -> None:
    """Wait for something to become true; AssertionError with what is `told` where it does not."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, told()
        time.sleep(0.05)


def until_quiet(count: Callable[[], int], pause: Callable[[float], None] = time.sleep) -> None:
    """Wait until nothing has been added for a while; `pause` waits so many seconds."""
    before = -1
    while before != (before := count()):
        pause(QUIET)
