"""Someone who has no pointer: everything is reached with Tab, and every control is worked by its own keys."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.playing import Learner, Question

FURTHEST = 400
"""No page has so many stops; whoever needs more is caught in a loop."""
_HELD = """() => {
  const held = document.activeElement;
  if (!held || held === document.body) return null;
  const style = getComputedStyle(held), own = held.matches("input") ? held.parentElement : held;
  // The browser's own buttons for sound and film show theirs, where no script can look.
  const ring = held.matches("audio, video") || [held, own].some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  });
  const { width, height } = held.getBoundingClientRect();
  return { name: `${held.tagName.toLowerCase()}#${held.id}.${held.className} «${held.textContent.trim().slice(0, 30)}»`,
           ring, seen: width > 0 && height > 0 && style.visibility !== "hidden" };
}"""


class Keyboard:
    """The keys, in front of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._keys = page.keyboard

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus; after the last stop the way begins anew."""
        for _ in range(FURTHEST):
            if target.evaluate("target => target === document.activeElement"):
                return
            self._keys.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to the target and press a key there."""
        self.tab_to(target)
        self._keys.press(key)

    def way(self) -> list[str]:
        """Every stop from the top of the document to its end; each is in sight and shows that it has the focus."""
        self._page.evaluate(
            "document.activeElement?.blur(); document.body.tabIndex = -1; document.body.focus()"
        )
        self._page.evaluate("document.body.removeAttribute('tabindex')")
        stops: list[str] = []
        for _ in range(FURTHEST):
            self._keys.press("Tab")
            held = self._page.evaluate(_HELD)
            if held is None:
                return stops
            assert held["seen"], f"the focus is on something out of sight: {held['name']}"
            assert held["ring"], f"nothing shows that {held['name']} has the focus"
            stops.append(held["name"])
        raise AssertionError(f"the way has no end: {stops[-6:]}")

    def answer(self, learner: Learner, question: Question, response: tuple[str, ...]) -> None:
        """Answer a question that has not been answered yet, and send the answer."""
        form = self._page.locator(f'form[data-question="{question.id}"]')
        words = learner.lesson.words
        match question.type:
            case "fill-in" | "numeric":
                self.tab_to(form.get_by_role("textbox"))
                self._keys.type(response[0].replace(".", ","))
                self._keys.press("Enter")
            case "matching":
                for pair in response:
                    source, target = pair.split(".")
                    self._pick(form.locator(f'select[data-source="{source}"]'), target)
            case "sequencing":
                for place, item in enumerate(response):
                    self._lift(form, words["move_up"].replace("{text}", question.options[item]), item, place)
            case _:
                self._choose(form, response)
        if question.type not in ("fill-in", "numeric"):
            self.press(form.locator("button[type=submit]"))
        expect(form.locator(".verdict")).to_contain_text(
            words["answer_sent" if question.type == "likert" else "correct"]
        )

    def _pick(self, field: Locator, value: str) -> None:
        self.tab_to(field)
        for _ in range(30):
            if field.input_value() == value:
                return
            self._keys.press("ArrowDown")
        raise AssertionError(f"the arrow keys never come to {value}")

    def _lift(self, form: Locator, name: str, item: str, place: int) -> None:
        button = form.get_by_role("button", name=name, exact=True)
        self.tab_to(button)
        while form.locator("li").nth(place).get_attribute("data-option") != item:
            self._keys.press("Enter")

    def _choose(self, form: Locator, response: tuple[str, ...]) -> None:
        inputs = form.locator("input")
        if inputs.first.get_attribute("type") == "checkbox":
            for option in response:
                self.press(form.locator(f'input[value="{option}"]'), "Space")
            return
        self.tab_to(inputs.first)
        wanted = form.locator(f'input[value="{response[0]}"]')
        self._keys.press("Space")
        while not wanted.is_checked():
            self._keys.press("ArrowDown")
