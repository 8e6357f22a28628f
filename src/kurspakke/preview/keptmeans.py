"""What making packages of one course again and again can keep: templates, rendered pages, sizes of pictures."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment

from kurspakke import resources
from kurspakke.assemble import Sheet, media_of
from kurspakke.catalog import Catalog
from kurspakke.course import Course, Module
from kurspakke.coursefiles import Entry
from kurspakke.editions import localise
from kurspakke.filetree import File
from kurspakke.locality.edition import Edition
from kurspakke.picturesize import picture_size
from kurspakke.render import Place, Renderer, Shown, environment
from kurspakke.unit import Unit
from kurspakke.variant import Variant

_KEPT = 8
"""So many versions of a page are kept: for audiences, with and without an LMS, and from before the last change."""

Stamps = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Question:
    """What a page asked of the place it is shown at, and the answer."""

    name: str
    module: str
    src: str
    answer: object

    def is_answered_so(self, place: Place) -> bool:
        """Whether `place` answers the same."""
        return bool(getattr(place, self.name)(self.module, self.src) == self.answer)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was rendered: of these inputs, in a place that gave these answers."""

    inputs: tuple[Any, ...]
    questions: tuple[_Question, ...]
    shown: Shown


class KeptMeans:
    """See `assemble.Means`. Not for several threads at once."""

    def __init__(self) -> None:
        self._stamps: Stamps = {}
        self._environment: Environment | None = None
        self._pages: dict[tuple[Any, ...], deque[_Page]] = {}
        self._sizes: dict[Entry, tuple[int, int] | None] = {}

    def localise(
        self, course: Course, variant: Variant, catalog: Catalog | None, edition: Edition | None
    ) -> Course:
        """The course as the variant has it."""
        return localise(course, variant, catalog, edition)

    def renderer(self, own_templates: Path, words: Mapping[str, str], language: str) -> Renderer:
        """What makes documents, by the templates as they are now."""
        stamps = template_stamps(own_templates)
        if self._environment is None or stamps != self._stamps:
            self._environment = environment(own_templates)
            self._stamps = stamps
            self._pages.clear()
        return Renderer(self._environment, words, language, self._page)

    def document(self, sheet: Sheet, make: Callable[[Unit], bytes]) -> File:
        """The document that `make` makes: its pages are what is kept."""
        return File(make(sheet.unit))

    def media(self, module: Module) -> tuple[str, ...]:
        """The names of a module's media."""
        return media_of(module)

    def size(self, entry: Entry) -> tuple[int, int] | None:
        """A picture's width and height."""
        if entry not in self._sizes:
            self._sizes[entry] = picture_size(entry.path.read_bytes())
        return self._sizes[entry]

    def _page(self, inputs: tuple[Any, ...], place: Place, make: Callable[[Place], Shown]) -> Shown:
        kept = self._pages.setdefault((*inputs[:2], inputs[3].id), deque(maxlen=_KEPT))
        for page in kept:
            if page.inputs == inputs and _answers(page, place):
                return page.shown
        questions: list[_Question] = []
        shown = make(_overheard(place, questions))
        kept.appendleft(_Page(inputs, tuple(questions), shown))
        return shown


def template_stamps(own_templates: Path) -> Stamps:
    """Size and time of every template of the course and of the program."""
    return dict(_stamps(str(own_templates), str(resources.templates())))


def _stamps(*folders: str) -> Iterator[tuple[str, tuple[int, int]]]:
    waiting = list(folders)
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:  # most courses have none of their own
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith(".j2"):
                    status = entry.stat()
                    yield entry.path, (status.st_size, status.st_mtime_ns)


def _answers(page: _Page, place: Place) -> bool:
    try:
        return all(question.is_answered_so(place) for question in page.questions)
    except (KeyError, OSError):  # a picture that is not there any more
        return False


def _overheard(place: Place, questions: list[_Question]) -> Place:
    """`place`, each question to it written down."""

    def overheard(name: str) -> Callable[[str, str], Any]:
        ask = getattr(place, name)

        def asked(module: str, src: str) -> Any:
            answer = ask(module, src)
            questions.append(_Question(name, module, src, answer))
            return answer

        return asked

    return replace(place, url=overheard("url"), size=overheard("size"), bytes=overheard("bytes"))
