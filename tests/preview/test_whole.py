"""The command as its users meet it in a browser: a course is learned, saved, broken and mended; a folder for the web."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.courses import BASE, copy, edit
from tests.preview.test_command import previewing
from tests.webhost import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
PAGE = Path("modules/post/pages/tekst.yaml")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy(BASE, tmp_path / "kurs")


@pytest.fixture
def address(course: Path, tmp_path: Path) -> Iterator[str]:
    with previewing(str(course), store=tmp_path / "store") as (_, address):
        yield address


def open_as(page: Page, address: str, form: str, words: str = "") -> FrameLocator:
    """Open the first package of a format from the first page; its content."""
    # Wide enough that the course shows its menu beside the panel.
    page.set_viewport_size({"width": 2200, "height": 1000})
    page.goto(address)
    link = page.get_by_role("link", name=form, exact=True).first
    page.goto(address.rstrip("/") + str(link.get_attribute("href")) + words)
    content = page.frame_locator("iframe").first.frame_locator("iframe").first
    expect(content.locator("h1").first).to_be_visible()
    return content


def answer(content: FrameLocator) -> None:
    """Go to the page with a statement, and say that it is true."""
    content.locator("nav a", has_text="Påstand").first.click()
    content.get_by_role("radio", name="Påstanden stemmer", exact=True).check(force=True)
    content.get_by_role("button", name="Sjekk svaret").first.click()


def attempts(address: str, page: Page) -> list[dict[str, Any]]:
    offer = page.url.partition("/p/")[2].partition("?")[0]
    with urllib.request.urlopen(f"{address}api/attempts/{offer}", timeout=20) as found:  # noqa: S310
        value = json.loads(found.read())
    assert isinstance(value, list)
    return value


def test_an_attempt_goes_on_after_the_preview_was_ended(page: Page, course: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with previewing(str(course), store=store) as (_, address):
        answer(open_as(page, address, "SCORM 1.2"))
        expect(page.locator(".calls .body .row").filter(has_text="student_response")).to_have_count(1)
        page.goto("about:blank")
        page.goto(address)
    with previewing(str(course), store=store) as (_, address):
        content = open_as(page, address, "SCORM 1.2")
        content.locator("nav a", has_text="Påstand").first.click()
        expect(content.locator("[id='post.sant_true']")).to_be_checked()
        assert [each["learner"] for each in attempts(address, page)] == ["kari", "kari"]


def test_what_is_saved_shows_where_one_was_with_the_answers_kept(
    page: Page, address: str, course: Path
) -> None:
    content = open_as(page, address, "SCORM 1.2")
    answer(content)
    page.evaluate("() => { window.same = true }")
    edit(course / "modules/post/pages/pastand.yaml", "title: Påstand", "title: Ny påstand æøå")
    again = page.frame_locator("iframe").first.frame_locator("iframe").last
    expect(again.get_by_role("heading", name="Ny påstand æøå")).to_be_visible()
    expect(again.locator("[id='post.sant_true']")).to_be_checked()
    assert page.evaluate("() => window.same")
    # The session that was left is over, and another one goes on.
    expect(page.locator(".statusline")).not_to_contain_text("avsluttet")


def test_an_error_stands_over_the_page_until_it_is_mended(page: Page, address: str, course: Path) -> None:
    open_as(page, address, "SCORM 1.2")
    whole = (course / PAGE).read_text("utf-8")
    (course / PAGE).write_text(whole.replace("title:", "titel:", 1), "utf-8")
    told = page.locator(".hindrance")
    expect(told).to_contain_text("did you mean «title»?")
    expect(told).to_contain_text(f"{PAGE}:2:1")
    (course / PAGE).write_text(whole, "utf-8")
    expect(told).to_be_hidden()


def test_a_new_page_and_a_gone_one(page: Page, address: str, course: Path) -> None:
    content = open_as(page, address, "Web")
    listed = course / "modules/post/module.yaml"
    text = listed.read_text("utf-8")
    listed.write_text(
        text.replace("sitat", "", 1) if "[" not in text else text.replace(", sitat", "", 1), "utf-8"
    )
    last = page.frame_locator("iframe").first.frame_locator("iframe").last
    expect(last.locator("nav a", has_text="Sitat")).to_have_count(0)
    del content


@pytest.mark.parametrize(
    ("form", "trouble"),
    [("SCORM 1.2", "commit-refused"), ("cmi5", "lrs-500"), ("xAPI (Tin Can)", "lrs-down")],
)
def test_the_learner_is_told_of_trouble(page: Page, address: str, form: str, trouble: str) -> None:
    content = open_as(page, address, form)
    answer(content)
    page.get_by_role("tab", name="Trøbbel").click()
    page.evaluate(
        """trouble => fetch(`/api/trouble/${location.pathname.split("/")[2]}`,
            { method: "POST", body: JSON.stringify({ on: [trouble] }) })""",
        trouble,
    )
    content = open_as(page, address, form, f"?trouble={trouble}")
    expect(content.get_by_text("ikke lagret ennå").first).to_be_visible(timeout=60_000)


def test_a_folder_for_the_web_remembers_in_the_browser(page: Page, course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nettside"
    with previewing(str(course), "--static", str(folder), store=tmp_path / "store") as (process, said):
        assert process.wait(60) == 0
    assert said == f"{folder}: 2 packages"
    with WebHost() as host:
        host.folder("/kurs/", folder)
        page.set_viewport_size({"width": 1400, "height": 1000})
        page.goto(f"{host.address}/kurs/index.html")
        page.get_by_role("link", name="SCORM 1.2").first.click()
        answer(page.frame_locator("iframe").first)
        page.goto("about:blank")
        page.goto(f"{host.address}/kurs/index.html")
        page.get_by_role("link", name="SCORM 1.2").first.click()
        content = page.frame_locator("iframe").first
        content.locator("nav a", has_text="Påstand").first.click()
        expect(content.locator("[id='post.sant_true']")).to_be_checked()


def test_a_folder_of_somebody_else_is_left_alone(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "brev.txt").write_text("kjære")
    with previewing(str(course), "--static", str(folder), store=tmp_path / "store") as (process, _):
        assert process.wait(60) == 3
        assert process.stderr
        assert "holds something that was not written by a preview" in process.stderr.read()
    assert [path.name for path in folder.iterdir()] == ["brev.txt"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_the_first_page(
    browser: Browser, address: str, width: int, colours: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=colours, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address)
    expect(page.locator("td.findings").first).not_to_be_empty()
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run(document)).violations.map(each => each.id)")
    assert found == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()
