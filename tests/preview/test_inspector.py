"""The inspector beside a course that a test plays: what passes between them is shown, and nothing else gets in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, Page, expect
from starlette.types import ASGIApp

from tests.preview.inspecting import OTHER, PACKAGE, Desk, inspector_site
from tests.previewing import serving_at

STATE = "1hC-Kn7.oabcd.pXy1.vXy1Zz2abc.aqqqa,Xyzbc.dinnhold.sc.tky.i2"
FAULT = "cmi.core.score.raw: «105» passer ikke"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOSTILE = "<img src=x onerror=\"document.title='inne'\">"


def call(name: str, *given: object, answer: str = "true", error: str = "0", **more: object) -> dict[str, Any]:
    return {
        "at": 1234.6,
        "name": name,
        "given": given,
        "answer": answer,
        "error": error,
        "diagnostic": "",
        **more,
    }


CALLS = [
    call("LMSInitialize", ""),
    call("LMSSetValue", "cmi.core.lesson_location", "side-2", before="side-1"),
    call("LMSSetValue", "cmi.core.score.raw", "105", answer="false", error="405", diagnostic=FAULT),
    call("LMSGetLastError", answer="405"),
    call("LMSSetValue", "cmi.suspend_data", STATE),
    call("LMSCommit", ""),
]


@dataclass(frozen=True)
class Inspector:
    """The page, what its server knows, and the LMS page in it."""

    page: Page
    desk: Desk

    def open(self, **query: str) -> Frame:
        words = "&".join(f"{name}={value}" for name, value in query.items())
        self.page.goto(f"http://127.0.0.1:{self.desk.port}/p/{PACKAGE}?{words}")
        return self.lms()

    def lms(self) -> Frame:
        handle = self.page.locator("iframe").first.element_handle()
        frame = handle.content_frame()
        assert frame
        frame.wait_for_selector("h1")
        return frame

    def tell(self, kind: str, **more: object) -> None:
        self.lms().evaluate("([kind, more]) => tell(kind, more)", [kind, more])

    def log(self, calls: list[dict[str, Any]]) -> None:
        self.lms().evaluate("calls => calls.forEach((call) => tell('call', { call }))", calls)

    def heard(self, kind: str) -> dict[str, Any]:
        found = self.lms().wait_for_function("kind => heard.find((each) => each.kind === kind)", arg=kind)
        return dict(found.json_value())

    def tab(self, name: str) -> Locator:
        self.page.get_by_role("tab", name=name).click()
        return self.page.get_by_role("tabpanel")

    def rows(self) -> Locator:
        return self.page.locator(".calls .body .row")


@pytest.fixture
def inspector(page: Page) -> Iterator[Inspector]:
    desks: list[Desk] = []

    def site(port: int) -> ASGIApp:
        desks.append(Desk(port))
        return inspector_site(desks[0])

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with serving_at(site):
        yield Inspector(page, desks[0])
        page.goto("about:blank")


def test_calls_come_as_they_are_made(inspector: Inspector) -> None:
    inspector.open()
    inspector.log(CALLS)
    expect(inspector.rows()).to_have_count(len(CALLS))
    expect(inspector.rows().nth(1)).to_have_text(
        re.compile(r"1\.235.*LMSSetValue.*lesson_location.*side-2.*true")
    )
    wrong = inspector.rows().nth(2)
    expect(wrong).to_have_class(re.compile("error"))
    expect(wrong).to_contain_text(f"405 {FAULT}")
    expect(inspector.page.locator(".calls .count")).to_have_text("6 av 6 kall, 1 feil")
    expect(inspector.page.get_by_role("tab", name="Kall")).to_have_text("Kall1")


def test_the_log_is_filtered_by_words_and_errors(inspector: Inspector) -> None:
    inspector.open()
    inspector.log(CALLS)
    inspector.page.get_by_role("searchbox").fill("SETVALUE side")
    expect(inspector.rows()).to_have_count(1)
    inspector.page.get_by_role("searchbox").fill("finnes ikke")
    expect(inspector.rows()).to_have_count(0)
    expect(inspector.page.get_by_text("Ingen kall passer til filteret.")).to_be_visible()
    inspector.page.get_by_role("searchbox").fill("")
    inspector.page.get_by_role("checkbox", name="Bare feil").check()
    expect(inspector.rows()).to_have_count(1)
    expect(inspector.rows()).to_contain_text("cmi.core.score.raw")


def test_a_call_is_chosen_by_keys_and_shown_with_what_was_before(inspector: Inspector) -> None:
    inspector.open()
    inspector.log(CALLS)
    expect(inspector.rows()).to_have_count(len(CALLS))
    grid = inspector.page.get_by_role("grid", name="Kall")
    grid.focus()
    for key in ("Home", "ArrowDown"):
        grid.press(key)
    detail = inspector.page.get_by_role("region", name="Kall", exact=True)
    expect(detail.get_by_role("definition")).to_have_text(
        ["1.235 s", "cmi.core.lesson_location", "side-1", "side-2", "true"]
    )
    grid.press("ArrowDown")
    expect(detail).to_contain_text("405 Feil datatype")
    expect(detail).to_contain_text(FAULT)
    grid.press("Control+c")
    expect(inspector.page.get_by_role("status").filter(has_text="Kopiert")).to_be_visible()
    copied = inspector.page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\t") == ["1.235", "LMSSetValue", "cmi.core.score.raw", "105", "false", "405", FAULT]


def test_five_thousand_calls_are_a_few_rows(inspector: Inspector) -> None:
    inspector.open()
    many = [call("LMSSetValue", f"cmi.interactions.{number}.id", f"q{number}") for number in range(5_000)]
    inspector.log(many)
    expect(inspector.page.locator(".calls .count")).to_have_text("5000 av 5000 kall, 0 feil")
    expect(inspector.rows().last).to_contain_text("q4999")
    assert inspector.rows().count() < 80
    grid = inspector.page.get_by_role("grid", name="Kall")
    expect(grid).to_have_attribute("aria-rowcount", "5001")
    grid.focus()
    grid.press("Home")
    expect(inspector.rows().first).to_contain_text("q0")
    # Whoever has scrolled up is left there.
    inspector.log([call("LMSCommit", "")])
    expect(inspector.page.locator(".calls .count")).to_have_text("5001 av 5001 kall, 0 feil")
    expect(inspector.rows().first).to_contain_text("q0")


def test_the_log_is_copied_exported_and_played_again(inspector: Inspector, tmp_path: Path) -> None:
    page = inspector.page
    inspector.open()
    inspector.log(CALLS)
    expect(inspector.rows()).to_have_count(len(CALLS))
    page.get_by_role("button", name="Kopier alle").click()
    expect(page.get_by_role("status").filter(has_text="Kopiert")).to_be_visible()
    assert len(page.evaluate("navigator.clipboard.readText()").splitlines()) == len(CALLS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Eksporter JSON").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    exported = json.loads(saved.read_text("utf-8"))
    assert saved.name == "innhold.zip-log.json"
    assert exported["calls"] == [{**each, "given": list(each["given"])} for each in CALLS]
    page.get_by_role("button", name="Spill av", exact=True).click()
    played = inspector.heard("replay")["calls"]
    assert [each["name"] for each in played] == [
        each["name"] for each in CALLS if each["name"] != "LMSGetLastError"
    ]
    assert played[1]["given"] == ["cmi.core.lesson_location", "side-2"]
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Spill av fil").click()
    (tmp_path / "log.json").write_text(json.dumps({"calls": [CALLS[5], {"name": 3}]}))
    chooser.value.set_files(tmp_path / "log.json")
    expect(page.get_by_role("status").filter(has_text="1 kall spilt av")).to_be_visible()


def test_nobody_but_the_lms_page_is_heard_and_only_in_its_shapes(inspector: Inspector) -> None:
    lms = inspector.open()
    forged = {"kurspakke": 1, "kind": "call", "call": call("Forged", "")}
    inspector.page.evaluate("data => postMessage(data, '*')", forged)
    lms.evaluate(
        """(data) => new Promise((done) => {
          const frame = document.createElement("iframe");
          const text = JSON.stringify(data);
          frame.srcdoc = `<script>top.postMessage(${text}, "*")<` + "/script>";
          frame.onload = done;
          document.body.append(frame);
        })""",
        forged,
    )
    bad: list[object] = [
        1, None, "call", {"kind": "call", "call": CALLS[0]}, {"kurspakke": 2, "kind": "call", "call": CALLS[0]},
        {"kurspakke": 1, "kind": "__proto__"}, {"kurspakke": 1, "kind": "call", "call": {"name": 3, "given": []}},
        {"kurspakke": 1, "kind": "call", "call": {"name": "x", "given": "y"}}, {"kurspakke": 1, "kind": "hello"},
    ]  # fmt: skip
    lms.evaluate("all => all.forEach((each) => parent.postMessage(each, '*'))", bad)
    inspector.log([CALLS[0]])
    expect(inspector.rows()).to_have_count(1)
    expect(inspector.rows()).to_contain_text("LMSInitialize")


def test_what_a_package_says_is_text(inspector: Inspector) -> None:
    inspector.open()
    inspector.log([call(HOSTILE, HOSTILE, answer=HOSTILE, error="405", diagnostic=HOSTILE, before=HOSTILE)])
    inspector.log([call("LMSSetValue", f"cmi.{HOSTILE}", HOSTILE, before=HOSTILE)])
    inspector.tell("values", values={"cmi.suspend_data": HOSTILE, f"cmi.{HOSTILE}": HOSTILE}, committed={})
    inspector.tell("where", url=f"javascript:{HOSTILE}", title=HOSTILE)
    inspector.tell("message", level="error", text=HOSTILE, source=HOSTILE, line=1)
    node = {"target": [HOSTILE], "html": HOSTILE, "failureSummary": HOSTILE}
    violation = {
        "id": HOSTILE,
        "impact": HOSTILE,
        "help": HOSTILE,
        "helpUrl": "javascript:alert(1)",
        "nodes": [node],
    }
    inspector.tell("axe", violations=[violation])
    inspector.rows().first.click()
    for name in ("Kall", "Data", "Utsagn", "Funn", "Størrelse", "Trøbbel", "Tilgjengelighet"):
        inspector.tab(name)
    expect(inspector.page.get_by_text(HOSTILE).first).to_be_attached()
    assert inspector.page.locator("#inspector img, #inspector b").count() == 0
    assert inspector.page.locator("a[href^='javascript']").count() == 0
    assert inspector.page.title() == "Innhold – kurspakke"


def test_the_data_are_a_tree_with_what_is_not_stored(inspector: Inspector) -> None:
    inspector.open()
    inspector.log(CALLS)
    values = {"cmi.core.lesson_location": "side-2", "cmi.core.score.raw": "", "cmi.suspend_data": STATE}
    inspector.tell("values", values=values, committed={"cmi.core.lesson_location": "side-1"})
    panel = inspector.tab("Data")
    expect(panel.get_by_text("Satt og ikke lagret: 2")).to_be_visible()
    expect(panel.locator(".leaf.open").first).to_have_text(
        "lesson_locationside-2ikke lagret (Lagret: side-1)"
    )
    inspector.tell("values", values=values, committed=values)
    expect(panel.get_by_text("Alt som er satt, er lagret")).to_be_visible()
    expect(panel.locator(".leaf.open")).to_have_count(0)


def test_the_state_is_readable(inspector: Inspector) -> None:
    inspector.open()
    inspector.tell("values", values={"cmi.suspend_data": STATE}, committed={})
    state = inspector.tab("Data").locator(".state")
    expect(state).to_contain_text(f"{len(STATE)} av 4096 tegn brukt")
    expect(state.get_by_role("definition")).to_have_text(
        ["fullført", "Xy1", "Xy1 Zz2 abc", "qqq: a\nXyz: bc", "innhold", "0:12:34", "2", "7", "abcd"]
    )
    inspector.tell("values", values={"cmi.suspend_data": '{"side":3}'}, committed={})
    expect(state).to_contain_text("Ikke kurspakkes format")
    expect(state.locator("pre")).to_have_text('{\n  "side": 3\n}')


def test_earlier_sessions_as_the_lms_got_them(inspector: Inspector) -> None:
    inspector.open()
    panel = inspector.tab("Data")
    panel.get_by_label("Økt").select_option(index=1)
    expect(panel.get_by_text("Slik LMS-et fikk det: status «completed», resultat «80»")).to_be_visible()
    expect(panel.locator(".leaf").first).to_have_text("lesson_statuscompleted")


def test_findings_lead_to_their_place(inspector: Inspector) -> None:
    inspector.open()
    panel = inspector.tab("Funn")
    expect(panel.get_by_text("1 feil, 1 advarsel")).to_be_visible()
    link = panel.get_by_role("link").first
    expect(link).to_have_text("course_source/modules/innhold/pages/mål.yaml:3:5")
    expect(link).to_have_attribute(
        "href", "vscode://file/home/kari/kurs/course_source/modules/innhold/pages/m%C3%A5l.yaml:3:5"
    )
    panel.get_by_role("button", name="Kopier sti").first.click()
    expect(inspector.page.get_by_role("status").filter(has_text="Kopiert")).to_be_visible()
    assert inspector.page.evaluate("navigator.clipboard.readText()").endswith("mål.yaml:3:5")


def test_statements_with_their_problems(inspector: Inspector) -> None:
    inspector.desk.kind = "xapi"
    inspector.open()
    rows = inspector.page.locator(".statements .body .row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("answered: actor mangler")
    statement = {
        "id": "2",
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://e.no/x"},
    }
    seen = {
        "kind": "request",
        "method": "PUT",
        "resource": "statements",
        "query": "",
        "at": "2026-11-28T12:00:01Z",
    }
    inspector.desk.tell(**seen, package=PACKAGE, status=200, ms=3, problems=[], statement=statement)
    inspector.desk.tell(**seen, package=OTHER, status=200, ms=3, problems=[], statement=statement)
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("completed: https://e.no/x")
    rows.last.click()
    expect(inspector.page.get_by_text("Utsagnet er gyldig")).to_be_visible()


def test_the_size_and_what_was_fetched(inspector: Inspector) -> None:
    inspector.open()
    panel = inspector.tab("Størrelse")
    expect(panel.get_by_role("definition")).to_have_text(
        ["0 filer, 0 B", "ikke ennå", "12", "123,5 kB", "65,4 kB"]
    )
    inspector.desk.tell(kind="fetched", package=PACKAGE, path="index.html", bytes=12_345, status=200, ms=2.0)
    inspector.tell("where", url=f"http://x/content/{PACKAGE}/index.html#side-2", title="Side 2")
    expect(panel.get_by_text("1 filer, 12,3 kB")).to_be_visible()
    expect(panel.get_by_role("definition").nth(1)).to_have_text(re.compile(r"^[\d\s]+ ms$"))
    expect(inspector.page.locator(".statusline .place")).to_have_text("index.html#side-2")


def test_trouble_is_told_to_server_and_page_and_stays_at_the_next_launch(inspector: Inspector) -> None:
    inspector.open()
    panel = inspector.tab("Trøbbel")
    # An LRS's troubles are of no use to SCORM.
    expect(panel.get_by_role("switch")).to_have_count(2)
    panel.get_by_role("switch", name="LMS-et avviser lagring").check()
    assert inspector.heard("trouble")["on"] == ["commit-refused"]
    # What it reads meanwhile may come after that.
    posted = [asked for asked in inspector.desk.asked if asked[0] == "POST"]
    assert posted[-1] == ("POST", f"trouble/{PACKAGE}", {"on": ["commit-refused"]})
    inspector.page.get_by_role("button", name="Start på nytt").click()
    expect(inspector.page.frame_locator("iframe").first.locator("p")).to_contain_text(
        "trouble=commit-refused"
    )
    panel.get_by_role("button", name="Skru av alt").click()
    assert inspector.heard("trouble")["on"] == []


def test_a_check_shows_its_places_in_the_page(inspector: Inspector) -> None:
    inspector.open()
    panel = inspector.tab("Tilgjengelighet")
    panel.get_by_role("button", name="Sjekk denne siden").click()
    inspector.heard("axe")
    expect(panel.get_by_text("Sjekker …")).to_be_visible()
    node = {"target": ["#bilde"], "html": "<img>", "failureSummary": "mangler alt"}
    inspector.tell(
        "axe",
        violations=[{"id": "image-alt", "impact": "critical", "help": "alt", "helpUrl": "", "nodes": [node]}],
    )
    expect(panel.get_by_text("Steder: 1, regler: 1")).to_be_visible()
    panel.get_by_role("button", name="Vis #bilde på siden").click()
    assert inspector.heard("show")["target"] == ["#bilde"]
    inspector.page.get_by_role("button", name="Start på nytt").click()
    expect(panel.get_by_text("Steder: 1, regler: 1")).to_be_hidden()
    expect(panel.get_by_role("button", name="Vis #bilde på siden")).to_have_count(0)
    inspector.tell("axe", violations=[])
    expect(panel.get_by_text("axe fant ingen hindringer")).to_be_visible()
