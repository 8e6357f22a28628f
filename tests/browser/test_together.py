"""What groups do together and learners fill in for their own sake, in the small course that has each kind of it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kurspakke.words import words
from tests.browser.conftest import POLICY
from tests.browser.test_accessibility import violations
from tests.webhost import WebHost

COURSE = Path(__file__).parents[1] / "golden" / "course"
WORDS = words("nb")
PAGE = "post.sammen"
NO_PRINTER = "window.print = () => undefined"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built, served = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("served")
    command = [sys.executable, "-m", "kurspakke", "build", str(COURSE), "-o", str(built), "--module", "post"]
    answer = subprocess.run(
        [*command, "--format", "web"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (package,) = built.glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(served)
    with WebHost() as host:
        host.folder("/", served, POLICY)
        yield f"{host.address}/index.html"


@pytest.fixture
def sheet(page: Page, address: str) -> Page:
    """The page with everything on it."""
    page.add_init_script(NO_PRINTER)
    page.goto(f"{address}#{PAGE}")
    expect(page.locator(f"section[data-page='{PAGE}']")).to_be_visible()
    expect(page.locator("#kp_progress")).to_contain_text("1")
    return page


@pytest.fixture(autouse=True)
def no_complaints(page: Page, address: str) -> Iterator[None]:
    """No script fails, the policy holds, and nothing leaves the browser: only GET, and only to the package."""
    wrongs: list[str] = []
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on(
        "console", lambda message: wrongs.append(message.text) if "Security Policy" in message.text else None
    )
    home = address.removesuffix("index.html")
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith("blob:") or (request.method == "GET" and request.url.startswith(home))
            else wrongs.append(f"{request.method} {request.url}")
        ),
    )
    yield
    assert wrongs == []


def press(page: Page, word: str, **gaps: str | int) -> None:
    label = WORDS[word]
    for name, value in gaps.items():
        label = label.replace(f"{{{name}}}", str(value))
    page.get_by_role("button", name=label, exact=True).click()


def downloaded(page: Page, button: Locator) -> str:
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_text("utf-8")


def row(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=WORDS["plan_row"].replace("{n}", str(number)), exact=True)


def test_sheet_and_guide_are_printed_each_by_itself(sheet: Page) -> None:
    sheet.emulate_media(media="print")
    for word, there, away in (
        ("print_participants", "Gå ruten til én postkasse.", "Heng opp kartet."),
        ("print_facilitator", "Heng opp kartet.", "Gå ruten til én postkasse."),
    ):
        sheet.evaluate(
            f"[...document.querySelectorAll('button')].find((b) => b.textContent === {json.dumps(WORDS[word])}).click()"
        )
        assert there in sheet.evaluate("document.body.innerText")
        assert away not in sheet.evaluate("document.body.innerText")
        sheet.evaluate("dispatchEvent(new Event('afterprint'))")
    assert sheet.locator("details.guide").get_attribute("open") is None
    assert "Gå ruten til én postkasse." in sheet.evaluate("document.body.innerText")


def test_the_three_phases_are_read_without_scripts(browser: Browser, address: str) -> None:
    without = browser.new_context(java_script_enabled=False)
    reading = without.new_page()
    reading.goto(address)
    for name in ("phase_preparation", "phase_gathering", "phase_follow_up"):
        expect(reading.get_by_role("heading", name=WORDS[name], exact=True)).to_be_visible()
    expect(reading.locator("#kp_glossary")).to_be_visible()
    expect(reading.locator("[data-plan] textarea").first).to_be_editable()
    without.close()


def test_a_plan_is_kept_grows_and_shrinks(sheet: Page) -> None:
    row(sheet, 1).get_by_label(WORDS["plan_measure"], exact=True).fill("Første")
    row(sheet, 2).get_by_label(WORDS["plan_measure"], exact=True).fill("Andre")
    press(sheet, "plan_add")
    expect(row(sheet, 3).get_by_label(WORDS["plan_measure"], exact=True)).to_be_focused()
    sheet.keyboard.type("Tredje")
    sheet.keyboard.press("Tab")
    press(sheet, "plan_remove", n=1)
    expect(row(sheet, 1).get_by_label(WORDS["plan_measure"], exact=True)).to_have_value("Andre")
    expect(sheet.get_by_role("button", name=WORDS["plan_remove"].replace("{n}", "1"))).to_be_focused()
    press(sheet, "undo")
    expect(row(sheet, 1).get_by_label(WORDS["plan_measure"], exact=True)).to_have_value("Første")
    press(sheet, "plan_remove", n=1)
    sheet.reload()
    measures = sheet.locator("[name=measure]")
    expect(measures).to_have_count(2)
    assert [measure.input_value() for measure in measures.all()] == ["Andre", "Tredje"]
    assert sheet.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size"
    ) == sheet.evaluate("document.querySelectorAll('[id]').length")


def test_a_plan_is_taken_along_in_three_forms(sheet: Page) -> None:
    row(sheet, 1).get_by_label(WORDS["plan_measure"], exact=True).fill('=SUM("a|b")\n<b>to</b>')
    row(sheet, 1).get_by_label(WORDS["plan_owner"]).fill("Ås; Kari")
    row(sheet, 1).get_by_label(WORDS["plan_belongs_to"]).select_option("temaplan")

    def file(kind: str) -> str:
        name = WORDS["download_as"].replace("{type}", kind)
        return downloaded(sheet, sheet.locator(".action-plan").get_by_role("button", name=name))

    assert file("CSV") == (
        '\ufeff"Tiltak";"Ansvarlig";"Frist";"Forventet effekt";"Hører hjemme i"\r\n'
        '"\'=SUM(""a|b"")\n<b>to</b>";"Ås; Kari";"";"";"Temaplan: post & pakker"\r\n'
    ).replace("\r\n", "\n")  # read_text reads every line end as \n
    html = file("HTML")
    assert '<html lang="nb">' in html
    assert "&lt;b&gt;to&lt;/b&gt;" in html
    assert "1.2.3" in html
    assert '| =SUM("a\\|b")<br>\\<b>to\\</b> | Ås; Kari |  |  | Temaplan: post & pakker |' in file("Markdown")


def test_priorities_are_chosen_and_ordered_by_keyboard_and_kept(sheet: Page) -> None:
    box = sheet.locator("[data-prioritise]")
    box.get_by_role("button", name="Velg: Kortere ruter").focus()
    sheet.keyboard.press("Enter")
    expect(box.get_by_role("button", name="Velg: Større kasser & luker")).to_be_focused()
    box.get_by_role("button", name="Velg: Elektriske sykler").focus()
    sheet.keyboard.press("Enter")
    full = WORDS["prioritise_full"].replace("{n}", "2")
    expect(box.get_by_text(full)).to_be_visible()
    box.get_by_role("button", name="Velg: Større kasser & luker").focus()
    sheet.keyboard.press("Enter")
    expect(box.locator(".chosen li")).to_have_count(2)
    box.get_by_role("button", name="Flytt opp: Elektriske sykler").focus()
    sheet.keyboard.press("Space")
    expect(box.locator(".chosen li")).to_have_text(["Elektriske sykler", "Kortere ruter"])
    expect(box.get_by_role("button", name="Flytt opp: Elektriske sykler")).to_be_focused()
    sheet.reload()
    expect(box.locator(".chosen li")).to_have_text(["Elektriske sykler", "Kortere ruter"])
    box.get_by_role("button", name="Ta ut: Elektriske sykler").click()
    expect(box.locator(".chosen li")).to_have_text(["Kortere ruter"])


ANSWERS = {
    "sko": ("3", "5"),
    "glad": ("2", "4"),
    "punktering": ("2", "4"),
    "bil": ("", "5"),
    "sjafor": ("5", "5"),
}


def answer(page: Page) -> None:
    for item, (now, ambition) in ANSWERS.items():
        page.locator(f"input[name='post.kartlegging_{item}_now'][value='{now}']").check()
        page.locator(f"input[name='post.kartlegging_{item}_ambition'][value='{ambition}']").check()


def test_a_survey_shows_where_one_stands_with_the_numbers_in_tables(sheet: Page) -> None:
    answer(sheet)
    press(sheet, "survey_show")
    outcome = sheet.get_by_role("region", name=WORDS["survey_result"])
    expect(outcome.get_by_role("heading", name=WORDS["survey_position"])).to_be_focused()
    rows = [text.split("\t") for text in outcome.locator("tbody tr").all_inner_texts()]
    few = WORDS["survey_too_few"]
    assert rows == [
        ["1. Til fots", "33\u00a0%", "83\u00a0%"],
        ["2. På sykkel", "75\u00a0%", "25\u00a0%"],
        ["3. I bil", few, "100\u00a0%"],
        ["Folk", "3,0", "4,3", "1,3"],
        ["Utstyr & kart", "3,5", "4,0", "0,5"],
    ]
    expect(outcome.locator("svg")).to_have_count(3)
    expect(outcome.locator("li:visible")).to_have_text(
        [
            "Til fots: Her begynner dere.",
            "Til fots: Her stopper brevet < opp.",
            "På sykkel: Her kan dere bygge videre.",
            "Utstyr & kart: Her kan dere bygge videre.",
        ]
    )
    expect(outcome.get_by_text(WORDS["survey_example"])).to_be_visible()
    sheet.locator("input[name='post.kartlegging_bil_now'][value='5']").check()
    expect(outcome.locator("tbody tr").nth(2)).to_contain_text("100\u00a0%")
    file = downloaded(sheet, sheet.locator(".survey").get_by_role("button", name="HTML"))
    assert "Her stopper brevet &lt; opp." in file
    assert "<svg" not in file
    assert "vekt × poeng" in file


def test_answers_are_kept_deleted_and_brought_back_with_the_notes(sheet: Page) -> None:
    answer(sheet)
    row(sheet, 1).get_by_label(WORDS["plan_measure"], exact=True).fill("Ny luke")
    sheet.keyboard.press("Tab")
    sheet.get_by_role("button", name="Velg: Kortere ruter").click()
    sheet.reload()
    expect(sheet.locator("input:checked")).to_have_count(10)
    text = downloaded(sheet, sheet.get_by_role("button", name=WORDS["download_answers"]))
    parts = ["Ny luke", "1. Kortere ruter", "Folk: Nå 3,0, Ambisjon 4,3"]
    assert [text.find(part) for part in parts] == sorted(text.find(part) for part in parts)
    assert -1 not in [text.find(part) for part in parts]
    press(sheet, "delete_notes")
    expect(sheet.locator("input:checked")).to_have_count(0)
    expect(sheet.locator(".chosen li")).to_have_count(0)
    expect(sheet.locator("[name=measure]").first).to_have_value("")
    assert "luke" not in sheet.evaluate("JSON.stringify({ ...localStorage })")
    press(sheet, "undo")
    expect(sheet.locator("input:checked")).to_have_count(10)
    expect(sheet.locator(".chosen li")).to_have_count(1)
    expect(sheet.locator("[name=measure]").first).to_have_value("Ny luke")


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[1, 2]",
        '{"post.tiltak": 7, "post.viktigst": [null, "x"], "post.kartlegging": [3]}',
        '{"post.tiltak": [null, 3, {"measure": []}], "post.kartlegging": {"now": {"glad": 99}}}',
    ],
)
def test_whatever_stands_in_storage_the_page_opens(sheet: Page, kept: str) -> None:
    shelf = "kurspakke:https://kurs.example.org/xapi/golden/post:notes"
    sheet.evaluate("([key, text]) => localStorage.setItem(key, text)", [shelf, kept])
    sheet.reload()
    expect(sheet.locator("#kp_progress")).to_contain_text("1")
    expect(sheet.get_by_role("button", name=WORDS["survey_show"])).to_be_visible()


def test_a_term_leads_to_the_glossary_and_back_and_is_no_page(sheet: Page) -> None:
    progress = sheet.locator("#kp_progress").inner_text()
    sheet.get_by_role("link", name="ruten").first.click()
    expect(sheet.get_by_role("heading", name=WORDS["glossary"])).to_be_visible()
    expect(sheet.locator("section.page:visible")).to_have_count(0)
    expect(sheet.locator("dt:focus")).to_have_text("Rute")
    assert sheet.title().startswith(WORDS["glossary"])
    assert sheet.locator("#kp_progress").inner_text() == progress
    assert violations(sheet) == []
    sheet.get_by_role("link", name=WORDS["glossary_back"]).click()
    expect(sheet.locator("[id='post.postrute'] h3.titled")).to_be_focused()
    expect(sheet.locator("#kp_glossary")).to_be_hidden()
    assert not sheet.title().startswith(WORDS["glossary"])


def test_the_menu_and_an_address_lead_to_the_glossary(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=WORDS["glossary"], exact=True).click()
    expect(page.locator("#kp_glossary h2")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("section.page:visible")).to_have_attribute("data-page", "post.lese")
    page.goto("about:blank")
    page.goto(f"{address}#kp_term_postkasse")
    expect(page.locator("dt:focus")).to_have_text("Postkasse")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_empty_or_filled_in(sheet: Page, width: int, scheme: str) -> None:
    sheet.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    sheet.set_viewport_size({"width": width, "height": 900})
    assert violations(sheet) == []
    answer(sheet)
    press(sheet, "survey_show")
    press(sheet, "plan_add")
    sheet.get_by_role("button", name="Velg: Kortere ruter").click()
    sheet.get_by_role("button", name="Velg: Elektriske sykler").click()
    assert violations(sheet) == []


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (640, "200%"), (1440, "100%"), (1440, "200%")])
def test_nothing_is_cut_off(sheet: Page, width: int, size: str) -> None:
    sheet.set_viewport_size({"width": width, "height": 900})
    sheet.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    answer(sheet)
    press(sheet, "survey_show")
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    small = """[...document.querySelectorAll(".page button, .page summary, .point")].filter((element) =>
      element.checkVisibility() && element.getBoundingClientRect().height < 44).map((element) => element.outerHTML)"""
    assert sheet.evaluate(small) == []
