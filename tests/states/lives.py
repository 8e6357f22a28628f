"""Learners' states as released versions wrote them, and what a learner must find again.

`tests/states/<version>/` holds the course they belong to and `states.json`, recorded from packages that the version
built and a browser played. They are never changed: what an LMS has kept for a learner is not changed either. What
was recorded when the course had less in it stays in files of its own beside it, with what the learner finds today.
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
from tests.taking import ASKED, Taker

FOLDER = Path(__file__).parent
FORMATS = ("scorm12", "xapi")
TEST = "brev.huske"
"""The page with an assessment and a note."""
STORED = ("cmi.suspend_data", "cmi.core.lesson_location", "cmi.core.lesson_status", "cmi.core.score.raw")
"""What a SCORM 1.2 LMS keeps that the player reads or could be misled by; for xAPI it is the one state document."""


_PAPER = r"""(box) => [
  ...[...box.querySelectorAll("p")].filter((p) => !p.closest("form"))
    .map((p) => p.textContent.replace(/\d{1,2}\.\d{1,2}\.\d{4}/, "…")),
  ...[...box.querySelectorAll("form")].filter((form) => !form.closest("[data-out]")).map((form) => {
    const fields = [...form.querySelectorAll("input")].filter(({ type, checked }) => type === "text" || checked);
    return `${form.dataset.question}: ${fields.map(({ value }) => value)}`;
  }),
]"""


@dataclass(frozen=True)
class Found:
    """What the learner sees of earlier sittings."""

    page: str
    visited: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]
    done: bool
    assessment: tuple[str, ...]
    """What the assessment says of itself but for today's date, and the questions of the attempt with their answers."""
    notes: tuple[str, ...]


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
        if page == TEST:
            _handed_in(learner, right=ASKED)


def under_assessment(learner: Learner) -> None:
    """One attempt handed in with a wrong answer; another under way, with two answers in it."""
    learner.go_to(TEST)
    taker = _handed_in(learner, right=ASKED - 1)
    taker.press("try_again")
    for _ in range(2):
        taker.right_or_wrong(right=True)
        taker.press("next")


def sharing(learner: Learner) -> None:
    """A note that the learner has chosen to keep in the LMS too."""
    frame = learner.frame
    frame.get_by_role("checkbox", name=learner.lesson.words["share"]).check()
    learner.go_to(TEST)
    area = frame.locator("[data-note]:visible")
    area.fill("Til Bjørg: «kjære, takk.»\nHilsen oss")
    area.blur()


def _handed_in(learner: Learner, right: int) -> Taker:
    taker = Taker(learner.frame)
    taker.press("test_start")
    taker.through(right)
    taker.hand_in()
    return taker


LIVES: Mapping[str, Callable[[Learner], None]] = {
    "begun": begun,
    "half-way": half_way,
    "finished": finished,
    "under assessment": under_assessment,
    "sharing": sharing,
}


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
        assessment=tuple(learner.frame.locator("[data-component=assessment]").evaluate(_PAPER)),
        notes=tuple(
            learner.frame.locator("textarea[data-note]").evaluate_all("all => all.map(({ value }) => value)")
        ),
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
    files = sorted((FOLDER / version).glob("*.json"))
    plain = [entry for file in files for entry in json.loads(file.read_text(encoding="utf-8"))]
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
                tuple(entry["found"]["assessment"]),
                tuple(entry["found"]["notes"]),
            ),
        )
        for entry in plain
    ]


def keep(states: Iterable[State]) -> None:
    """Write the states of this version."""
    plain = [{name: value for name, value in asdict(state).items() if name != "version"} for state in states]
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    (FOLDER / __version__ / "states.json").write_text(text + "\n", encoding="utf-8")
