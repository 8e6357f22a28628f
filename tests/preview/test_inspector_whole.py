"""The inspector with the real LMS page, LRS and course around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from kurspakke.package import Kind
from tests.preview.test_site import Running, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["running"]

Open = Callable[[Kind], str]


@pytest.fixture
def opens(page: Page, running: Running) -> Open:
    """Opens the inspector of the first package of a kind, and gives its id."""

    def opened(kind: Kind) -> str:
        offer = next(each.id for each in running.desk.shelf.offers() if each.kind is kind)
        page.goto(f"http://127.0.0.1:{running.served.port}/p/{offer}")
        return offer

    return opened


def content(page: Page) -> Frame:
    course = page.frame_locator("iframe").first.frame_locator("iframe").first
    expect(course.locator("h1").first).to_be_visible()
    return next(frame for frame in page.frames if "/content/" in frame.url)


def test_calls_data_and_state_of_a_course(page: Page, opens: Open) -> None:
    opens(Kind.SCORM12)
    content(page)
    rows = page.locator(".calls .body .row")
    expect(rows.filter(has_text="LMSCommit")).not_to_have_count(0)
    expect(rows.first).to_contain_text("LMSInitialize")
    rows.filter(has_text="LMSCommit").first.click()
    expect(page.get_by_role("heading", name="Lagret med dette kallet")).to_be_visible()
    page.get_by_role("tab", name="Data").click()
    expect(page.get_by_text("Alt som er satt, er lagret")).to_be_visible()
    # The page that was named in a call is named in the state, too.
    place = page.locator(".leaf", has_text="lesson_location").locator("code").inner_text()
    expect(page.locator(".state")).to_contain_text(f"({place})")
    expect(page.get_by_label("Økt").locator("option")).not_to_have_count(1)


def test_requests_of_a_course(page: Page, opens: Open) -> None:
    opens(Kind.XAPI)
    content(page)
    row = page.locator(".statements .body .row").filter(has_text="initialized")
    row.first.click()
    expect(page.get_by_text("Utsagnet er gyldig")).to_be_visible()
    # The address has the launch's credentials in it.
    expect(page.locator(".statusline .place")).to_have_text("index.html")


def test_a_check_and_its_mark_in_the_page(page: Page, opens: Open) -> None:
    opens(Kind.SCORM12)
    course = content(page)
    course.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img id=bar src=x.png>')")
    page.get_by_role("tab", name="Tilgjengelighet").click()
    page.get_by_role("button", name="Sjekk denne siden").click()
    page.get_by_role("button", name="Vis #bar på siden").click()
    course.wait_for_function("getComputedStyle(document.querySelector('#bar')).outlineStyle === 'solid'")
    page.get_by_role("button", name="Fjern markering").click()
    course.wait_for_function("getComputedStyle(document.querySelector('#bar')).outlineStyle === 'none'")


def test_looks_of_a_course(page: Page, opens: Open) -> None:
    opens(Kind.SCORM12)
    course = content(page)
    page.emulate_media(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = course.evaluate(ground)
    page.get_by_text("Visning", exact=True).click()
    page.get_by_label("Mørk").check()
    dark = page.frame_locator("iframe").first.frame_locator("iframe").first.locator("body")
    expect(dark).not_to_have_css("background-color", light)
    page.get_by_label("Mørk").uncheck()
    expect(dark).to_have_css("background-color", light)
    page.get_by_label("Uten skript").check()
    expect(dark.locator("noscript").first).to_be_visible()
    page.get_by_label("Uten skript").uncheck()
    expect(dark.locator("noscript").first).to_be_hidden()


def test_trouble_is_seen_by_the_learner(page: Page, opens: Open) -> None:
    opens(Kind.SCORM12)
    content(page)
    page.get_by_role("tab", name="Trøbbel").click()
    page.get_by_role("switch", name="LMS-et avviser lagring").check()
    page.get_by_role("button", name="Start på nytt").click()
    course = page.frame_locator("iframe").first.frame_locator("iframe").first
    expect(course.get_by_text("Framdriften er ikke lagret ennå.")).to_be_visible()
    page.get_by_role("button", name="Skru av alt").click()
    page.get_by_role("tab", name="Kall").click()
    page.get_by_role("checkbox", name="Bare feil").check()
    expect(page.locator(".calls .body .row").first).to_contain_text("101")
