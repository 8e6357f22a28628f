"""Search in what stands in the package: by the keyboard alone, and without telling what is not to be told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BLOCKS, COURSE, MODULE, Site
from tests.browser.test_accessibility import scheme, violations
from tests.playing import Learner

__all__ = ["scheme"]


def field(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("searchbox")


def hits(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("link")


def told(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("status")


@pytest.fixture
def learner(page: Page, site: Site) -> Learner:
    page.goto(site.at(MODULE))
    return Learner(page)


def test_a_hit_tells_page_heading_and_place_and_opens_the_part(page: Page, learner: Learner) -> None:
    field(page).fill("NABOKOMMUNE kravspesifikasjonen")
    expect(hits(page)).to_have_count(1)
    expect(told(page)).to_have_text(learner.lesson.words["search_hit"])
    lines = hits(page).locator("span")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_have_text("Fra strategi til neste mandag")
    expect(lines.nth(1)).to_have_text("Ring en nabokommune før du skriver kravspesifikasjonen")
    expect(hits(page).locator("mark")).to_have_text(
        ["nabokommune", "kravspesifikasjonen", "kravspesifikasjonen"]
    )
    hits(page).click()
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", "strategi.mandag")
    expect(page.locator("[data-component=tips] h3").first).to_be_focused()
    expect(field(page)).to_have_value("NABOKOMMUNE kravspesifikasjonen")


def test_every_word_must_stand_there_and_only_ae_oe_aa_are_letters_of_their_own(
    page: Page, learner: Learner
) -> None:
    for asked, found in [
        ("én setning", True),
        ("en setning", True),
        ("målet", True),
        ("malet", False),
        ("maandag", False),
        ("setning finnesikke", False),
        ("( [ \\", False),
    ]:
        field(page).fill(asked)
        word = learner.lesson.words["search_none"]
        if found:
            expect(hits(page).first).to_be_visible()
            expect(told(page)).not_to_have_text(word)
        else:
            expect(told(page)).to_have_text(word)
            expect(hits(page)).to_have_count(0)


def test_the_count_is_true_and_an_empty_field_says_nothing(page: Page, learner: Learner) -> None:
    field(page).fill("behov")
    expect(hits(page).nth(1)).to_be_visible()
    number = hits(page).count()
    expect(told(page)).to_have_text(learner.lesson.words["search_hits"].replace("{n}", str(number)))
    for hit in hits(page).all():
        expect(hit.locator("mark").first).to_have_text(re.compile("^behov$", re.IGNORECASE))
    field(page).fill("  ")
    expect(hits(page)).to_have_count(0)
    expect(told(page)).to_be_empty()


def test_the_keyboard_is_enough(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    Learner(page)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("velge bort")
    page.keyboard.press("Enter")
    expect(hits(page).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    expect(hits(page)).to_have_count(0)
    page.keyboard.type("kravspesifikasjonen")
    page.keyboard.press("Tab")
    expect(hits(page).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", "strategi.mandag")
    expect(page.locator("[data-component] h3:focus")).to_have_count(1)


def test_escape_clears_the_search_before_it_folds_the_menu(page: Page, learner: Learner) -> None:
    page.set_viewport_size({"width": 360, "height": 720})
    toggle = page.get_by_role("button", name=learner.lesson.words["contents"])
    toggle.click()
    field(page).fill("behov")
    field(page).press("Escape")
    expect(field(page)).to_have_value("")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    field(page).press("Escape")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    field(page).fill("kravspesifikasjonen")
    hits(page).first.click()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[data-component] h3:focus")).to_be_in_viewport()


def test_no_answer_is_told_before_or_after_it_is_given(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS))
    learner = Learner(page)
    secrets = page.evaluate(
        """async () => {
          const text = await (await fetch("index.html")).text();
          const document = new DOMParser().parseFromString(text, "text/html");
          const answers = [...document.querySelectorAll("[data-answer]")];
          const parts = answers.flatMap((answer) => [...answer.querySelectorAll("[data-text], [data-feedback]")]);
          answers.forEach((answer) => answer.remove());
          const open = document.body.textContent.toLowerCase();
          return parts.map((part) => part.textContent.trim())
            .filter((text) => text.split(" ").some((word) => !open.includes(word.toLowerCase())));
        }"""
    )
    assert len(secrets) > 3

    def search_them_all() -> None:
        for secret in secrets:
            field(page).fill(secret)
            expect(told(page)).to_have_text(learner.lesson.words["search_none"])

    search_them_all()
    page.reload()
    for question in Learner(page).lesson.questions:
        if question.type != "likert":
            if learner.page() != question.page:
                learner.go_to(question.page)
            learner.answer(question, question.right)
    search_them_all()


def test_an_assessment_tells_its_title_only(page: Page, site: Site) -> None:
    page.route(
        "**/index.html",
        lambda route: route.fulfill(
            body=route.fetch()
            .text()
            .replace(
                "</section>",
                """<div class="component" id="post.proven" data-component="assessment"><h3>Den store prøven</h3>
                <form><fieldset><legend>Hva heter zebraen?</legend><h3>Zebra</h3></fieldset></form></div></section>""",
                1,
            ),
            headers={"Content-Type": "text/html; charset=utf-8"},
        ),
    )
    page.goto(site.at(BLOCKS))
    Learner(page)
    field(page).fill("store prøven")
    expect(hits(page)).to_have_count(1)
    expect(hits(page)).to_have_attribute("href", "#post.proven")
    field(page).fill("zebra")
    expect(hits(page)).to_have_count(0)


def test_terms_of_the_glossary_are_found(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS))
    learner = Learner(page)
    term = page.locator("#kp_glossary dl > div").last
    field(page).fill(term.locator("dd").inner_text() or term.locator("dd").text_content() or "")
    hit = hits(page).last
    expect(hit.locator("span").first).to_have_text(learner.lesson.words["glossary"])
    expect(hit.locator("span").nth(1)).to_have_text(term.locator("dt").text_content() or "")
    hit.click()
    expect(term.locator("dt")).to_be_focused()
    entry = page.get_by_role("link", name=learner.lesson.words["glossary"], exact=True)
    expect(entry).to_have_attribute("aria-current", "page")
    expect(page.locator("#kp_menu [aria-current]")).to_have_count(1)
    page.locator(".glossary-back").click()
    expect(page.locator("#kp_menu [aria-current]")).to_have_attribute("data-menu-page", learner.page())


def test_a_course_is_searched_in_all_its_modules(page: Page, site: Site) -> None:
    page.goto(site.at(COURSE))
    modules = Learner(page).lesson.data["modules"]
    field(page).fill("kommune")
    expect(hits(page).nth(len(modules))).to_be_visible()
    addresses = hits(page).evaluate_all("links => links.map(link => link.hash.slice(1).split('.')[0])")
    assert {module["id"] for module in modules} <= set(addresses)


def test_results_open_light_and_dark_wide_and_narrow(scheme: Page, site: Site) -> None:
    scheme.goto(site.at(COURSE))
    learner = Learner(scheme)
    field(scheme).fill("innbygger")
    expect(hits(scheme).first).to_be_visible()
    assert violations(scheme) == []
    scheme.set_viewport_size({"width": 320, "height": 640})
    scheme.get_by_role("button", name=learner.lesson.words["contents"]).click()
    expect(hits(scheme).first).to_be_visible()
    assert violations(scheme) == []
    assert scheme.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_nothing_offers_to_search(page: Page, site: Site) -> None:
    page.route("**/kurspakke.js", lambda route: route.abort())
    page.goto(site.at(MODULE))
    for part in (".search", ".pager", ".menu-progress", ".top-tools"):
        expect(page.locator(part)).to_be_hidden()
