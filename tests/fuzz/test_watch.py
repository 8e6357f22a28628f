"""The long run's guard: a case that hangs, or ends the process, is told by its number."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from ctypes import c_longlong

import pytest

from benchmarks.fuzz.watch import watched


def _hangs() -> None:
    """In C, and with the interpreter locked: nothing that is written in Python could end it."""
    re.fullmatch(r"(?:a|a)*b", "a" * 60)


def _dies() -> None:
    os.abort()


def _fails() -> None:
    raise ValueError("case 5")


def _is_slow() -> None:
    sys.exit(1)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (_hangs, r"case 5 hangs: 4 seconds, and no end of it"),
        (_dies, r"case 5 ended the run by SIGABRT"),
        (_fails, r"case 5 ended the run by what stands above"),
        (_is_slow, r"case 5 ended the run by what stands above"),
        (lambda: None, r""),
    ],
    ids=["hangs", "dies", "fails", "is-slow", "is-sound"],
)
def test_what_goes_wrong_is_told(case: Callable[[], None], told: str) -> None:
    def work(note: c_longlong) -> None:
        for number in range(6):
            note.value = number
        case()

    assert re.fullmatch(told, watched(work, 4))
