"""Releases of a small course: built, changed and released as a user does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.command import Answer, run
from tests.courses import BASE, REAL, copy, edit

CHANGELOG = "# Endringer\n\n## 1.1.0 (2027-02-03)\n\n* Nytt.\n\n## 1.0.0 (2026-12-01)\n\nFørste utgivelse.\n"


def course_in(folder: Path) -> Path:
    """A copy of the small course, with a changelog."""
    course = copy(BASE, folder / "kurs")
    (course / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    return course


def build(course: Path, out: Path, *words: str) -> Path:
    """Build the course into `out`, in two formats unless others are asked for."""
    formats = () if "--format" in words else ("--format", "scorm12,web")
    answer = run("build", course, "-o", out, *formats, *words)
    assert answer.code == 0, answer.err
    return out


def release(course: Path, out: Path, *words: str | Path) -> Answer:
    """Release what is in the folder `dist` beside `out`, unless another one is named."""
    where: tuple[str | Path, ...] = () if "--from" in words else ("--from", out.parent / "dist")
    return run("release", course, "-o", out, *where, "--jobs", "1", *words)


def new_page(course: Path) -> None:
    """A change that harms nobody: the next version, with a page more."""
    edit(course / "course.yaml", "version: 1.0.0", "version: 1.1.0")
    edit(course / "modules/post/module.yaml", "[tekst,", "[tekst, ny,")
    page = "id: ny\ntitle: Nytt\ncomponents:\n  - {type: text, id: nytt, text: Noe nytt.}\n"
    (course / "modules/post/pages/ny.yaml").write_text(page, "utf-8")


def exchanged_options(course: Path) -> None:
    """A change that loses answers: two options have changed letters."""
    page = course / "modules/post/pages/valg.yaml"
    text = page.read_text("utf-8").replace("Frimerke", "*").replace("Vinger", "Frimerke")
    page.write_text(text.replace("*", "Vinger"), "utf-8")
    edit(course / "course.yaml", "version: 1.0.0", "version: 1.1.0")


def plain(path: Path) -> Any:
    """What stands in a JSON file."""
    return json.loads(path.read_bytes())


def with_localities(work: Path) -> None:
    """A release of one module of the real course: the national edition, a network, and two municipalities."""
    words = ("build", REAL, "-o", work / "dist", "--format", "scorm12", "--module", "strategi")
    assert run(*words).code == 0
    assert run(*words, "--edition", "bykle,digi-agder,tromso").code == 0
    answer = run("release", REAL, "--from", work / "dist", "-o", work / "release", "--jobs", "1")
    assert answer.code == 0, answer.err
