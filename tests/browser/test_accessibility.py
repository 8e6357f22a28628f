"""axe-core finds nothing in WCAG 2.1 A and AA, on any page, in any state, light or dark, with or without scripts."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.browser.conftest import BLOCKS, COURSE, MODULE, Site
from tests.playing import Learner


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, page: Page) -> Page:
    colours: Literal["light", "dark"] = request.param
    page.emulate_media(color_scheme=colours, reduced_motion="reduce")
    return page


@pytest.mark.parametrize("unit", [MODULE, BLOCKS])
def test_every_page_as_it_opens(scheme: Page, site: Site, unit: str) -> None:
    scheme.goto(site.at(unit))
    learner = Learner(scheme)
    found = {}
    for page_id in learner.lesson.pages:
        if learner.page() != page_id:
            learner.go_to(page_id)
        found[page_id] = violations(scheme)
    assert list(found) == list(learner.lesson.pages)
    assert not any(found.values()), found


def test_every_question_asked_wrong_and_right(scheme: Page, site: Site) -> None:
    scheme.goto(site.at(MODULE))
    learner = Learner(scheme)
    assert learner.lesson.questions
    for question in learner.lesson.questions:
        if learner.page() != question.page:
            learner.go_to(question.page)
        learner.answer(question, question.wrong)
        assert violations(scheme) == [], f"{question.id} answered wrong"
        learner.answer(question, question.correct)
        assert violations(scheme) == [], f"{question.id} answered right"


def test_the_end_before_and_after_it_is_done(scheme: Page, site: Site) -> None:
    scheme.goto(site.at(MODULE))
    learner = Learner(scheme)
    last = list(learner.lesson.pages)[-1]
    learner.go_to(last)
    expect(scheme.get_by_role("heading", name=learner.lesson.words["remaining_title"])).to_be_visible()
    assert violations(scheme) == []
    for page_id in learner.lesson.pages:
        learner.go_to(page_id)
    for question in learner.lesson.questions:
        learner.go_to(question.page)
        learner.answer(question, question.correct)
    learner.go_to(last)
    expect(scheme.get_by_role("heading", name=learner.lesson.words["done_title"])).to_be_visible()
    assert violations(scheme) == []


def test_the_menu_of_a_course_folded_and_open(scheme: Page, site: Site) -> None:
    scheme.goto(site.at(COURSE))
    learner = Learner(scheme)
    assert violations(scheme) == []
    scheme.set_viewport_size({"width": 320, "height": 640})
    assert violations(scheme) == []
    scheme.get_by_role("button", name=learner.lesson.words["contents"]).click()
    assert violations(scheme) == []


def test_notes_written_and_deleted(scheme: Page, site: Site) -> None:
    scheme.goto(site.at(MODULE))
    learner = Learner(scheme)
    note = scheme.locator("textarea[data-note]").first
    learner.go_to(note.locator("xpath=ancestor::section").get_attribute("data-page") or "")
    note.fill("Å vite at far har fått medisinen")
    expect(scheme.get_by_text(learner.lesson.words["notes_saved"], exact=True)).to_be_visible()
    assert violations(scheme) == []
    scheme.get_by_role("button", name=learner.lesson.words["delete_notes"]).click()
    expect(scheme.get_by_text(learner.lesson.words["notes_deleted"])).to_be_visible()
    assert violations(scheme) == []


@pytest.mark.parametrize("unit", [MODULE, BLOCKS])
def test_the_document_when_its_script_never_came(page: Page, site: Site, unit: str) -> None:
    page.route("**/kurspakke.js", lambda route: route.abort())
    page.goto(site.at(unit))
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert violations(page) == []


def test_everything_is_in_sight_with_scripts_off(browser: Browser, site: Site, page: Page) -> None:
    page.goto(site.at(MODULE))
    lesson: dict[str, Any] = dict(Learner(page).lesson.data)
    without = browser.new_context(java_script_enabled=False)
    reading = without.new_page()
    reading.goto(site.at(MODULE))
    for entry in lesson["modules"][0]["pages"]:
        expect(reading.get_by_role("heading", name=entry["title"], exact=True)).to_be_visible()
    expect(reading.locator("noscript p").first).to_be_visible()
    answers = reading.get_by_text(lesson["words"]["show_answer"])
    expect(answers).to_have_count(len(lesson["modules"][0]["questions"]))
    answers.first.click()
    expect(reading.locator("details[open]").get_by_text(lesson["words"]["correct"]).first).to_be_visible()
    without.close()
