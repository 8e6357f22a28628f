"""A short SCORM 1.2 course: three pages, three questions, one reflection. Or the same so many times over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import once

_COURSE = """\
id: kort
version: 1.0.0
title: Et kort kurs
description: Tre sider om post.
keywords: [post]
languages: [nb]
activity_base: https://kurs.example.org/kort@/
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
publisher: Prøvekommunen
modules: [post]
"""
_MODULE = """\
id: post
title: Post
theme: organisasjon
description: Hvordan brev finner fram.
keywords: [brev]
minutes: 10
goals:
  - {id: finne, text: Du kan finne fram.}
"""
_PAGES = {
    "porto": """\
components:
  - type: choice
    id: hva@
    prompt: Hva trenger et brev?
    options:
      - {id: a, text: Frimerke, correct: true}
      - {id: b, text: Vinger}
""",
    "hav": """\
components:
  - type: true-false
    id: over@
    statement: Brev kan gå over havet.
    answer: true
  - type: choice
    id: hvem@
    prompt: Hvem bærer brevet?
    options:
      - {id: a, text: Postbudet, correct: true}
      - {id: b, text: Vinden}
""",
    "tanke": """\
components:
  - type: reflection
    id: sist@
    prompt: Når fikk du sist et brev?
""",
}


def package(factory: pytest.TempPathFactory, name: str, times: int = 1) -> Path:
    """The package of the course, built once per test run."""
    folder = once(factory, name, lambda folder: _build(folder, times))
    (package,) = (folder / "dist").glob("*.zip")
    return package


def _build(folder: Path, times: int) -> None:
    source, built = folder / "source", folder / "dist"
    pages = source / "modules" / "post" / "pages"
    pages.mkdir(parents=True)
    names = []
    for number in range(1, times + 1):
        suffix = "" if times == 1 else f"-{number}"
        for name, text in _PAGES.items():
            page = name + suffix
            names.append(page)
            title = f"title: {name.capitalize()} {number:02}\n"
            (pages / f"{page}.yaml").write_text(f"id: {page}\n{title}{text.replace('@', suffix)}", "utf-8")
    (source / "course.yaml").write_text(_COURSE.replace("@", str(times)), "utf-8")
    order = f"pages: [{', '.join(names)}]\ncompletion: {{require: [pages, questions]}}\n"
    (source / "modules" / "post" / "module.yaml").write_text(_MODULE + order, "utf-8")
    command = [
        sys.executable,
        "-m",
        "kurspakke",
        "build",
        str(source),
        "-o",
        str(built),
        "--format",
        "scorm12",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert answer.returncode == 0, answer.stdout + answer.stderr
