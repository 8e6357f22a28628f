"""Nothing is cut off or scrolls two ways: narrow, with large text, with open spacing; and paper gets everything."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize(("width", "change"), [(320, ""), (320, SPACING), (640, LARGE), (1280, SPACING)])
def test_the_hits_of_a_search_are_not_cut_off(page: Page, site: Site, width: int, change: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.at(COURSE))
    learner = Learner(page)
    if change:
        page.evaluate(f"() => {{ {change} }}")
    toggle = page.get_by_role("button", name=learner.lesson.words["contents"])
    if toggle.is_visible():
        toggle.click()
    page.get_by_role("searchbox").fill("innbygger")
    expect(page.get_by_role("search").get_by_role("link").nth(2)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []


def test_the_readers_own_text_size_rules_everything(site: Site) -> None:
    """Sizes in px would stay as they are when the browser's font size is changed."""
    sheet = (site.folder / COURSE / "kurspakke.css").read_text("utf-8")
    screen = sheet.split("@media print")[0]
    assert "rem" in screen
    assert re.findall(r"font-size:[\d.]+(?:px|pt)", screen) == []
    assert re.findall(r"html\{[^}]*font-size", screen) == []


def test_nothing_moves_for_those_who_ask_for_less_motion(page: Page, site: Site) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.at(BLOCKS))
    learner = Learner(page)
    moving = """[document.documentElement, ...document.querySelectorAll("body *")].filter((element) => {
      const style = getComputedStyle(element);
      const milliseconds = (time) => parseFloat(time) * (/ms$/.test(time) ? 1 : 1000);
      const longest = (times) => Math.max(...times.split(",").map(milliseconds));
      return style.scrollBehavior === "smooth"
        || [style.transitionDuration, style.animationDuration].some((times) => longest(times) > 10);
    }).map((element) => element.outerHTML.slice(0, 100))"""
    for page_id in learner.lesson.pages:
        if learner.page() != page_id:
            learner.go_to(page_id)
        assert page.evaluate(moving) == []


def test_forced_colours_leave_what_is_chosen_locked_and_found_to_be_seen(page: Page, site: Site) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(site.at(MODULE))
    learner = Learner(page)
    look = """(element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return [outlineStyle, outlineWidth];
    }"""
    assert page.locator(".menu-pages [aria-current]").evaluate(look) == ["solid", "2px"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate(look)[0] == "solid"
    question = learner.lesson.questions[0]
    learner.go_to(question.page)
    learner.answer(question, question.wrong)
    form = page.locator(f"form[data-question='{question.id}']")
    expect(
        form.get_by_role("radio", checked=True).or_(form.get_by_role("checkbox", checked=True)).first
    ).to_be_visible()
    assert form.locator(".verdict").evaluate("box => getComputedStyle(box).borderStyle") == "solid"
    page.get_by_role("searchbox").fill("behov")
    hit = page.get_by_role("search").locator("mark").first
    ground = "(element) => getComputedStyle(element).backgroundColor"
    assert hit.evaluate(ground) != page.locator(".menu").evaluate(ground)
    bar = page.locator("#kp_bar")
    assert bar.evaluate("bar => getComputedStyle(bar).borderStyle") == "solid"


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
