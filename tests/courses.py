"""Courses for tests: copies of a base course, changed where a test wants them changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kurspakke.findings import Finding
from kurspakke.rules.source import validate_source
from kurspakke.sourcereader import read_source
from tests.once import once

BASE = Path(__file__).parent / "rules" / "base" / "source"
"""A small course without findings, with what most rules are about."""

REAL = Path(__file__).resolve().parents[1] / "course_source"
"""The real course."""

TODAY = date(2026, 6, 1)
"""The day on which test courses are checked."""

GROW = "grow.txt"
"""In an overlay: lines `path count text`: the text, so often, goes to the end of the file; {n} is its number."""

STRETCH = "stretch.txt"
"""In an overlay: lines `path bytes`, each of which gives a file that size (with a hole in it)."""


def copy(course: Path, to: Path, overlay: Path | None = None) -> Path:
    """A copy of a course in the folder `to`, with the files of an overlay in it."""
    shutil.copytree(course, to, symlinks=True)
    if overlay:
        shutil.copytree(overlay, to, symlinks=True, dirs_exist_ok=True)
        _grow(to)
        _stretch(to)
    return to


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), "utf-8")


def two_modules(to: Path) -> Path:
    """A course with two modules, as small as they come."""
    made = copy(BASE, to)
    copy(made / "modules/post", made / "modules/brev")
    edit(made / "modules/brev/module.yaml", "id: post", "id: brev")
    edit(made / "course.yaml", "modules: [post]", "modules: [post, brev]")
    return made


def real_packages(factory: pytest.TempPathFactory) -> Path:
    """A folder with every package of the real course, the combined ones too, built once per test run."""
    return once(factory, "real", _build_all)


def _build_all(folder: Path) -> None:
    command = [sys.executable, "-m", "kurspakke", "build", str(REAL), "-o", str(folder), "--combined"]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def findings(course: Path) -> tuple[Finding, ...]:
    """What is to be said of a course."""
    return validate_source(read_source(course), TODAY)


def _grow(course: Path) -> None:
    if (course / GROW).exists():
        for line in (course / GROW).read_text().splitlines():
            path, count, text = line.split(" ", 2)
            with (course / path).open("a") as file:
                file.writelines(
                    text.replace("\\n", "\n").replace("{n}", str(number)) for number in range(int(count))
                )
        (course / GROW).unlink()


def _stretch(course: Path) -> None:
    if (course / STRETCH).exists():
        for line in (course / STRETCH).read_text().splitlines():
            path, size = line.split(" ")
            with (course / path).open("r+b") as file:
                file.truncate(int(size))
        (course / STRETCH).unlink()
