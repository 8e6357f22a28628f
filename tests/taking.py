"""Taking the assessment of the small course (tests/golden/course), by its visible controls."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from tests.playing import SECONDS, Lesson, Question

ASKED = 4
"""Questions in an attempt."""


class Taker:
    """Someone who takes the assessment."""

    def __init__(self, page: Page | Frame) -> None:
        self.page = page
        expect(page.locator("#kp_progress")).to_contain_text(re.compile(r"\w"), timeout=30 * SECONDS)
        self.lesson = Lesson(json.loads(page.locator("#kurspakke-data").text_content() or ""))
        self.words = self.lesson.words
        self.box = page.locator("[data-component=assessment]")
        data: dict[str, Any] = self.lesson.data["modules"][0]
        whole = Lesson({**self.lesson.data, "modules": [{"questions": data["assessments"][0]["bank"]}]})
        self.bank = {question.id: question for question in whole.questions}

    def press(self, word: str) -> None:
        self.button(word).click()

    def button(self, word: str) -> Locator:
        return self.box.get_by_role("button", name=self.words[word], exact=True)

    def heading(self, word: str, **values: int) -> Locator:
        text = self.words[word]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return self.box.get_by_role("heading", name=text, exact=True)

    def shown(self) -> Question:
        """The question in sight."""
        form = self.box.locator("form:visible")
        expect(form).to_have_count(1)
        return self.bank[form.get_attribute("data-question") or ""]

    def answer(self, response: tuple[str, ...]) -> None:
        """Answer the question in sight."""
        question, form = self.shown(), self.box.locator("form:visible")
        match question.type:
            case "fill-in" | "numeric":
                form.get_by_role("textbox").fill(response[0].replace(".", ","))
            case "matching":
                for pair in response:
                    source, target = pair.split(".")
                    form.get_by_role("combobox", name=question.options[source]).select_option(target)
            case "sequencing":
                for place, item in enumerate(response):
                    text = question.options[item]
                    up = form.get_by_role("button", name=self.words["move_up"].replace("{text}", text))
                    while form.locator("li").nth(place).locator(".item-text").inner_text().strip() != text:
                        up.click()
            case _:
                for box in form.locator("input:checked").all():
                    if box.get_attribute("type") == "checkbox":
                        box.uncheck()
                for option in response:
                    form.locator(f"input[value='{option}']").check()

    def right_or_wrong(self, *, right: bool) -> None:
        """Answer the question in sight."""
        question = self.shown()
        if question.type == "sequencing" and not right:
            self.answer(
                question.right
            )  # the items may lie in the wrong order that is wanted: that is no answer
        self.answer(question.right if right else question.wrong)

    def through(self, right: int) -> list[str]:
        """From the first question to handing in: so many right, the others wrong; the ids in their order."""
        met = []
        for number in range(ASKED):
            expect(self.heading("question_n_of_m", n=number + 1, m=ASKED)).to_be_focused()
            met.append(self.shown().id)
            self.right_or_wrong(right=number < right)
            self.press("next" if number + 1 < ASKED else "test_to_end")
        expect(self.heading("test_hand_in_title")).to_be_focused()
        return met

    def hand_in(self) -> None:
        self.press("test_hand_in")
        expect(self.heading("test_result")).to_be_focused()

    def score(self) -> str:
        return self.box.locator(".test-score").inner_text()
