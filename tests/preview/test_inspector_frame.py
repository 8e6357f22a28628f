"""The inspector around the course: launches, widths, looks, changes, keys, and barriers of its own."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.preview.inspecting import FINDINGS, OTHER, PACKAGE
from tests.preview.test_inspector import CALLS, FAULT, Inspector, inspector

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["inspector"]

TABS = ("Kall", "Data", "Utsagn", "Funn", "Størrelse", "Trøbbel", "Tilgjengelighet")


def query(page: Page) -> str:
    return page.frame_locator("iframe").first.locator("p").inner_text()


def test_a_launch_has_its_words_in_the_address(inspector: Inspector) -> None:
    page = inspector.page
    inspector.open()
    inspector.log(CALLS)
    shown = page.frame_locator("iframe").first.locator("p")
    page.get_by_role("combobox", name="Deltaker").select_option("ase")
    expect(shown).to_have_text("lang=nb learner=ase")
    # A new launch has its own log.
    expect(inspector.rows()).to_have_count(0)
    page.get_by_role("combobox", name="Modus").select_option("review")
    page.get_by_role("combobox", name="LMS").select_option("moodle")
    expect(shown).to_have_text("lang=nb learner=ase mode=review profile=moodle")
    page.get_by_text("Visning", exact=True).click()
    page.get_by_label("Mørk").check()
    page.get_by_label("Uten skript").check()
    expect(shown).to_contain_text("look=dark%2Cno-script")
    page.get_by_label("Mørk").uncheck()
    page.get_by_label("Uten skript").uncheck()
    expect(shown).to_contain_text("look=none")


def test_a_learner_is_enrolled_and_an_attempt_forgotten(inspector: Inspector) -> None:
    page = inspector.page
    inspector.open()
    page.get_by_role("combobox", name="Deltaker").select_option("+")
    page.get_by_label("Navn, etternavn først").fill("Åsen, Øyvind")
    page.get_by_role("button", name="Legg til").click()
    expect(page.get_by_role("combobox", name="Deltaker")).to_have_value("learner-4")
    assert ("POST", "learners", {"name": "Åsen, Øyvind"}) in inspector.desk.asked
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_request("**/api/attempts/**") as request:
        page.get_by_role("button", name="Nullstill").click()
    assert (request.value.method, request.value.url.partition("?")[2]) == ("DELETE", "learner=learner-4")


def test_an_administrator_waives_an_au_and_abandons_a_session(inspector: Inspector) -> None:
    page = inspector.page
    inspector.desk.kind = "cmi5"
    inspector.open()
    page.get_by_role("button", name="Gi fritak …").click()
    asking = page.get_by_role("dialog")
    expect(asking).to_contain_text("Ødegård, Kari slipper å ta sco-1.")
    asking.get_by_label("Hvorfor").select_option("Equivalent AU")
    asking.get_by_role("button", name="Gi fritak").click()
    expect(page.get_by_role("status").filter(has_text="LMS-et sa: waived, satisfied")).to_be_visible()
    assert ("POST", f"waive/{PACKAGE}", {"learner": "kari", "unit": "sco-1", "reason": "Equivalent AU"}) in (
        inspector.desk.asked
    )
    page.get_by_role("button", name="Avbryt økten").click()
    expect(page.get_by_role("status").filter(has_text="LMS-et hadde ingenting å si")).to_be_visible()
    assert ("POST", f"abandon/{PACKAGE}", {"learner": "kari"}) in inspector.desk.asked


def test_only_a_cmi5_course_has_words_of_the_lms(inspector: Inspector) -> None:
    inspector.open()
    expect(inspector.page.get_by_role("button", name="Start på nytt")).to_be_visible()
    expect(inspector.page.get_by_role("button", name="Avbryt økten")).to_have_count(0)


def test_what_the_server_refuses_is_said(inspector: Inspector) -> None:
    page = inspector.page
    inspector.open()
    page.route("**/api/trouble/**", lambda route: route.fulfill(status=400, json={"why": "no such trouble"}))
    inspector.tab("Trøbbel").get_by_role("switch").first.check()
    expect(page.get_by_role("status").filter(has_text="Det gikk ikke: no such trouble")).to_be_visible()
    page.route("**/api/trouble/**", lambda route: route.abort())
    inspector.tab("Trøbbel").get_by_role("switch").first.uncheck()
    expect(page.get_by_role("status").filter(has_text="Forhåndsvisningen svarer ikke")).to_be_visible()


def test_other_variants_are_a_step_away_or_beside(inspector: Inspector) -> None:
    page = inspector.page
    inspector.open()
    page.get_by_role("combobox", name="Ved siden av").select_option(OTHER)
    expect(page.locator("iframe")).to_have_count(2)
    expect(page.frame_locator("iframe").nth(1).locator("h1")).to_be_visible()
    assert f"{OTHER}.localhost" in (page.locator("iframe").nth(1).get_attribute("src") or "")
    # Only the package itself is listened to.
    second = next(frame for frame in page.frames if OTHER in frame.url)
    second.evaluate("call => tell('call', { call })", CALLS[0])
    inspector.log(CALLS[1:2])
    expect(inspector.rows()).to_have_count(1)
    page.get_by_role("combobox", name="Ved siden av").select_option("")
    expect(page.locator("iframe").nth(1)).to_be_hidden()
    page.get_by_role("combobox", name="Språk").select_option("nb")
    page.wait_for_url(f"**/p/{OTHER}")


@pytest.mark.parametrize(("width", "wanted"), [("phone", 320), ("tablet", 768), ("desktop", 1280)])
def test_the_course_is_as_wide_as_asked(inspector: Inspector, width: str, wanted: int) -> None:
    page = inspector.page
    page.set_viewport_size({"width": 1000, "height": 800})
    lms = inspector.open()
    page.get_by_role("combobox", name="Bredde").select_option(width)
    lms.wait_for_function("wanted => innerWidth === wanted", arg=wanted)
    box, room = page.locator("iframe").first.bounding_box(), page.locator(".stage").bounding_box()
    assert box
    assert room
    assert box["x"] >= room["x"] - 1
    assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
    page.get_by_role("button", name="Zoom 200 %").click()
    lms.wait_for_function("wanted => innerWidth === wanted", arg=wanted / 2)


def test_a_presentation_is_the_course_alone(inspector: Inspector) -> None:
    inspector.desk.present = True
    inspector.open()
    page = inspector.page
    box, size = page.locator("iframe").first.bounding_box(), page.viewport_size
    assert box
    assert size
    assert (box["width"], box["height"]) == (size["width"], size["height"])
    page.get_by_role("button", name="Vis panelet").click()
    expect(page.get_by_role("tab", name="Kall")).to_be_visible()
    page.get_by_role("button", name="Presenter").click()
    expect(page.get_by_role("tab", name="Kall")).to_be_hidden()


def test_changes_are_passed_on_and_errors_of_the_source_stand_over_the_page(inspector: Inspector) -> None:
    page = inspector.page
    inspector.open()
    change = {"kind": "change", "offers": [PACKAGE], "files": {PACKAGE: ["index.html"]}, "listed": False}
    inspector.desk.tell(**change, findings=[])
    assert inspector.heard("change")["files"] == ["index.html"]
    inspector.desk.tell(**{**change, "offers": [], "files": {}}, findings=FINDINGS[:1])
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("«tittel» er ukjent her")
    expect(alert).to_contain_text("→ mente du «title»?")
    expect(alert.get_by_role("link")).to_have_text("course_source/modules/innhold/pages/mål.yaml:3:5")
    inspector.desk.tell(**change, findings=[])
    expect(alert).to_be_hidden()


def test_tabs_and_divider_go_by_keys(inspector: Inspector) -> None:
    page = inspector.page
    inspector.open()
    page.get_by_role("tab", name="Kall").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Data")).to_be_focused()
    expect(page.get_by_role("tab", name="Data")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Tilgjengelighet")).to_be_focused()
    divider = page.get_by_role("separator")
    divider.focus()
    before = page.locator(".stage").bounding_box()
    page.keyboard.press("ArrowLeft")
    expect(divider).to_have_attribute("aria-valuenow", "56")
    after = page.locator(".stage").bounding_box()
    assert before
    assert after
    assert after["width"] < before["width"]
    handle = divider.bounding_box()
    assert handle
    assert handle["height"] > after["height"] / 2
    page.mouse.move(handle["x"] + 2, handle["y"] + 50)
    page.mouse.down()
    page.mouse.move(handle["x"] - 100, handle["y"] + 50, steps=3)
    page.mouse.up()
    moved = page.locator(".stage").bounding_box()
    assert moved
    assert moved["width"] < after["width"] - 90
    share = divider.get_attribute("aria-valuenow")
    page.get_by_role("button", name="Panel under").click()
    expect(divider).to_have_attribute("aria-orientation", "horizontal")
    page.get_by_role("button", name="Panel under").click()
    # How somebody likes it is remembered.
    page.reload()
    expect(page.get_by_role("separator")).to_have_attribute("aria-valuenow", str(share))
    expect(page.get_by_role("tab", name="Tilgjengelighet")).to_have_attribute("aria-selected", "true")


def test_in_english(inspector: Inspector) -> None:
    inspector.desk.language = "en"
    inspector.open()
    page = inspector.page
    expect(page.get_by_role("tab")).to_have_text(
        ["Calls", "Data", "Statements", "Findings1", "Size", "Trouble", "Accessibility"]
    )
    expect(page.get_by_text("No calls yet.")).to_be_visible()
    assert "lang=en" in query(page)


def fill(inspector: Inspector) -> None:
    """Something in every tab."""
    inspector.open()
    inspector.log(CALLS)
    inspector.tell(
        "values", values={"cmi.core.lesson_location": "side-2", "cmi.suspend_data": "x"}, committed={}
    )
    node = {"target": ["#bilde"], "html": "<img>", "failureSummary": FAULT}
    found = {
        "id": "image-alt",
        "impact": "critical",
        "help": "alt",
        "helpUrl": "https://e.no/",
        "nodes": [node],
    }
    inspector.tell("axe", violations=[found])
    inspector.tell("message", level="error", text="TypeError", source="", line=0)
    for status in (200, 400):
        problems = [{"where": "actor", "text": "mangler", "rule": "xAPI 4.1.1"}] if status == 400 else []
        inspector.desk.tell(
            kind="request", package=PACKAGE, method="PUT", resource="statements", query="a=b",
            at="2026-11-28T12:00:01Z", status=status, ms=3, problems=problems, statement={"id": "2"},
        )  # fmt: skip
    inspector.desk.tell(kind="fetched", package=PACKAGE, path="index.html", bytes=12_345, status=200, ms=2.0)
    inspector.rows().nth(2).click()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_inspector(
    inspector: Inspector, scheme: Literal["light", "dark"], width: int
) -> None:
    page = inspector.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    fill(inspector)
    found = {}
    for name in TABS:
        panel = inspector.tab(name)
        if name == "Utsagn":
            panel.locator(".body .row").last.click()
        found[name] = violations(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, name
    if width == 320:
        page.get_by_role("button", name="Verktøy").click()
    page.get_by_text("Visning", exact=True).click()
    inspector.desk.tell(kind="change", offers=[], files={}, findings=FINDINGS)
    expect(page.get_by_role("alert")).to_be_visible()
    found["open"] = violations(page)
    assert not any(found.values()), found
