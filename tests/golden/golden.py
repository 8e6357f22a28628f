"""Comparing what is made with what was stored, and storing it anew."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest


def compare(made: Mapping[str, str], folder: Path, config: pytest.Config) -> None:
    """Hold text files, by their path below `folder`, against those stored there; `--save-golden` stores them."""
    if config.getoption("--save-golden"):
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in made.items():
            _store(text, folder / name)
    files = [path for path in folder.rglob("*") if path.is_file()]
    _fail({path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}, made)


def compare_file(made: str, file: Path, config: pytest.Config) -> None:
    """The same for one file."""
    if config.getoption("--save-golden"):
        _store(made, file)
    _fail({file.name: file.read_text("utf-8") if file.exists() else ""}, {file.name: made})


def _store(text: str, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _fail(stored: Mapping[str, str], made: Mapping[str, str]) -> None:
    difference = "\n".join(_difference(stored, made))
    if difference:
        pytest.fail(f"{difference}\n\nIf this is meant: pytest tests/golden --save-golden", pytrace=False)


def _difference(stored: Mapping[str, str], made: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(made.keys() | stored.keys()):
        before, after = stored.get(name, "").splitlines(), made.get(name, "").splitlines()
        yield from difflib.unified_diff(before, after, f"stored {name}", f"made {name}", lineterm="", n=1)
