"""Saved texts of questions and titles of pages: in the page that is open, and in all that the learner does next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Frame, FrameLocator, Page, expect

from kurspakke.package import Kind
from kurspakke.preview.shelf import open_shelf
from tests.courses import copy, edit
from tests.preview.test_command import previewing
from tests.preview.test_in_place import change, kept, opened
from tests.preview.test_lms_page import content
from tests.preview.test_whole import open_as
from tests.standing import Standing
from tests.webhost import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GOLDEN = Path(__file__).parents[1] / "golden" / "course"
SVARE = Path("modules/post/pages/svare.yaml")
PROMPT, NEW_PROMPT = "Hva heter det som viser at portoen er betalt?", "Hva viser at noen har betalt, æøå?"
WORDED = {
    "title",
    "prompt",
    "statement",
    "text",
    "alt",
    "correct",
    "wrong",
    "explanation",
    "feedback",
    "lead",
    "unit",
}
# What a learner meets, the menu and the title of the document included; links to no page have no title to show.
_SHOWN = """() => {
  const page = document.documentElement.cloneNode(true);
  for (const part of page.querySelectorAll("script, noscript, a[hidden] .pager-title")) part.remove();
  return document.title + page.querySelector("body").outerHTML.replace(/>\\s*</g, ">\\n<");
}"""
_ANSWER = """() => {
  for (const form of document.querySelectorAll("form[data-question]")) {
    if (form.closest("[data-assessment]")) continue;
    for (const option of form.querySelectorAll(".option input")) option.click();
    for (const list of form.querySelectorAll("select")) list.selectedIndex = 1;
    for (const field of form.querySelectorAll("input[type=text]")) field.value = "7";
    form.querySelector("button[type=submit]").click();
  }
}"""


@pytest.fixture
def host() -> Iterator[WebHost]:
    with WebHost() as running:
        yield running


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with every kind of component."""
    return copy(GOLDEN, tmp_path / "kurs")


def packaged(course: Path, module: str) -> Mapping[str, bytes]:
    """The files of a module for SCORM 1.2."""
    shelf = open_shelf([str(course)], b"test")
    offers = [offer for offer in shelf.offers() if offer.kind is Kind.SCORM12]
    package = shelf.package(next(offer.id for offer in offers if f"-{module}-nb-" in offer.file_name))
    assert package
    return {path: file.read() for path, file in package.tree.items()}


def texts(value: Any, *keys: str | int) -> Iterator[tuple[str | int, ...]]:
    """Where the texts of a page stand."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from texts(each, *keys, key)
    if (
        isinstance(value, str)
        and WORDED & {key for key in keys[-2:] if isinstance(key, str)}
        and keys[-1] != "id"
    ):
        yield keys


def reword(value: Any, keys: tuple[str | int, ...]) -> None:
    for key in keys[:-1]:
        value = value[key]
    value[keys[-1]] = f"{value[keys[-1]].rstrip()} Så nytt æøå."


@pytest.mark.parametrize("answered", [False, True], ids=["untouched", "answered"])
@pytest.mark.parametrize("place", [("post", "svare"), ("takk", "huske")], ids=["questions", "assessment"])
def test_each_text_is_as_it_would_be_in_a_page_opened_anew(
    page: Page, host: WebHost, course: Path, place: tuple[str, str], *, answered: bool
) -> None:
    module, name = place
    path = course / "modules" / module / "pages" / f"{name}.yaml"
    data = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    write(path, data)
    standing = Standing(host, packaged(course, module))
    lms = opened(page, standing)
    inner = content(lms)
    inner.evaluate(f"location.hash = '#{module}.{name}'")
    inner.locator(f"[id='{module}.{name}']").wait_for()
    inner.evaluate("window.same = true")
    if answered:
        inner.evaluate(_ANSWER)
    told = [each for each in texts(data) if not is_split(data, each)]
    for keys in told:
        reword(data, keys)
        write(path, data)
        text = packaged(course, module)["index.html"].decode()
        assert change(page, standing, text) == "text", keys
    assert len(told) >= 35
    assert inner.evaluate("window.same")
    seen = settled(inner)
    assert seen.count("Så nytt æøå.") >= len(told)
    assert change(page, standing, text, "kurspakke.js") == "reload"
    assert seen == settled(kept(lms))


def is_split(data: Any, keys: tuple[str | int, ...]) -> bool:
    """Whether a text to be put in order ends in markup, so that a word more makes it another number of nodes."""
    component = data["components"][keys[1]] if keys[0] == "components" else {}
    return (
        component.get("type") == "sequencing"
        and keys[2:3] == ("items",)
        and "*" in str(component["items"][keys[3]])
    )


def settled(frame: Frame) -> str:
    """What is shown when nothing has changed for a while: what was answered before is restored some moments later."""
    before, shown = "", frame.evaluate(_SHOWN)
    while before != shown:
        frame.page.wait_for_timeout(300)
        before, shown = shown, frame.evaluate(_SHOWN)
    return str(shown)


def write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), "utf-8")


def frame_of(page: Page) -> Frame:
    """The content's."""
    return next(each for each in page.frames if "/content/" in each.url)


def at_the_question(page: Page, address: str, form: str) -> FrameLocator:
    """The page with the questions, marked, so that it is seen whether it stays."""
    inner = open_as(page, address, form)
    inner.locator("nav a", has_text="Å svare").first.click()
    frame_of(page).evaluate("window.same = true")
    return inner


def check_answer(inner: FrameLocator, answer: str) -> None:
    form = inner.locator("form[data-question='post.merke']")
    form.get_by_role("textbox").fill(answer)
    form.get_by_role("button", name="Sjekk svaret").click()


def test_what_the_learner_does_next_has_the_new_texts(page: Page, course: Path, tmp_path: Path) -> None:
    with previewing(str(course), store=tmp_path / "store") as (_, address):
        inner = at_the_question(page, address, "SCORM 1.2")
        field = inner.locator("form[data-question='post.merke']").get_by_role("textbox")
        field.press_sequentially("Halv")
        before = frame_of(page).evaluate("scrollY")
        edit(course / SVARE, PROMPT, NEW_PROMPT)
        expect(inner.get_by_text(NEW_PROMPT)).to_be_visible()
        expect(field).to_have_value("Halv")
        expect(field).to_be_focused()
        assert frame_of(page).evaluate("scrollY") == before
        edit(course / SVARE, "Det limes på.", "Det limes på *brevet* æøå.")
        edit(course / SVARE, "title: Å svare", "title: Å svare på alt")
        expect(inner.get_by_role("heading", name="Å svare på alt")).to_be_visible()
        expect(inner.locator("nav a[aria-current='page']")).to_contain_text("Å svare på alt")
        assert frame_of(page).title().startswith("Å svare på alt – ")
        check_answer(inner, "Vinger")
        verdict = inner.locator("form[data-question='post.merke'] .verdict")
        expect(verdict).to_contain_text("Det limes på brevet æøå.")
        expect(verdict.locator("em")).to_have_text("brevet")
        search = inner.get_by_role("searchbox")
        search.fill("noen har betalt")
        hit = inner.locator("#kp_hits li")
        expect(hit).to_have_count(1)
        expect(hit).to_contain_text("Å svare på alt")
        search.fill("")
        with page.expect_download() as download:
            inner.get_by_role("button", name="Last ned svarene").click()
        written = download.value.path().read_text("utf-8")
        assert NEW_PROMPT in written
        assert PROMPT not in written
        inner.locator("a.pager-left").click()
        expect(inner.locator("a.pager-right .pager-title")).to_have_text("Å svare på alt")
        assert frame_of(page).evaluate("window.same")


def test_a_verdict_that_is_shown_gets_its_new_text(page: Page, course: Path, tmp_path: Path) -> None:
    with previewing(str(course), store=tmp_path / "store") as (_, address):
        inner = at_the_question(page, address, "Web")
        check_answer(inner, "Vinger")
        verdict = inner.locator("form[data-question='post.merke'] .verdict")
        expect(verdict).to_contain_text("Det limes på.")
        edit(course / SVARE, "Det limes på.", "Det limes på brevet.")
        expect(verdict).to_contain_text("Det limes på brevet.")
        assert frame_of(page).evaluate("window.same")


@pytest.mark.parametrize("form", ["xAPI (Tin Can)", "cmi5"])
def test_statements_describe_the_question_as_it_now_is(
    page: Page, course: Path, tmp_path: Path, form: str
) -> None:
    sent: list[str] = []
    page.on(
        "request",
        lambda request: sent.append(request.post_data or "") if "statements" in request.url else None,
    )
    with previewing(str(course), store=tmp_path / "store") as (_, address):
        inner = at_the_question(page, address, form)
        edit(course / SVARE, PROMPT, NEW_PROMPT)
        expect(inner.get_by_text(NEW_PROMPT)).to_be_visible()
        with page.expect_request(
            lambda request: "statements" in request.url and NEW_PROMPT in (request.post_data or "")
        ):
            check_answer(inner, "Vinger")
        assert frame_of(page).evaluate("window.same")
        assert not any(PROMPT in each for each in sent)


def test_the_reflection_is_downloaded_under_its_new_prompt(page: Page, course: Path, tmp_path: Path) -> None:
    gjore = course / "modules" / "post" / "pages" / "gjore.yaml"
    prompt = next(
        each["prompt"]
        for each in yaml.load(gjore.read_text("utf-8"), yaml.CSafeLoader)["components"]
        if each["type"] == "reflection"
    )
    with previewing(str(course), store=tmp_path / "store") as (_, address):
        inner = open_as(page, address, "Web")
        inner.locator("[data-menu-page='post.gjore']").click()
        frame_of(page).evaluate("window.same = true")
        inner.locator("textarea[data-note]").fill("Mitt notat")
        edit(gjore, prompt, "Hva tenker du nå, æøå?")
        expect(inner.locator(".prompt", has_text="Hva tenker du nå, æøå?")).to_be_visible()
        with page.expect_download() as download:
            inner.get_by_role("button", name="Last ned svarene").click()
        assert "Hva tenker du nå, æøå?\n\nMitt notat" in download.value.path().read_text("utf-8")
        assert frame_of(page).evaluate("window.same")


@pytest.mark.parametrize(
    "edits",
    [
        {"answer: 20": "answer: 30"},
        {"accepted: [Frimerke, Et frimerke]": "accepted: [Frimerke]"},
        {"text: Luken, correct: true": "text: Luken", "text: Døren": "text: Døren, correct: true"},
        {"id: z, text: Søpla": "id: w, text: Søpla"},
        {"      - {id: z, text: Søpla}\n": ""},
        {"    report: true\n": ""},
    ],
    ids=["limit", "accepted", "right", "id", "fewer", "report"],
)
def test_what_is_judged_otherwise_opens_the_page_anew(
    page: Page, host: WebHost, course: Path, edits: Mapping[str, str]
) -> None:
    standing = Standing(host, packaged(course, "post"))
    opened(page, standing)
    for old, new in edits.items():
        edit(course / SVARE, old, new)
    assert change(page, standing, packaged(course, "post")["index.html"].decode()) == "reload"


def test_a_title_that_the_glossary_keeps_opens_the_page_anew(page: Page, host: WebHost, course: Path) -> None:
    standing = Standing(host, packaged(course, "post"))
    inner = content(opened(page, standing))
    inner.evaluate("location.hash = '#kp_glossary'")
    inner.locator("#kp_glossary").wait_for()
    edit(course / SVARE, "title: Å svare", "title: Å svare på alt")
    assert change(page, standing, packaged(course, "post")["index.html"].decode()) == "reload"


def test_where_the_page_has_scripts_of_its_own_a_text_opens_it_anew(
    page: Page, host: WebHost, course: Path
) -> None:
    def own() -> str:
        text = packaged(course, "post")["index.html"].decode()
        return text.replace("</body>", "<script>window.own = document.body.textContent</script></body>")

    standing = Standing(host, {**packaged(course, "post"), "index.html": own()})
    opened(page, standing)
    edit(course / SVARE, PROMPT, NEW_PROMPT)
    assert change(page, standing, own()) == "reload"


def test_a_page_that_was_met_too_late_gets_plain_texts_alone(page: Page, host: WebHost, course: Path) -> None:
    lese = course / "modules" / "post" / "pages" / "lese.yaml"
    title = next(
        each["title"]
        for each in yaml.load(lese.read_text("utf-8"), yaml.CSafeLoader)["components"]
        if each["type"] == "text" and "title" in each
    )
    own = (
        "<script>{ const other = document.createElement('iframe'); document.documentElement.append(other);"
        " JSON.parse = other.contentWindow.JSON.parse; other.remove(); }</script><title>"
    )

    def late() -> str:
        return packaged(course, "post")["index.html"].decode().replace("<title>", own, 1)

    standing = Standing(host, {**packaged(course, "post"), "index.html": late()})
    lms = opened(page, standing)
    lms.wait_for_function(
        """() => performance.getEntriesByType("resource").some(({ initiatorType }) => initiatorType === "fetch")"""
    )
    page.wait_for_timeout(300)
    edit(lese, f"title: {title}", f"title: {title} Så nytt.")
    assert change(page, standing, late()) == "text"
    expect(content(lms).get_by_role("heading", name=f"{title} Så nytt.")).to_have_count(1)
    edit(course / SVARE, PROMPT, NEW_PROMPT)
    assert change(page, standing, late()) == "reload"
