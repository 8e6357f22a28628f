"""What the learner meets: one page at a time, found again, answered, noted and finished."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import COURSE, MODULE, Site
from tests.playing import Learner


def is_on(page: Page, page_id: str) -> None:
    """The page is the one in sight; a link takes the browser a moment."""
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", page_id)


def test_next_leads_through_all_pages_with_focus_on_each_heading(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    pages = learner.lesson.pages
    for page_id in list(pages)[1:]:
        learner.next()
        is_on(page, page_id)
        expect(page.locator(":focus")).to_have_text(pages[page_id])
        assert page.title().startswith(pages[page_id])
        expect(page.locator("[aria-current=page]")).to_contain_text(pages[page_id])
    expect(page.locator(".pager-right")).to_be_hidden()
    page.go_back()
    is_on(page, list(pages)[-2])


def test_a_link_to_a_question_opens_its_page_and_the_question(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    question = Learner(page).lesson.questions[-1]
    page.goto("about:blank")
    page.goto(site.at(MODULE, question.id))
    is_on(page, question.page)
    expect(page.locator(f"form[data-question='{question.id}'] h3")).to_be_focused()


def test_the_next_visit_opens_where_the_last_one_ended(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    question = learner.lesson.questions[1]
    learner.go_to(question.page)
    learner.answer(question, question.wrong)
    page.goto("about:blank")
    page.goto(site.at(MODULE))
    again = Learner(page)
    is_on(page, question.page)
    assert again.sees("resumed")
    assert again.chosen(question) == question.wrong
    page.get_by_role("link", name=again.lesson.words["to_start"]).click()
    is_on(page, next(iter(again.lesson.pages)))
    assert not again.sees("resumed")


def test_a_question_wants_an_answer_and_may_be_tried_again(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    question = learner.lesson.questions[0]
    form = page.locator(f"form[data-question='{question.id}']")
    learner.go_to(question.page)
    form.get_by_role("button", name=learner.lesson.words["check_answer"]).click()
    expect(form.get_by_role("status")).to_have_text(learner.lesson.words["choose_first"])
    learner.answer(question, question.wrong)
    form.get_by_role("button", name=learner.lesson.words["try_again"]).click()
    assert learner.chosen(question) == ()
    expect(form.get_by_role("status")).to_be_empty()
    assert page.evaluate("document.activeElement.name") == question.id


def test_the_keyboard_is_enough_to_answer_and_go_on(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    question = next(entry for entry in learner.lesson.questions if len(entry.correct) == 1)
    learner.go_to(question.page)
    form = page.locator(f"form[data-question='{question.id}']")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == question.id:
            break
    page.keyboard.press("Space")
    for _ in range(list(question.options).index(question.correct[0])):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text(learner.lesson.words["correct"])


def test_the_end_tells_what_is_left_with_links_and_then_that_it_is_done(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    words, last = learner.lesson.words, list(learner.lesson.pages)[-1]
    for page_id in learner.lesson.pages:
        learner.go_to(page_id)
    finish = page.locator("#kp_finish")
    expect(finish).to_contain_text(words["remaining_title"])
    expect(finish.get_by_role("link")).to_have_count(len({entry.page for entry in learner.lesson.questions}))
    finish.get_by_role("link").first.click()
    is_on(page, learner.lesson.questions[0].page)
    for question in learner.lesson.questions:
        learner.go_to(question.page)
        learner.answer(question, question.correct)
    told = words["now_completed"].replace("{title}", learner.lesson.data["unit"]["title"])
    expect(page.locator("#kp_notices")).to_have_text(told)
    learner.go_to(last)
    expect(finish).to_contain_text(words["done_title"])
    expect(finish).to_contain_text(words["score"].replace("{n}", "100"))


def test_a_course_counts_its_modules(page: Page, site: Site) -> None:
    page.goto(site.at(COURSE))
    learner = Learner(page)
    modules = learner.lesson.data["modules"]
    words = learner.lesson.words
    none_of_them = words["modules_done"].replace("{n}", "0").replace("{m}", str(len(modules)))
    expect(page.locator("#kp_count")).to_have_text(none_of_them)
    page.goto(site.at(COURSE, modules[-1]["id"]))
    expect(page.get_by_role("heading", level=1)).to_have_text(modules[-1]["title"])
    expect(page.locator("details[open] [aria-current=page]")).to_contain_text(
        modules[-1]["pages"][0]["title"]
    )


def test_notes_stay_in_the_browser_and_can_be_had_and_deleted(page: Page, site: Site) -> None:
    page.goto(site.at(MODULE))
    learner = Learner(page)
    words = learner.lesson.words
    note = page.locator("textarea[data-note]").first
    learner.go_to(note.locator("xpath=ancestor::section").get_attribute("data-page") or "")
    note.fill("Å møte <b>behovet</b>")
    expect(page.get_by_text(words["notes_saved"], exact=True)).to_be_visible()
    page.reload()
    expect(note).to_have_value("Å møte <b>behovet</b>")
    with page.expect_download() as download:
        page.get_by_role("button", name=words["download_answers"]).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Å møte <b>behovet</b>" in text
    assert learner.lesson.data["unit"]["title"] in text
    page.get_by_role("button", name=words["delete_notes"]).click()
    expect(note).to_have_value("")
    assert "behovet" not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name=words["undo"]).click()
    expect(note).to_have_value("Å møte <b>behovet</b>")


def test_captions_come_from_the_package_where_the_file_cannot_be_read(page: Page, site: Site) -> None:
    page.goto((site.folder / MODULE / "index.html").as_uri())
    captions = Learner(page).lesson.data["captions"]
    shown = "[...document.querySelector('video').textTracks].filter((track) => track.mode === 'showing')"
    cues = f"{shown}.map((track) => [track.language, track.cues?.length])"
    page.wait_for_function(f"{cues}.flat()[1] > 0")
    assert page.evaluate(cues) == [["nb", len(next(iter(captions.values())))]]
