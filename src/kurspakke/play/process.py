"""Playing in a process of its own: a package whose script never ends is ended, and that is a finding, too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from kurspakke.findings import KurspakkeError
from kurspakke.play.performance import Performance, Sitting

MOST_SECONDS = 150.0
"""So long all sittings of a package take at most, in seconds."""


def performance_of(path: str, seconds: float = MOST_SECONDS) -> Performance:
    """What came of playing the package at `path`, a zip or a folder.

    Raises:
        KurspakkeError: Playwright or Chromium is not there, or there is no package.
    """
    command = [sys.executable, "-m", "kurspakke.play", path]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as child:
        try:
            told, why = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(child)
            hung = Sitting(purpose="first", ending="hung", steps=0, pages=(), words=0)
            return Performance(kind="", launched="", sittings=(hung,))
    if child.returncode == 3:
        message, _, hint = why.decode(errors="replace").partition("\n")
        raise KurspakkeError(message, hint)
    if child.returncode:
        last = why.decode(errors="replace").strip().rpartition("\n")[2]
        raise KurspakkeError(
            f"{path} could not be played: {last}", "see that Chromium starts on this machine"
        )
    return Performance.model_validate_json(told)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the process and every browser process that it has started."""
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.communicate()
