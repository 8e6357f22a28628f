"""A learner who plays a package in a browser with what a learner can see: links, buttons and answers by their names.

What there is to play (pages, questions, right answers, the words on the buttons) is read from the package's own
data block, so that this serves every course, language and format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

SECONDS = 1000.0
# Everything is loaded now, also what waits until it comes into sight; whatever takes longer than this is broken.
_BROKEN_MEDIA = """async () => {
  const late = new Promise((resolve) => setTimeout(() => resolve("late"), 15000));
  const event = (target, ...names) => Promise.race(
    [late, ...names.map((name) => new Promise((resolve) => target.addEventListener(name, () => resolve(name))))]);
  const picture = async (img) => {
    img.loading = "eager";
    await img.decode().catch(() => undefined);
    return img.naturalWidth > 0 ? [] : [`picture ${img.src}`];
  };
  const video = async (element) => {
    if (element.readyState < 1) {
      element.preload = "metadata";
      const come = event(element, "loadedmetadata", "error");
      element.load();
      await come;
    }
    return element.readyState >= 1 && element.videoWidth > 0 ? [] : [`video ${element.currentSrc}`];
  };
  const captions = async (track) => {
    if (track.readyState !== 2) {
      const come = event(track, "load", "error");
      track.track.mode = "hidden";
      if (track.readyState !== 2) await come;
    }
    return track.track.cues?.length ? [] : [`captions ${track.src}`];
  };
  const all = (name, check) => [...document.querySelectorAll(name)].map(check);
  return (await Promise.all([...all("img", picture), ...all("video", video), ...all("track", captions)])).flat();
}"""


@dataclass(frozen=True)
class Question:
    """A question as the package describes it; ids are `<module>.<id>`."""

    id: str
    page: str
    type: str
    options: Mapping[str, str]
    correct: tuple[str, ...]
    targets: Mapping[str, str]

    @property
    def right(self) -> tuple[str, ...]:
        """A response that is right; empty for an opinion."""
        match self.type:
            case "fill-in":
                return self.correct[:1]
            case "numeric":
                return (self.correct[2] if len(self.correct) > 2 else self.correct[0] or self.correct[1],)
            case _:
                return self.correct

    @property
    def wrong(self) -> tuple[str, ...]:
        """A response that is not right: the first option that is no right answer, or else too few of them."""
        match self.type:
            case "fill-in":
                return (f"ikke {self.correct[0]}",)
            case "numeric":
                low, high = self.correct[:2]
                return (f"{float(high) + 1:g}" if high else f"{float(low) - 1:g}",)
            case "sequencing":
                return self.correct[::-1]
            case "matching":
                return tuple(f"{source}.{next(iter(self.targets))}" for source in self.options)
        others = [option for option in self.options if option not in self.correct]
        return (others[0],) if others else self.correct[:-1]


@dataclass(frozen=True)
class Lesson:
    """What a package holds, from its data block."""

    data: Mapping[str, Any]

    @property
    def words(self) -> Mapping[str, str]:
        """The texts of the interface, by key."""
        words: Mapping[str, str] = self.data["words"]
        return words

    @property
    def pages(self) -> Mapping[str, str]:
        """The titles of the pages by id, in order."""
        return {page["id"]: page["title"] for module in self.data["modules"] for page in module["pages"]}

    def module_of(self, page: str) -> str:
        """The title of the module that a page belongs to."""
        titles = {each["id"]: module["title"] for module in self.data["modules"] for each in module["pages"]}
        return str(titles[page])

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(
            Question(
                id=entry["id"],
                page=entry["page"],
                type=entry["type"],
                options={choice["id"]: choice["text"] for choice in entry["choices"]}
                or (self._true_or_false() if entry["type"] == "true-false" else {}),
                correct=tuple(entry["correct"]),
                targets={target["id"]: target["text"] for target in entry.get("targets", ())},
            )
            for module in self.data["modules"]
            for entry in module["questions"]
        )

    def _true_or_false(self) -> Mapping[str, str]:
        return {"true": self.words["statement_true"], "false": self.words["statement_false"]}

    def score(self, right: int) -> int:
        """The score on 0–100 that so many right answers give."""
        judged = [question for question in self.questions if question.type != "likert"]
        return int(100 * right / len(judged) + 0.5)


class Learner:
    """Someone in front of an opened package. Every wait ends in an assertion after some seconds."""

    def __init__(self, frame: Frame | Page) -> None:
        self._frame = frame
        # The progress is written when the player has heard from the LMS and knows which page to open;
        # only then is it sure that the whole document has arrived, the block of data included.
        expect(frame.locator("#kp_progress")).to_contain_text(re.compile(r"\w"), timeout=30 * SECONDS)
        self.lesson = Lesson(json.loads(frame.locator("#kurspakke-data").text_content() or ""))
        expect(frame.locator("section.page:visible")).to_have_count(1)

    @property
    def frame(self) -> Frame | Page:
        """What the package runs in."""
        return self._frame

    def page(self) -> str:
        """The id of the page in sight."""
        return self._frame.locator("section.page:visible").get_attribute("data-page") or ""

    def go_to(self, page: str) -> None:
        """Open a page by its link in the menu."""
        contents = self.lesson.words["contents"]
        menu = self._frame.get_by_role("navigation", name=contents)
        toggle = self._frame.get_by_role("button", name=contents)
        if toggle.is_visible() and toggle.get_attribute("aria-expanded") != "true":
            toggle.click()  # the menu is folded where the window is narrow
        link = menu.get_by_role("link", name=self.lesson.pages[page])
        if not link.is_visible():
            menu.locator("summary", has_text=self.lesson.module_of(page)).click()  # another module is open
        link.click()
        self._arrived(page)

    def next(self) -> None:
        """Press «Neste»."""
        pages = list(self.lesson.pages)
        following = pages[pages.index(self.page()) + 1]
        self._next().click()
        self._arrived(following)

    def answer(self, question: Question, response: tuple[str, ...]) -> None:
        """Give this answer and no other, and press «Sjekk svaret»; an answer given before is taken back."""
        form = self._form(question)
        again = form.get_by_role("button", name=self.lesson.words["try_again"])
        if again.is_visible():
            again.click()
        match question.type:
            case "fill-in" | "numeric":
                form.get_by_role("textbox").fill(response[0].replace(".", ","))
            case "matching":
                for pair in response:
                    source, target = pair.split(".")
                    name = question.options[source]
                    form.get_by_role("combobox", name=name).select_option(question.targets[target])
            case "sequencing":
                self._put_in_order(form, [question.options[item] for item in response])
            case _:
                self._choose(form, question, response)
        form.get_by_role("button", name=self.lesson.words["check_answer"]).click()
        verdict = "correct" if set(response) == set(question.right) else "wrong"
        if question.type == "sequencing":
            verdict = "correct" if response == question.right else "wrong"
        expect(form.locator(".verdict")).to_contain_text(self.lesson.words[verdict])

    def _choose(self, form: Locator, question: Question, response: tuple[str, ...]) -> None:
        role = "checkbox" if len(question.correct) > 1 else "radio"
        pointed = form.locator("[data-region]").count() > 0
        for number, (option, text) in enumerate(question.options.items(), start=1):
            name = f"{number}. {text}" if pointed else text
            control = form.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
            if control.is_checked() != (option in response) and (role == "checkbox" or option in response):
                control.click()

    def _put_in_order(self, form: Locator, texts: list[str]) -> None:
        """Move each item up to its place, the first one first."""
        for place, text in enumerate(texts):
            up = form.get_by_role("button", name=self.lesson.words["move_up"].replace("{text}", text))
            while form.locator("li").nth(place).locator(".item-text").inner_text().strip() != text:
                up.click()

    def chosen(self, question: Question) -> tuple[str, ...]:
        """The answer that stands there now, also on a page that is out of sight."""
        form = self._form(question)
        match question.type:
            case "fill-in" | "numeric":
                return (form.locator("input").input_value().replace(",", "."),)
            case "matching":
                pairs = "lists => lists.map(list => `${list.dataset.source}.${list.value}`)"
                return tuple(form.locator("select").evaluate_all(pairs))
            case "sequencing":
                return tuple(
                    form.locator("li").evaluate_all("items => items.map(item => item.dataset.option)")
                )
        checked = form.locator("input:checked")
        return tuple(checked.evaluate_all("boxes => boxes.map(box => box.value)"))

    def has_answered(self, question: Question) -> bool:
        """Whether the question shows an answer as given, judged or not."""
        return bool((self._form(question).locator(".verdict").text_content() or "").strip())

    def visited(self) -> tuple[str, ...]:
        """The ids of the pages that the menu marks as visited."""
        links = self._frame.locator("[data-menu-page][data-seen]")
        return tuple(links.evaluate_all("links => links.map(link => link.dataset.menuPage)"))

    def broken_media(self) -> list[str]:
        """Pictures, videos and captions on any page that the browser cannot show, in words."""
        found: list[str] = self._frame.evaluate(_BROKEN_MEDIA)
        return found

    def sees(self, word: str) -> bool:
        """Whether a text of the interface, by its key, is in sight."""
        return self._frame.get_by_text(self.lesson.words[word]).first.is_visible()

    def _next(self) -> Locator:
        name = re.compile(rf"^{re.escape(self.lesson.words['next'])}\b")
        button = self._frame.get_by_role("button", name=name)
        return button.or_(self._frame.get_by_role("link", name=name)).first

    def _form(self, question: Question) -> Locator:
        return self._frame.locator(f'form[data-question="{question.id}"]')

    def _arrived(self, page: str) -> None:
        expect(self._frame.locator(f'section.page[data-page="{page}"]')).to_be_visible()
        expect(self._frame.locator("section.page:visible")).to_have_count(1)


def leave(page: Page) -> None:
    """Close the browser's page as someone who closes the tab, with the events that a page then gets."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)
