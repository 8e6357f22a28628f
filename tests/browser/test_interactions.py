"""Questions of every kind: answered by keyboard alone, judged, kept, printed, and readable with scripts off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BLOCKS, Site
from tests.browser.test_accessibility import violations
from tests.playing import Learner, Question

PAGE = "post.svare"
KINDS = ["hvilken", "merke", "vekt", "par", "rekke", "luke"]


def opened(page: Page, site: Site) -> Learner:
    page.goto(site.at(BLOCKS, PAGE))
    return Learner(page)


def question(learner: Learner, name: str) -> Question:
    return next(each for each in learner.lesson.questions if each.id == f"post.{name}")


def form(page: Page, name: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - a locator
    return page.locator(f"form[data-question='post.{name}']")


@pytest.mark.parametrize("name", KINDS)
def test_wrong_then_right_and_still_there_after_a_reload(page: Page, site: Site, name: str) -> None:
    learner = opened(page, site)
    asked = question(learner, name)
    learner.answer(asked, asked.wrong)
    assert violations(page) == []
    learner.answer(asked, asked.right)
    assert violations(page) == []
    page.reload()
    again = Learner(page)
    expect(form(page, name).locator(".verdict")).to_contain_text(again.lesson.words["correct"])
    assert set(again.chosen(asked)) == set(asked.right)


def test_an_answer_that_is_not_whole_is_asked_for(page: Page, site: Site) -> None:
    learner = opened(page, site)
    words = learner.lesson.words
    for name, missing in (
        ("hvilken", "choose_first"),
        ("merke", "write_first"),
        ("vekt", "number_first"),
        ("par", "match_first"),
    ):
        check = form(page, name).get_by_role("button", name=words["check_answer"])
        check.click()
        expect(form(page, name).get_by_role("status")).to_have_text(words[missing])
        expect(form(page, name).locator("input, select").first).to_be_focused()


def test_a_word_by_keyboard(page: Page, site: Site) -> None:
    words = opened(page, site).lesson.words
    field = form(page, "merke").get_by_role("textbox")
    field.focus()
    page.keyboard.type("  et  FRIMERKE ")
    page.keyboard.press("Enter")
    expect(form(page, "merke").locator(".verdict")).to_contain_text(words["correct"])
    page.keyboard.press("End")
    page.keyboard.type("x")
    expect(form(page, "merke").locator(".verdict")).to_be_empty()
    page.keyboard.press("Enter")
    expect(form(page, "merke").locator(".verdict")).to_contain_text(words["wrong"])


@pytest.mark.parametrize(
    ("written", "verdict"),
    [("20", "correct"), ("20,5", "correct"), ("20.50", "correct"), (" 2 0 ", "correct"), ("020", "correct"),
     ("20,51", "wrong"), ("−20", "wrong"), ("2000", "wrong")],
)  # fmt: skip
def test_a_number_as_norwegians_write_it(page: Page, site: Site, written: str, verdict: str) -> None:
    words = opened(page, site).lesson.words
    field = form(page, "vekt").get_by_role("textbox")
    field.fill(written)
    field.press("Enter")
    expect(form(page, "vekt").locator(".verdict-word")).to_have_text(words[verdict])


@pytest.mark.parametrize("written", ["tjue", "20 gram", "1,2,3", "1.000,5", "-", "1e3", ""])
def test_what_is_no_number_is_not_sent(page: Page, site: Site, written: str) -> None:
    learner = opened(page, site)
    field = form(page, "vekt").get_by_role("textbox")
    field.fill(written)
    field.press("Enter")
    expect(form(page, "vekt").locator(".verdict")).to_have_text(learner.lesson.words["number_first"])


def test_items_are_moved_by_keyboard_and_it_is_said_where_they_are(page: Page, site: Site) -> None:
    learner = opened(page, site)
    asked = question(learner, "rekke")
    words, first = learner.lesson.words, asked.options[asked.right[0]]
    up = form(page, "rekke").get_by_role("button", name=words["move_up"].replace("{text}", first))
    up.focus()
    for _ in range(len(asked.options)):
        page.keyboard.press("Enter")
        expect(up).to_be_focused()
    assert learner.chosen(asked)[0] == asked.right[0]
    expect(up).to_have_attribute("aria-disabled", "true")
    said = words["now_number"].replace("{text}", first).replace("{n}", "1").replace("{m}", "3")
    expect(form(page, "rekke").get_by_role("status").first).to_have_text(said)


def test_a_region_in_the_picture_chooses_its_name_in_the_list(page: Page, site: Site) -> None:
    opened(page, site)
    page.locator("[data-region=a] rect").click()
    expect(form(page, "luke").get_by_role("radio", name="1. Luken")).to_be_checked()
    expect(page.locator("[data-region=a]")).to_have_attribute("data-chosen", "")
    form(page, "luke").get_by_role("radio", name="2. Døren").check()
    expect(page.locator("[data-region=a][data-chosen]")).to_have_count(0)


def test_regions_lie_on_their_picture(page: Page, site: Site) -> None:
    opened(page, site)
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        picture = page.locator(".spot-picture img").bounding_box()
        region = page.locator("[data-region=a] rect").bounding_box()
        assert picture
        assert region
        for corner, extent, start, share in (("x", "width", 0.2, 0.6), ("y", "height", 0.15, 0.2)):
            assert abs(region[corner] - picture[corner] - start * picture[extent]) < 3  # type: ignore[literal-required]
            assert abs(region[extent] - share * picture[extent]) < 6  # type: ignore[literal-required]


def test_an_opinion_that_is_for_reports_gets_no_verdict(page: Page, site: Site) -> None:
    learner = opened(page, site)
    words = learner.lesson.words
    opinion = form(page, "nytte")
    # A web edition reports to nobody, and says so; tests/privacy has what packages for LMSs say.
    expect(opinion.get_by_text(words["opinion_local"])).to_be_visible()
    opinion.get_by_role("radio", name="Nyttig", exact=True).check()
    opinion.get_by_role("button", name=words["send_answer"]).click()
    expect(opinion.get_by_role("status")).to_have_text(words["answer_sent"])
    expect(page.locator("[data-verdict]")).to_have_count(0)
    page.reload()
    expect(opinion.get_by_role("button", name=words["change_answer"])).to_be_visible()
    expect(opinion.get_by_role("radio", name="Nyttig", exact=True)).to_be_checked()


def test_a_private_opinion_is_kept_and_deleted_with_the_notes(page: Page, site: Site) -> None:
    learner = opened(page, site)
    words = learner.lesson.words
    opinion = page.locator("[id='post.glede']")
    opinion.get_by_role("radio", name="Litt enig").check()
    expect(opinion.get_by_role("status")).to_have_text(words["notes_saved"])
    assert "glede" not in str(learner.lesson.data["modules"])
    page.reload()
    Learner(page)
    expect(opinion.get_by_role("radio", name="Litt enig")).to_be_checked()
    with page.expect_download() as fetched:
        page.get_by_role("button", name=words["download_answers"]).click()
    assert "Jeg blir glad når jeg får brev.\n\nLitt enig\n" in fetched.value.path().read_text("utf-8")
    page.get_by_role("button", name=words["delete_notes"]).click()
    expect(opinion.locator("input:checked")).to_have_count(0)


def test_nothing_is_cut_off_where_it_is_narrow(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    learner = opened(page, site)
    for name in KINDS:
        learner.answer(question(learner, name), question(learner, name).wrong)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_paper_has_room_for_answers_and_no_controls(page: Page, site: Site) -> None:
    opened(page, site)
    page.emulate_media(media="print")
    expect(page.locator("button:visible")).to_have_count(0)
    expect(form(page, "par").locator(".paper-list")).to_be_visible()
    expect(form(page, "merke").get_by_role("textbox")).to_be_visible()


def test_answers_are_there_with_scripts_off(browser: Browser, site: Site) -> None:
    without = browser.new_context(java_script_enabled=False)
    reading = without.new_page()
    reading.goto(site.at(BLOCKS, PAGE))
    for name, answer in (("merke", "Et frimerke"), ("vekt", "20 ± 0,5 gram"), ("par", "Brev: Postkassen")):
        form(reading, name).locator("summary").click()
        expect(form(reading, name).locator("details").get_by_text(answer)).to_be_visible()
    form(reading, "rekke").locator("summary").click()
    expect(form(reading, "rekke").locator("details li").first).to_have_text("Skriv brevet")
    without.close()
