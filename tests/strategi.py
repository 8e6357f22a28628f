"""The packages under test: the module Strategi of the real course, built by the command as a user would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import once

SOURCE = Path(__file__).resolve().parents[1] / "course_source"


def packages(factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The packages by format, built once per test run."""
    folder = once(factory, "strategi", _build)
    return {path.stem.rsplit("-", 1)[1]: path for path in folder.glob("*.zip")}


def _build(folder: Path) -> None:
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
        "--lang",
        "nb",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert answer.returncode == 0, answer.stdout + answer.stderr
