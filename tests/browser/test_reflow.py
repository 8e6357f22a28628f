"""Nothing is cut off or scrolls two ways: narrow, with large text, with open spacing; and paper gets everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BLOCKS, COURSE, MODULE, Site
from tests.playing import Learner

# WCAG 1.4.12, as far as a user's style sheet goes.
SPACING = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
"""
LARGE = "document.documentElement.style.fontSize = '200%'"
# What sticks out of the window or does not fit in its box; text for screen readers alone is cut on purpose.
CUT_OFF = """[...document.querySelectorAll("body *")].filter((element) => {
  if (element.closest(".ds-sr-only, .ds-skip-link, table, pre, svg, video") || !element.checkVisibility()) return false;
  const overflows = getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
  return overflows || element.getBoundingClientRect().right > innerWidth + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("unit", [MODULE, COURSE, BLOCKS])
@pytest.mark.parametrize(
    ("width", "change"), [(320, ""), (320, SPACING), (1280, LARGE), (640, LARGE), (1280, SPACING)]
)
def test_no_page_is_cut_off(page: Page, site: Site, unit: str, width: int, change: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.at(unit))
    learner = Learner(page)
    if change:
        page.evaluate(f"() => {{ {change} }}")
    for page_id in learner.lesson.pages:
        page.evaluate("id => { location.hash = id }", page_id)
        expect(page.locator(f"section[data-page='{page_id}']")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page_id
        assert page.evaluate(CUT_OFF) == [], page_id


def test_targets_are_large_enough_for_a_thumb(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 720})
    page.goto(site.at(MODULE))
    learner = Learner(page)
    page.get_by_role("button", name=learner.lesson.words["contents"]).click()
    small = """[...document.querySelectorAll("button, summary, .menu a, .pager a, .option")].filter((element) =>
      element.checkVisibility() && element.getBoundingClientRect().height < 44).map((element) => element.outerHTML)"""
    assert page.evaluate(small) == []


def test_paper_gets_every_page_without_controls_and_answers(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    question = learner.lesson.questions[0]
    learner.go_to(question.page)
    learner.answer(question, question.wrong)
    page.emulate_media(media="print")
    for page_id in learner.lesson.pages:
        expect(page.locator(f"section[data-page='{page_id}']")).to_be_visible()
    for hidden in (".menu", ".pager", ".top", ".verdict", ".mark", "button", "video"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
    expect(page.locator("textarea").first).to_be_visible()
    expect(page.locator(".paper .prose").first).to_be_visible()
