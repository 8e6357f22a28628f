"""On paper: only the page or only the module, with what the learner has answered and written."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BLOCKS, COURSE, MODULE, Site
from tests.playing import Learner

# What is printed is decided when the printer is called, so that moment is held on to.
PRINTER = "window.print = () => dispatchEvent(new Event('beforeprint'))"
FINISHED = "dispatchEvent(new Event('afterprint'))"


@pytest.fixture(autouse=True)
def printer(page: Page) -> None:
    page.add_init_script(PRINTER)


def printed(page: Page, learner: Learner, word: str) -> None:
    """Press the button and look at the paper."""
    page.get_by_role("button", name=learner.lesson.words[word]).click()
    expect(page.locator("html")).to_have_attribute("data-printing", word.removeprefix("print_"))
    page.emulate_media(media="print")


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf()))


@pytest.mark.parametrize("unit", [MODULE, COURSE])
def test_the_page_alone_with_the_title_of_its_module(page: Page, site: Site, unit: str) -> None:
    page.goto(site.at(unit, "strategi.mandag"))
    learner = Learner(page)
    printed(page, learner, "print_page")
    expect(page.locator("section.page:visible")).to_have_count(1)
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", "strategi.mandag")
    expect(page.get_by_role("heading", level=1)).to_have_text(learner.lesson.module_of("strategi.mandag"))
    for hidden in (".module-intro", ".menu", ".pager", ".top", ".foot", ".glossary", "button"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
    assert page.evaluate(FINISHED)
    page.emulate_media(media="screen")
    expect(page.locator("html")).not_to_have_attribute("data-printing", "page")
    expect(page.locator(".menu")).to_be_visible()


def test_the_module_alone_in_a_course(page: Page, site: Site) -> None:
    page.goto(site.at(COURSE, "strategi.mandag"))
    learner = Learner(page)
    printed(page, learner, "print_module")
    pages = [each["id"] for each in learner.lesson.data["modules"][0]["pages"]]
    shown = page.locator("section.page:visible").evaluate_all("all => all.map(page => page.dataset.page)")
    assert shown == pages
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator(".module-intro:visible")).to_have_count(1)


def test_the_page_needs_fewer_sheets_than_the_module_and_a_long_note_all_it_takes(
    page: Page, site: Site
) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    note = page.locator("textarea[data-note]").first
    learner.go_to(note.locator("xpath=ancestor::section").get_attribute("data-page") or "")
    note.fill("kort")
    page.get_by_role("button", name=learner.lesson.words["print_page"]).click()
    expect(page.locator("html")).to_have_attribute("data-printing", "page")
    alone = sheets(page)
    page.get_by_role("button", name=learner.lesson.words["print_module"]).click()
    expect(page.locator("html")).to_have_attribute("data-printing", "module")
    assert sheets(page) > alone
    note.fill("\n".join(f"Linje {number}" for number in range(200)))
    page.get_by_role("button", name=learner.lesson.words["print_page"]).click()
    expect(page.locator("html")).to_have_attribute("data-printing", "page")
    assert sheets(page) >= alone + 3


def test_answers_and_notes_are_on_the_paper(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    question = learner.lesson.questions[0]
    learner.go_to(question.page)
    learner.answer(question, question.correct)
    note = page.locator("textarea[data-note]").first
    learner.go_to(note.locator("xpath=ancestor::section").get_attribute("data-page") or "")
    note.fill("Å vite hvem som svarer\nog når")
    printed(page, learner, "print_module")
    form = page.locator(f"form[data-question='{question.id}']")
    expect(form).to_be_visible()
    for option in question.correct:
        expect(form.locator(f"input[value='{option}']")).to_be_checked()
    written = page.locator(".note-text")
    expect(written).to_be_visible()
    expect(written).to_have_text("Å vite hvem som svarer\nog når", use_inner_text=True)
    expect(note).to_be_hidden()
    page.evaluate(FINISHED)
    page.emulate_media(media="screen")
    expect(note).to_be_visible()
    expect(written).to_have_count(0)


def test_the_glossary_is_the_page_when_it_is_open(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS))
    learner = Learner(page)
    page.get_by_role("link", name=learner.lesson.words["glossary"], exact=True).click()
    expect(page.locator("#kp_glossary")).to_be_visible()
    printed(page, learner, "print_page")
    expect(page.locator("#kp_glossary")).to_be_visible()
    expect(page.locator("section.page:visible")).to_have_count(0)
    page.evaluate(FINISHED)
    page.emulate_media(media="screen")
    printed(page, learner, "print_module")
    expect(page.locator("section.page:visible")).to_have_count(len(learner.lesson.pages))
