"""The packages under test: the module Strategi of the real course, built by the command as a user would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "course_source"


def build(folder: Path) -> dict[str, Path]:
    """Build into `folder`; the packages by format."""
    command = [
        sys.executable,
        "-m",
        "kurspakke",
        "build",
        str(SOURCE),
        "-o",
        str(folder),
        "--module",
        "strategi",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return {path.stem.rsplit("-", 1)[1]: path for path in folder.glob("*.zip")}
