"""The whole way without a pointer, and the whole way with a thumb."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BLOCKS, COURSE, MODULE, Site
from tests.keyboard import Keyboard
from tests.playing import Learner

CONTROLS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex='0']",
)].filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("[inert]")
  && each.getBoundingClientRect().width > 0
  && !(each.type === "radio" && each !== each.form?.querySelector(`[name="${each.name}"]`)))
  .map((each) =>
    `${each.tagName.toLowerCase()}#${each.id}.${each.className} «${each.textContent.trim().slice(0, 30)}»`)"""


@pytest.mark.parametrize("unit", [MODULE, BLOCKS])
def test_tab_comes_to_every_control_of_every_page_and_out_again(page: Page, site: Site, unit: str) -> None:
    page.goto(site.at(unit))
    learner = Learner(page)
    keyboard = Keyboard(page)
    for page_id in learner.lesson.pages:
        if learner.page() != page_id:
            learner.go_to(page_id)
        way = keyboard.way()
        missed = [each for each in page.evaluate(CONTROLS) if each not in way]
        assert missed == [], page_id


@pytest.mark.parametrize("unit", [MODULE, BLOCKS])
def test_a_module_is_finished_by_keyboard_alone(page: Page, site: Site, unit: str) -> None:
    page.goto(site.at(unit))
    learner = Learner(page)
    keyboard = Keyboard(page)
    lesson = learner.lesson
    pages = list(lesson.pages)
    for number, page_id in enumerate(pages):
        expect(page.locator(f'section[data-page="{page_id}"]')).to_be_visible()
        for question in lesson.questions:
            if question.page == page_id:
                keyboard.answer(learner, question, question.right or (next(iter(question.options)),))
        if number + 1 < len(pages):
            keyboard.press(page.locator(".pager-right"))
            expect(page.locator(f'section[data-page="{pages[number + 1]}"] h2').first).to_be_focused()
    expect(page.get_by_role("heading", name=lesson.words["done_title"])).to_be_visible()


def test_the_skip_link_comes_first_and_leads_past_the_menu(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    words = Learner(page).lesson.words
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=words["skip_link"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#kp_main")).to_be_focused()


@pytest.mark.parametrize("unit", [MODULE, COURSE])
def test_a_module_is_finished_on_a_phone_by_touch(browser: Browser, site: Site, unit: str) -> None:
    phone = browser.new_context(
        locale="nb-NO",
        viewport={"width": 360, "height": 740},
        device_scale_factor=3,
        is_mobile=True,
        has_touch=True,
    )
    page = phone.new_page()
    page.goto(site.at(unit))
    learner = Learner(page)
    lesson = learner.lesson
    menu = page.get_by_role("button", name=lesson.words["contents"])
    menu.tap()
    expect(menu).to_have_attribute("aria-expanded", "true")
    menu.tap()
    expect(menu).to_have_attribute("aria-expanded", "false")
    pages = [each for each in lesson.pages if each.startswith(f"{MODULE}.")]
    for number, page_id in enumerate(pages):
        expect(page.locator(f'section[data-page="{page_id}"]')).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        for question in lesson.questions:
            if question.page == page_id:
                form = page.locator(f'form[data-question="{question.id}"]')
                for option in question.right:
                    name = form.locator(f'input[value="{option}"]').get_attribute("id")
                    form.locator(f'label[for="{name}"]').tap()
                form.locator("button[type=submit]").tap()
                expect(form.locator(".verdict")).to_contain_text(lesson.words["correct"])
        if number + 1 < len(pages):
            page.locator(".pager-right").tap()
    expect(page.get_by_role("heading", name=lesson.words["done_title"])).to_be_visible()
    phone.close()
