"""The browser that the tests drive: the machine's own Chromium or Chrome, kept off every network but 127.0.0.1."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_FINDER = Path(__file__).resolve().parents[1] / "scripts" / "browser.py"


@cache
def launch_options() -> dict[str, Any]:
    """What playwright's `launch` is to be called with."""
    answer = subprocess.run([sys.executable, _FINDER], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    return {"executable_path": answer.stdout.strip(), "args": list(ARGUMENTS), "headless": True}
