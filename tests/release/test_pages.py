"""The pages of a release, as an administrator meets them: from disk and from a server, with and without scripts."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kurspakke.release import make
from kurspakke.release.places import Place
from tests.axe import violations
from tests.browser.test_reflow import CUT_OFF
from tests.keyboard import Keyboard
from tests.release.making import course_in, exchanged_options, new_page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("release")]

WIDE = "() => document.documentElement.scrollWidth - innerWidth"
PAGES = (
    "index.html",
    "index-nn.html",
    "endringer.html",
    "personvern.html",
    "veiledning/moodle.html",
    "veiledning/generic.html",
    "rettleiing/moodle.html",
    "endringer-nn.html",
)
PLACES = {
    place.id: place
    for place in (
        Place("alver", "Alver", "municipality", "Vestland", language="nn"),
        Place("aremark", "Aremark", "municipality", "Østfold", language="nb"),
        Place("karasjok", "Karasjok – Kárášjohka", "municipality", "Finnmark"),
        Place("roros", "Røros – Plaassje", "municipality", "Trøndelag"),
        Place("asnes", "Åsnes", "municipality", "Innlandet", language="nb"),
        Place("ostre-toten", "Østre Toten", "municipality", "Innlandet", language="nb"),
        Place("innlandet-fylke", "Innlandet", "county"),
        Place("digi-innlandet", "Digi Innlandet", "network"),
    )
}


def build(course: Path, out: Path) -> None:
    command = [sys.executable, "-m", "kurspakke", "build", str(course), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A second release: one module safe to replace, with localities; a third one that is not, in `farlig`."""
    work = tmp_path_factory.mktemp("release")
    course = course_in(work)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(make, "places", lambda *_: PLACES)
        for change, out in ((None, "ut"), (new_page, "ut")):
            if change:
                change(course)
            build(course, work / "dist")
            make.release(make.Wish(course, (work / "dist",), work / out))
        shutil.copytree(work / "ut", work / "farlig")
        exchanged = course.parent / "annen"
        exchanged.mkdir()
        other = course_in(exchanged)
        exchanged_options(other)
        build(other, exchanged / "dist")
        make.release(make.Wish(other, (exchanged / "dist",), work / "farlig", breaking=True))
    return work / "ut"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The same folder on a web server that knows nothing but files."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, folder: Path, name: str, width: int, scheme: str
) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((folder / name).as_uri())
    page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true }")
    assert page.evaluate(WIDE) == 0
    assert page.evaluate(CUT_OFF) == []
    assert problems == [], "before axe, which asks for the style sheet once more and may not from a file"
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_an_unsafe_release_is_as_accessible(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((folder.parent / "farlig/index.html").as_uri())
    page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true }")
    expect(page.get_by_role("heading", name="Noen pakker kan ikke erstatte de gamle")).to_be_visible()
    expect(page.get_by_text("Last opp som ny aktivitet").first).to_be_visible()
    assert page.evaluate(WIDE) == 0
    assert violations(page) == []


def test_a_municipality_is_found_by_typing_with_nothing_but_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/index.html")
    keyboard = Keyboard(page)
    field = page.get_by_role("searchbox", name="Skriv navnet på kommunen eller fylkeskommunen")
    keyboard.tab_to(field)
    page.keyboard.type("innl")
    expect(page.get_by_role("status")).to_have_text("1 treff")
    expect(page.locator("#steder li:visible")).to_have_count(1)
    for _ in range(4):
        page.keyboard.press("Backspace")
    expect(page.get_by_role("status")).to_have_text("")
    page.keyboard.type("alv")
    expect(page.locator("#steder li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Alver")).to_be_focused()
    page.keyboard.press("Enter")
    # The small course is in bokmål alone, so that is what everybody gets.
    expect(page).to_have_url(f"{address}/index.html#nasjonal-nb")
    assert page.evaluate("document.getElementById('nasjonal-nb').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("røros", "Røros – Plaassje"),
        ("roros", "Røros – Plaassje"),
        ("karasjohka", "Karasjok – Kárášjohka"),
        ("ÅSN", "Åsnes"),
    ],
)
def test_letters_are_found_however_they_are_written(page: Page, folder: Path, words: str, name: str) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("#steder li:visible a")).to_have_text([name])
    page.get_by_role("searchbox").fill("finnes ikke")
    expect(page.get_by_role("status")).to_contain_text("Ingen treff.")


def test_everything_is_there_without_scripts(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("searchbox")).to_have_count(0)
    summaries = page.locator("#steder summary")
    assert summaries.all_inner_texts() == [
        "Kommuner: Finnmark (1)",
        "Kommuner: Innlandet (2)",
        "Kommuner: Trøndelag (1)",
        "Kommuner: Vestland (1)",
        "Kommuner: Østfold (1)",
        "Fylkeskommuner (1)",
    ]
    summaries.nth(1).click()
    expect(page.locator("#steder details").nth(1).get_by_role("link")).to_have_text(["Østre Toten", "Åsnes"])
    downloads = page.get_by_role("list", name="Last ned «Post»").get_by_role("link")
    expect(downloads.first).to_have_accessible_name("Last ned Post, Bokmål, Alle, SCORM 1.2")
    context.close()


def test_an_administrator_new_to_all_this_comes_to_a_package_and_a_guide(page: Page, address: str) -> None:
    page.goto(address)
    package = page.get_by_role("link", name="Last ned Post, Bokmål, Alle, SCORM 1.2")
    with page.expect_download() as download:
        package.click()
    assert download.value.suggested_filename == "prove-post-nb-scorm12.zip"
    expect(page.locator(".answer.safe").first).to_have_text("Trygg å erstatte: last opp over den gamle")
    page.get_by_role("link", name="Moodle", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slik importerer du i Moodle")
    expect(page.locator("#prove ol > li")).to_have_count(5)
    page.get_by_role("link", name="Til forsiden").click()
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.get_by_role("heading", level=2, name="Nasjonale pakkar")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nn"
    page.get_by_role("link", name="Moodle", exact=True).click()
    expect(page).to_have_url(f"{address}/rettleiing/moodle.html")
    expect(page.get_by_role("heading", level=2, name="Kva pakken melder")).to_be_visible()
    page.get_by_role("link", name="Bokmål").click()
    expect(page).to_have_url(f"{address}/veiledning/moodle.html")
    page.get_by_role("link", name="Nynorsk").click()
    page.get_by_role("link", name="Til framsida").click()
    expect(page).to_have_url(f"{address}/index-nn.html")


@pytest.mark.parametrize("name", ["index.html", "veiledning/moodle.html", "endringer.html"])
def test_every_stop_of_the_tab_key_is_seen(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / name).as_uri())
    stops = Keyboard(page).way()
    assert "Hopp til hovedinnhold" in stops[0]
    assert len(stops) >= 5


def test_paper_is_white(page: Page, folder: Path) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((folder / "veiledning/moodle.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")
