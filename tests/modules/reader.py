"""A learner who takes a module as it is meant: reads, sees the film, writes, plans and answers, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.playing import Learner, Question

NOTE = "Det merker naboen først – skrevet på side «{page}»."
# From its last second on: what comes before is not waited for.
_SEE_THE_END = """async (film) => {
  const come = (name) => new Promise((resolve, reject) => {
    film.addEventListener(name, resolve, { once: true });
    film.addEventListener("error", () => reject(film.error), { once: true });
  });
  film.muted = true;
  const ended = come("ended");
  await film.play();
  film.currentTime = film.duration - 0.5;
  await ended;
}"""


@dataclass(frozen=True)
class Reader:
    """Takes a module in one sitting or several; the first question of all is answered wrongly, the others rightly."""

    learner: Learner

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the module."""
        return self.learner.lesson.questions

    @property
    def score(self) -> int:
        """The score in the end."""
        return self.learner.lesson.score(sum(question.type != "likert" for question in self.questions) - 1)

    def response(self, question: Question) -> tuple[str, ...]:
        """What the learner answers."""
        if question == self.questions[0]:
            return question.wrong
        return question.right or (next(iter(question.options)),)

    def take(self, pages: Iterable[str], then: Callable[[str], None] = lambda _: None) -> None:
        """Go from page to page by «Neste» and do what is to be done on each; `then` is called with its id."""
        for page in pages:
            if self.learner.page() != page:
                self.learner.next()
            assert self.learner.page() == page
            self._do(page)
            then(page)

    def notes(self, pages: Iterable[str]) -> dict[str, list[str]]:
        """What stands in the notes of these pages."""
        return {
            page: [note.input_value() for note in self._page(page).locator("textarea[data-note]").all()]
            for page in pages
        }

    def _do(self, page: str) -> None:
        section = self._page(page)
        for film in section.locator("video").all():
            film.evaluate(_SEE_THE_END)
        for fold in section.locator("details").all():
            if fold.get_attribute("open") is None and fold.is_visible():
                fold.locator("summary").first.click()
        for field in section.locator("textarea[data-note], [data-plan] :is(textarea, input)").all():
            field.fill(NOTE.format(page=page))
        for belongs in section.locator("[data-plan] select").all():
            belongs.select_option(index=1)
        for scale in section.locator("[data-survey] [role=radiogroup]").all():
            scale.locator("label").nth(2).click()
            expect(scale.locator("input").nth(2)).to_be_checked()
        for question in self.questions:
            if question.page == page:
                self.learner.answer(question, self.response(question))

    def _page(self, page: str) -> Locator:
        return self.learner.frame.locator(f'section.page[data-page="{page}"]')
