"""Three sittings of one learner in one LMS: half-way and away, on to the end, and back once more.

The story is played once per LMS; the tests then ask what the learner saw and what the LMS stored.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.lms.lms import Lms, Stored
from tests.lms.watcher import Watcher
from tests.playing import Learner, Lesson, leave
from tests.waiting import QUIET

_SECONDS = 8.0


@dataclass(frozen=True)
class Sitting:
    """What a learner met on opening the package, and what was stored when the window had been closed."""

    page: str
    chosen: Mapping[str, tuple[str, ...]]
    resumed: bool
    alone: bool
    broken: tuple[str, ...]
    stored: Stored
    complaints: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The three sittings; `course` is the LMS's handle, `log` the end of its log."""

    lesson: Lesson
    left: str
    answers: Mapping[str, tuple[str, ...]]
    all_answers: Mapping[str, tuple[str, ...]]
    first: Sitting
    second: Sitting
    third: Sitting
    log: str


def play(lms: Lms, package: Path, browser: Browser) -> Story:
    """Import the package and go through all three sittings."""
    course = lms.add(package)

    def sit(doings: Callable[[Learner], None], settled: Callable[[Stored], bool]) -> tuple[Learner, Sitting]:
        context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        watcher = Watcher(context)
        page, frame = lms.open(course, context)
        learner = Learner(frame)
        opened = learner.page()
        chosen = {question.id: learner.chosen(question) for question in learner.lesson.questions}
        resumed, alone = learner.sees("resumed"), learner.sees("no_lms")
        broken = learner.broken_media()
        doings(learner)
        watcher.settle(page)
        leave(page)
        stored = _when(lambda: lms.stored(course), lambda stored: settled(stored) and _is_over(stored))
        context.close()
        return learner, Sitting(
            opened, chosen, resumed, alone, tuple(broken), stored, tuple(watcher.complaints)
        )

    half: list[str] = []

    def begin(learner: Learner) -> None:
        answer_first_two(learner)
        half.append(learner.page())

    learner, first = sit(begin, lambda stored: stored.status is not None)
    _, second = sit(finish, lambda stored: stored.status not in (None, "incomplete", "unknown"))
    _, third = sit(look_around, lambda stored: stored.suspend_data is not None)
    questions = learner.lesson.questions
    right = {question.id: question.correct for question in questions}
    answers = {questions[0].id: questions[0].correct, questions[1].id: questions[1].wrong}
    return Story(
        learner.lesson, half[0], answers, {**right, **answers}, first, second, third, lms.last_words()
    )


def answer_first_two(learner: Learner) -> None:
    """Read the first half of the pages; answer the first question rightly and the second wrongly."""
    first, second, *_ = learner.lesson.questions
    pages = list(learner.lesson.pages)
    for number, page in enumerate(pages[: len(pages) // 2]):
        if number:
            learner.next()
        if first.page == page:
            learner.answer(first, first.correct)
        if second.page == page:
            learner.answer(second, second.wrong)


def finish(learner: Learner) -> None:
    """Read every page by the menu and answer, rightly, what has no answer yet."""
    for page in learner.lesson.pages:
        learner.go_to(page)
        for question in learner.lesson.questions:
            if question.page == page and not learner.chosen(question):
                learner.answer(question, question.correct)


def look_around(learner: Learner) -> None:
    """Open the first page and change nothing."""
    learner.go_to(next(iter(learner.lesson.pages)))


def _is_over(stored: Stored) -> bool:
    """Where statements are kept, the last one says that the session has ended; elsewhere nothing need say so."""
    verbs = stored.everything.get("verbs")
    return verbs is None or verbs[-1:] in (["suspended"], ["terminated"])


def _when(read: Callable[[], Stored], settled: Callable[[Stored], bool]) -> Stored:
    """What is stored once it is `settled` and has stopped changing; what was sent on leaving may still be on its way."""
    end = time.monotonic() + _SECONDS
    before, stored = None, read()
    while (stored != before or not settled(stored)) and time.monotonic() < end:
        time.sleep(QUIET)
        before, stored = stored, read()
    return stored
