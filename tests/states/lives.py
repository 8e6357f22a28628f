"""Learners' states as released versions wrote them, and what a learner must find again.

`tests/states/<version>/` holds the course they belong to and `states.json`, recorded from packages that the version
built and a browser played. They are never changed: what an LMS has kept for a learner is not changed either.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kurspakke import __version__
from tests.playing import Learner

FOLDER = Path(__file__).parent
FORMATS = ("scorm12", "xapi")
STORED = ("cmi.suspend_data", "cmi.core.lesson_location", "cmi.core.lesson_status", "cmi.core.score.raw")
"""What a SCORM 1.2 LMS keeps that the player reads or could be misled by; for xAPI it is the one state document."""


@dataclass(frozen=True)
class Found:
    """What the learner sees of earlier sittings."""

    page: str
    visited: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]
    done: bool


@dataclass(frozen=True)
class State:
    """What is stored, and what it means."""

    version: str
    life: str
    format: str
    stored: Mapping[str, str]
    found: Found


def begun(learner: Learner) -> None:
    """Only looked in, and turned one page."""
    learner.next()


def half_way(learner: Learner) -> None:
    """Two pages answered, rightly and wrongly by turns, with letters that need care on their way."""
    pages = list(learner.lesson.pages)
    for number, question in enumerate(learner.lesson.questions):
        if question.page in pages[:2]:
            learner.go_to(question.page)
            learner.answer(question, question.right if number % 2 else question.wrong)
    learner.next()


def finished(learner: Learner) -> None:
    """Everything read, and everything answered rightly."""
    for page in learner.lesson.pages:
        learner.go_to(page)
        for question in learner.lesson.questions:
            if question.page == page:
                learner.answer(question, question.right or (next(iter(question.options)),))


LIVES: Mapping[str, Callable[[Learner], None]] = {"begun": begun, "half-way": half_way, "finished": finished}


def look(learner: Learner) -> Found:
    """What is there when the package has been opened."""
    return Found(
        page=learner.page(),
        visited=learner.visited(),
        answers={
            question.id: learner.chosen(question)
            for question in learner.lesson.questions
            if learner.has_answered(question)
        },
        done=learner.sees("done_module") or learner.sees("completed"),
    )


def build(version: str, folder: Path) -> dict[str, Path]:
    """The packages of a version's course as the program of today builds it, by format."""
    source = FOLDER / version / "course"
    command = [sys.executable, "-m", "kurspakke", "build", str(source), "-o", str(folder)]
    answer = subprocess.run(
        [*command, "--format", ",".join(FORMATS)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return {path.stem.rsplit("-", 1)[1]: path for path in folder.glob("*.zip")}


def released() -> list[str]:
    """The versions that states are kept of."""
    return sorted(path.parent.name for path in FOLDER.glob("*/states.json"))


def kept(version: str) -> list[State]:
    """The states that a version wrote."""
    plain = json.loads((FOLDER / version / "states.json").read_text(encoding="utf-8"))
    return [
        State(
            version,
            entry["life"],
            entry["format"],
            entry["stored"],
            Found(
                entry["found"]["page"],
                tuple(entry["found"]["visited"]),
                {name: tuple(answer) for name, answer in entry["found"]["answers"].items()},
                entry["found"]["done"],
            ),
        )
        for entry in plain
    ]


def keep(states: Iterable[State]) -> None:
    """Write the states of this version."""
    plain = [{name: value for name, value in asdict(state).items() if name != "version"} for state in states]
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    (FOLDER / __version__ / "states.json").write_text(text + "\n", encoding="utf-8")
