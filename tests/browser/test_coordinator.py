"""The coordinator's page: reached from the course, without a script, for everybody, and on paper sheet by sheet."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from kurspakke.words import words
from tests.axe import violations
from tests.browser.conftest import BLOCKS, COURSE, Site

PAGE = "for_koordinator.html"
WORDS = words("nb")
UNITS = [BLOCKS, COURSE]
CUT_OFF = """() => [...document.querySelectorAll("main *, footer *")].filter((element) =>
  element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML)"""
TOPS = """() => [...document.querySelectorAll(".kit-sheet")].map((part) => {
  const style = getComputedStyle(part);
  return [part.id, style.breakBefore];
})"""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, site: Site, unit: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site.address}/{unit}/{PAGE}")
    assert violations(page) == []


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_sticks_out_at_320_pixels(page: Page, site: Site, unit: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site.address}/{unit}/{PAGE}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT_OFF) == []
    assert violations(page) == []


def test_the_course_leads_to_it_from_the_menu_and_the_end(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS))
    links = page.get_by_role("link", name=WORDS["coordinator"], exact=True)
    expect(links).to_have_count(2)
    links.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["coordinator"])


@pytest.mark.parametrize("unit", UNITS)
def test_it_needs_no_script_and_no_server(browser: Browser, site: Site, unit: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    reading = context.new_page()
    asked: list[str] = []
    reading.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    reading.goto((site.folder / unit / PAGE).as_uri())
    assert sorted(asked) == ["for_koordinator.css", PAGE, "kurspakke.css"]
    contents = reading.get_by_role("navigation", name=WORDS["contents"]).get_by_role("link")
    parts = reading.locator("main section.kit[id]")
    expect(contents).to_have_count(parts.count())
    for link, part in zip(contents.all(), parts.all(), strict=True):
        expect(link).to_be_visible()
        expect(link).to_have_attribute("href", f"#{part.get_attribute('id')}")
        expect(part).to_be_visible()
    context.close()


def test_each_sheet_begins_on_a_page_of_its_own(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/{BLOCKS}/{PAGE}")
    page.emulate_media(media="print")
    sheets = dict(page.evaluate(TOPS))
    assert [name.rpartition("--")[2] for name in sheets if "--" in name] == ["sheet", "guide"]
    assert set(sheets.values()) == {"page"}
    expect(page.get_by_role("navigation")).to_be_hidden()
    # The first page with the introduction and the plan, then a page for each: all of them are short here.
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1 + len(sheets)
