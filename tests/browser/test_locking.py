"""Pages that open in order: the way through them, what is locked, and where nothing ever is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.built import served
from tests.browser.conftest import GOLDEN, Site
from tests.browser.test_accessibility import violations
from tests.courses import copy, edit
from tests.playing import Learner

ORDERED = "post"


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    course = copy(GOLDEN, tmp_path_factory.mktemp("course") / "source")
    edit(course / "modules/post/module.yaml", "minutes: 10", "minutes: 10\nnavigation: in-order")
    with served(course) as site:
        yield site


@pytest.fixture(autouse=True)
def no_complaints(page: Page, ordered: Site) -> Iterator[None]:
    wrongs: list[str] = []
    own = (ordered.address, "about:")
    page.on("request", lambda request: None if request.url.startswith(own) else wrongs.append(request.url))
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on(
        "console", lambda message: wrongs.append(message.text) if "Security Policy" in message.text else None
    )
    yield
    assert wrongs == []


def entry(page: Page, page_id: str) -> Locator:
    return page.locator(f"[data-menu-page='{page_id}']")


def is_locked(page: Page, page_id: str) -> None:
    expect(entry(page, page_id)).not_to_have_attribute("href", f"#{page_id}")
    expect(entry(page, page_id).locator(".if-locked")).to_be_visible()


def is_open(page: Page, page_id: str) -> None:
    expect(entry(page, page_id)).to_have_attribute("href", f"#{page_id}")
    expect(entry(page, page_id).locator(".if-locked")).to_be_hidden()


def answer_all(learner: Learner, page_id: str) -> None:
    for question in learner.lesson.questions:
        if question.page == page_id and question.type != "likert":
            learner.answer(question, question.right)


def test_pages_open_one_after_the_other_as_their_questions_are_answered(page: Page, ordered: Site) -> None:
    page.goto(ordered.at(ORDERED))
    learner = Learner(page)
    words, pages = learner.lesson.words, list(learner.lesson.pages)
    asking = {question.page for question in learner.lesson.questions if question.type != "likert"}
    assert asking
    following = page.locator(".pager-right")
    for at, page_id in enumerate(pages[:-1]):
        assert learner.page() == page_id
        for later in pages[at + 2 :]:
            is_locked(page, later)
        if page_id in asking:
            is_locked(page, pages[at + 1])
            expect(following).to_contain_text(f"{words['next']} ({words['locked']})")
            expect(following).not_to_have_attribute("href", f"#{pages[at + 1]}")
            expect(page.locator(".pager").get_by_text(words["locked_why"])).to_be_visible()
            assert violations(page) == []
            answer_all(learner, page_id)
        is_open(page, pages[at + 1])
        expect(page.locator(".pager").get_by_text(words["locked_why"])).to_be_hidden()
        learner.next()


def test_a_link_to_a_locked_page_opens_the_first_one_with_something_left_and_says_why(
    page: Page, ordered: Site
) -> None:
    page.goto(ordered.at(ORDERED, "post.sammen"))
    learner = Learner(page)
    first, second, *_, last = learner.lesson.pages
    assert last == "post.sammen"
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", first)
    expect(page.locator("#kp_notices")).to_have_text(learner.lesson.words["locked_why"])
    is_open(page, second)
    page.evaluate("id => { location.hash = id }", learner.lesson.questions[-1].id)
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", second)
    expect(page.locator("#kp_notices")).to_have_text(learner.lesson.words["locked_why"])
    expect(page.locator("h2:focus")).to_have_text(learner.lesson.pages[second])
    expect(page).to_have_url(ordered.at(ORDERED, second))


def test_the_next_visit_finds_open_what_was_open(page: Page, ordered: Site) -> None:
    page.goto(ordered.at(ORDERED))
    learner = Learner(page)
    pages = list(learner.lesson.pages)
    at = next(number for number, each in enumerate(pages) if each == learner.lesson.questions[0].page)
    while learner.page() != pages[at]:
        learner.next()
    answer_all(learner, pages[at])
    learner.next()
    page.goto("about:blank")
    page.goto(ordered.at(ORDERED, pages[at + 1]))
    Learner(page)
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", pages[at + 1])
    expect(page.locator("#kp_notices")).to_be_empty()
    for page_id in pages[: at + 2]:
        is_open(page, page_id)


def test_what_is_locked_is_not_found_by_searching(page: Page, ordered: Site) -> None:
    page.goto(ordered.at(ORDERED))
    learner = Learner(page)
    last = list(learner.lesson.pages)[-1]
    word = learner.lesson.pages[last]
    field, results = page.get_by_role("searchbox"), page.get_by_role("search").get_by_role("link")
    field.fill(word)
    expect(page.get_by_role("search").get_by_role("status")).not_to_be_empty()
    assert not any(
        link.startswith(f"#{last}") for link in results.evaluate_all("all => all.map(a => a.hash)")
    )
    for page_id in learner.lesson.pages:
        if learner.page() != page_id:
            field.fill("")
            learner.next()
        answer_all(learner, page_id)
    field.fill(word)
    expect(page.get_by_role("search").locator(f"a[href='#{last}']")).to_be_visible()


def test_a_module_that_is_done_stays_open(page: Page, ordered: Site) -> None:
    page.goto(ordered.at(ORDERED))
    learner = Learner(page)
    for page_id in learner.lesson.pages:
        if learner.page() != page_id:
            learner.next()
        answer_all(learner, page_id)
    expect(page.locator("#kp_count")).to_have_text(learner.lesson.words["completed"])
    # As after an update that has put new pages before those that were read: the state says done, and not much more.
    page.reload()
    for page_id in Learner(page).lesson.pages:
        is_open(page, page_id)


def test_only_the_module_that_asks_for_it_is_locked_in_a_course(page: Page, ordered: Site) -> None:
    page.goto(ordered.at("all", "takk"))
    learner = Learner(page)
    is_open(page, "takk.takk")
    pages = [each["id"] for each in learner.lesson.data["modules"][0]["pages"]]
    assert entry(page, pages[0]).get_attribute("href")
    for page_id in pages[1:]:
        expect(entry(page, page_id)).not_to_have_attribute("href", f"#{page_id}")


def test_paper_and_readers_without_scripts_get_every_page(
    browser: Browser, page: Page, ordered: Site
) -> None:
    page.goto(ordered.at(ORDERED))
    learner = Learner(page)
    page.emulate_media(media="print")
    for page_id in learner.lesson.pages:
        expect(page.locator(f"section[data-page='{page_id}']")).to_be_visible()
    without = browser.new_context(java_script_enabled=False)
    reading = without.new_page()
    reading.goto(ordered.at(ORDERED))
    for page_id, title in learner.lesson.pages.items():
        expect(reading.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(reading.locator(f"[data-menu-page='{page_id}']")).to_have_attribute("href", f"#{page_id}")
    expect(reading.locator(".if-locked:visible")).to_have_count(0)
    without.close()


def test_nothing_is_locked_where_an_lms_shows_the_course_for_review(page: Page, ordered: Site) -> None:
    """The mode comes from the LMS; the web package asks nobody, so here its adapter's answer is changed."""
    script = (Path(ordered.folder) / ORDERED / "kurspakke.js").read_text("utf-8")
    assert script.count('mode:"normal",state:') >= 1
    changed = script.replace('mode:"normal",state:', 'mode:"review",state:')
    page.route(
        "**/kurspakke.js",
        lambda route: route.fulfill(body=changed, content_type="text/javascript; charset=utf-8"),
    )
    page.goto(ordered.at(ORDERED))
    for page_id in Learner(page).lesson.pages:
        is_open(page, page_id)
