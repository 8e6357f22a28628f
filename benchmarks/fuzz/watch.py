"""Cases in a process of their own: what hangs in there, or ends it, is told by its number from outside."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
from collections.abc import Callable
from ctypes import c_longlong

PATIENCE = 60.0
"""Seconds after which a case is taken to hang, however busy the machine is; twice as many may pass till it is told."""
_LAST_WORDS = 10.0


def watched(work: Callable[[c_longlong], None], patience: float = PATIENCE) -> str:
    """What went wrong in `work`, which notes the number of each case before it begins it; empty if nothing did.

    A case that hangs, if only in a library that hears nothing of Python, is made to say where it is, and ended.
    """
    context = multiprocessing.get_context("fork")
    note = context.RawValue(c_longlong, -1)
    child = context.Process(target=_work, args=(work, note))
    child.start()
    while child.is_alive():
        before = note.value
        child.join(patience)
        if child.is_alive() and note.value == before:
            os.kill(child.pid or 0, signal.SIGABRT)
            child.join(_LAST_WORDS)
            child.kill()
            return f"case {before} hangs: {patience:g} seconds, and no end of it"
    if not child.exitcode:
        return ""
    end = f"by {signal.Signals(-child.exitcode).name}" if child.exitcode < 0 else "by what stands above"
    return f"case {note.value} ended the run {end}"


def _work(work: Callable[[c_longlong], None], note: c_longlong) -> None:
    faulthandler.enable()  # whatever signal ends it, where it was is told
    work(note)
