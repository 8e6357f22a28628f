"""An assessment as a learner takes it: one question at a time, handed in, reviewed, printed, taken again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import TEST, Site
from tests.browser.test_accessibility import violations
from tests.browser.test_reflow import CUT_OFF, LARGE, SPACING
from tests.taking import ASKED, Taker

PAGE = "takk.huske"


def opened(page: Page, site: Site) -> Taker:
    page.goto(site.at(TEST, PAGE))
    return Taker(page)


@pytest.fixture
def taker(page: Page, site: Site) -> Taker:
    return opened(page, site)


def test_from_start_to_passed(taker: Taker) -> None:
    box, words = taker.box, taker.words
    expect(box.get_by_text(words["test_attempts"].replace("{n}", "3"))).to_be_visible()
    expect(box.get_by_text(words["test_limit"].replace("{n}", "75"))).to_be_visible()
    expect(box.locator("form:visible")).to_have_count(0)
    taker.press("test_start")
    met = taker.through(ASKED)
    assert len(set(met)) == ASKED
    expect(box.get_by_text(words["test_all_answered"])).to_be_visible()
    assert box.locator(".verdict:not(:empty), .mark").count() == 0, "nothing is judged before it is handed in"
    taker.hand_in()
    assert taker.score() == words["test_score"].replace("{n}", "100").replace("{r}", "4").replace("{m}", "4")
    expect(box.get_by_text(words["test_passed"], exact=True)).to_be_visible()
    expect(box.locator(".test-result").get_by_text("Du kan alt.")).to_be_visible()
    expect(box.get_by_text(words["test_left"].replace("{n}", "2"))).to_be_visible()


def test_half_an_answer_too_is_there_after_a_reload(taker: Taker, page: Page) -> None:
    taker.press("test_start")
    met = []
    for _ in range(2):
        met.append(taker.shown().id)
        taker.right_or_wrong(right=True)
        taker.press("next")
    met.append(taker.shown().id)
    taker.right_or_wrong(right=True)
    page.reload()
    again = Taker(page)
    going = again.words["test_under_way"].replace("{n}", "3").replace("{m}", "4")
    expect(again.box.get_by_text(going)).to_be_visible()
    again.press("test_go_on")
    expect(again.heading("question_n_of_m", n=4, m=ASKED)).to_be_focused()
    last = again.shown().id
    for name in reversed(met):
        again.press("prev")
        assert again.shown().id == name
    again.press("next")
    again.press("next")
    again.press("next")
    assert again.shown().id == last
    again.press("test_to_end")
    again.hand_in()
    assert again.score().startswith("75 ")
    page.reload()
    assert Taker(page).score().startswith("75 "), "the result is there to come back to"


def test_what_is_not_answered_is_told_before_and_counts_as_wrong(taker: Taker) -> None:
    taker.press("test_start")
    for number in range(ASKED):
        if number != 2:
            taker.right_or_wrong(right=True)
        taker.press("next" if number + 1 < ASKED else "test_to_end")
    expect(taker.box.get_by_text(taker.words["test_unanswered"])).to_be_visible()
    taker.box.get_by_role("button", name=taker.words["question_n"].replace("{n}", "3")).click()
    expect(taker.heading("question_n_of_m", n=3, m=ASKED)).to_be_focused()
    taker.press("next")
    taker.press("test_to_end")
    taker.hand_in()
    assert taker.score().startswith("75 ")
    taker.press("test_review")
    expect(taker.box.get_by_text(taker.words["test_not_answered"])).to_have_count(1)


def test_the_review_shows_own_answers_and_what_was_right(taker: Taker) -> None:
    taker.press("test_start")
    met = taker.through(1)
    taker.hand_in()
    taker.press("test_review")
    expect(taker.heading("test_review_title")).to_be_focused()
    forms = taker.box.locator("form:visible")
    assert [form.get_attribute("data-question") for form in forms.all()] == met
    expect(forms.locator(".verdict-word")).to_have_count(ASKED)
    for at, name in enumerate(met):
        question, form = taker.bank[name], forms.nth(at)
        word = taker.words["correct" if at == 0 else "wrong"]
        expect(form.locator(".verdict-word")).to_have_text(word)
        assert form.locator("input:enabled, select:enabled, button:enabled").count() == 0
        if question.type in ("choice", "true-false"):
            for option in question.correct:
                expect(form.locator(f".option[data-option={option}] .mark-correct")).to_have_count(1)
        else:
            expect(form.get_by_text(taker.words["test_right_answer"])).to_be_visible()
            expect(form.locator(".ds-input:disabled").or_(form.locator(".order")).first).to_have_css(
                "opacity", "1"
            )
    taker.press("test_to_result")
    expect(taker.heading("test_result")).to_be_focused()


def test_a_new_attempt_is_a_new_draw_and_the_best_result_stands(taker: Taker, page: Page) -> None:
    draws, scores = [], []
    for right in (2, 4, 1):
        taker.press("try_again" if draws else "test_start")
        draws.append(tuple(taker.through(right)))
        taker.hand_in()
        scores.append(taker.score().split()[0])
    assert scores == ["50", "100", "25"]
    assert len(set(draws)) == 3
    best = taker.words["test_best"].replace("{n}", "100")
    expect(taker.box.get_by_text(best)).to_be_visible()
    expect(taker.box.get_by_text(taker.words["test_left_none"])).to_be_visible()
    expect(taker.button("try_again")).to_have_count(0)
    page.reload()
    again = Taker(page)
    expect(again.box.get_by_text(best)).to_be_visible()
    expect(again.button("try_again")).to_have_count(0)
    expect(page.locator("#kp_finish")).to_contain_text(taker.words["remaining_question"].replace("{p}", "2"))


def test_the_end_of_the_module_tells_what_is_left(taker: Taker, page: Page) -> None:
    finish, words = page.locator("#kp_finish"), taker.words
    title = {"{title}": "Kan du takke?", "{p}": "2"}

    def said(word: str) -> str:
        text = words[word]
        for name, value in title.items():
            text = text.replace(name, value)
        return text

    expect(finish.get_by_role("link", name=said("remaining_test"))).to_be_visible()
    page.locator("form[data-question='takk.ove']").get_by_role("radio").first.check()
    page.locator("form[data-question='takk.ove']").get_by_role("button").click()
    page.goto(page.url.split("#")[0] + "#takk.takk")
    page.goto(page.url.split("#")[0] + f"#{PAGE}")
    taker.press("test_start")
    taker.through(1)
    taker.hand_in()
    told = words["remaining_test_score"].replace("{m}", "75").replace("{n}", "25")
    expect(finish).to_contain_text(told)
    finish.get_by_role("link", name=said("remaining_test_again")).click()
    expect(taker.box.locator("h3")).to_be_focused()
    taker.press("try_again")
    taker.through(ASKED)
    taker.hand_in()
    expect(finish.get_by_role("heading", name=words["done_title"])).to_be_visible()
    expect(finish).to_contain_text(words["score"].replace("{n}", "100"))


def test_by_keyboard_alone(taker: Taker, page: Page) -> None:
    taker.button("test_start").focus()
    page.keyboard.press("Enter")
    for number in range(ASKED):
        expect(taker.heading("question_n_of_m", n=number + 1, m=ASKED)).to_be_focused()
        page.keyboard.press("Tab")
        match taker.shown().type:
            case "fill-in":
                page.keyboard.type("Frimerke")
            case "numeric":
                page.keyboard.type("20")
            case "sequencing":
                page.keyboard.press("Enter")
            case "matching":
                page.keyboard.press("ArrowDown")
            case _:
                page.keyboard.press("Space")
        on = taker.button("next" if number + 1 < ASKED else "test_to_end")
        for _ in range(20):
            if on.evaluate("button => button === document.activeElement"):
                break
            page.keyboard.press("Tab")
        expect(on).to_be_focused()
        page.keyboard.press("Enter")
    expect(taker.heading("test_hand_in_title")).to_be_focused()
    for _ in range(10):
        if taker.button("test_hand_in").evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(taker.heading("test_result")).to_be_focused()


def phases(taker: Taker) -> Iterator[str]:
    """Every face of the assessment, and every question of the bank."""
    yield "start"
    for attempt in range(2):
        taker.press("try_again" if attempt else "test_start")
        for number in range(ASKED):
            yield f"question {taker.shown().id}"
            taker.right_or_wrong(right=number % 2 == attempt)
            if number + 1 < ASKED:
                taker.press("next")
        taker.press("test_to_end")
        yield "end"
        taker.hand_in()
        yield "result"
        taker.press("test_review")
        yield "review"
        taker.press("test_to_result")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_any_phase(page: Page, site: Site, colours: Any) -> None:
    page.emulate_media(color_scheme=colours, reduced_motion="reduce")
    found = {phase: violations(page) for phase in phases(opened(page, site))}
    assert not any(found.values()), found


def test_axe_finds_nothing_where_the_script_never_came(page: Page, site: Site) -> None:
    page.route("**/kurspakke.js", lambda route: route.abort())
    page.goto(site.at(TEST))
    expect(page.locator(".bank form:visible")).to_have_count(8)
    assert violations(page) == []


@pytest.mark.parametrize("strain", ["narrow", "large", "spaced"])
def test_nothing_is_cut_off(page: Page, site: Site, strain: str) -> None:
    page.set_viewport_size({"width": 640 if strain == "large" else 320, "height": 800})
    taker = opened(page, site)
    if strain != "narrow":
        page.evaluate(LARGE if strain == "large" else SPACING)
    found = {}
    for phase in phases(taker):
        cut: list[str] = page.evaluate(CUT_OFF)
        found[phase] = cut
    assert not any(found.values()), found
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_result_prints_by_itself_with_room_for_a_name(taker: Taker, page: Page) -> None:
    taker.press("test_start")
    taker.through(3)
    taker.hand_in()
    page.evaluate("window.print = () => undefined")
    taker.press("test_print")
    page.emulate_media(media="print")
    panel = taker.box.locator(".test-result")
    for text in ("Brev & pakker · Takk · Kan du takke?", taker.words["test_name"], "75 prosent"):
        expect(panel.get_by_text(text)).to_be_visible()
    expect(taker.box.locator("form:visible")).to_have_count(0)
    expect(page.locator("h1:visible")).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("h1").first).to_be_visible()


def test_a_printed_page_has_the_bank_or_the_draw_and_no_answers(taker: Taker, page: Page) -> None:
    page.emulate_media(media="print")
    expect(taker.box.locator("form:visible")).to_have_count(len(taker.bank))
    page.emulate_media(media="screen")
    taker.press("test_start")
    page.emulate_media(media="print")
    expect(taker.box.locator("form:visible")).to_have_count(ASKED)
    expect(taker.box.locator("[data-answer]:visible, .verdict:visible, .mark:visible")).to_have_count(0)


def test_the_bank_is_a_list_to_read_with_scripts_off(browser: Browser, site: Site, taker: Taker) -> None:
    without = browser.new_context(java_script_enabled=False)
    reading = without.new_page()
    reading.goto(site.at(TEST, PAGE))
    box = reading.locator("[data-component=assessment]")
    expect(box.locator("form:visible")).to_have_count(len(taker.bank))
    expect(box.locator("noscript p")).to_have_text(taker.words["test_no_script"])
    expect(box.get_by_text(taker.words["show_answer"]).first).to_be_hidden()
    without.close()
