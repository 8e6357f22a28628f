"""Saved text in the page that is open: shown without opening it anew, and as it would be if it were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from kurspakke.package import Kind
from kurspakke.preview.shelf import open_shelf
from tests.courses import BASE, REAL, copy, edit
from tests.preview.test_command import previewing
from tests.preview.test_lms_page import content, told
from tests.preview.test_whole import open_as
from tests.standing import Standing
from tests.webhost import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MODULE = "digital-transformasjon-ledelse"
MARK = "<p>Nylig skrevet, æøå.</p>"
# Which of its components scripts take hold of: learners fill them in, play them, or get them handed out.
HELD = {
    *(
        "action-plan",
        "assessment",
        "choice",
        "fill-in",
        "group-work",
        "hotspot",
        "likert",
        "matching",
        "numeric",
    ),
    *("prioritise", "reflection", "sequencing", "survey", "true-false", "video", "audio"),
}
# What a learner meets, however it is written; between elements, spaces are not seen.
_SHOWN = """() => [...document.querySelectorAll("[data-page]")].map((page) => page.outerHTML.replace(/>\\s+</g, "><"))"""


@pytest.fixture
def host() -> Iterator[WebHost]:
    with WebHost() as running:
        yield running


@pytest.fixture(scope="module")
def real() -> Mapping[str, bytes]:
    """The files of a module of the real course."""
    shelf = open_shelf([str(REAL)], b"test")
    offer = next(each for each in shelf.offers() if each.file_name == f"{MODULE}-nb-scorm12.zip")
    assert offer.kind is Kind.SCORM12
    package = shelf.package(offer.id)
    assert package
    return {path: file.read() for path, file in package.tree.items()}


def parts_of(text: str) -> Mapping[str, list[str]]:
    """How the components of a document begin, by their kinds."""
    found: dict[str, list[str]] = {}
    for piece in text.split('<div class="component ')[1:]:
        head = f'<div class="component {piece.partition(">")[0]}>'
        found.setdefault(piece.partition('"')[0], []).append(head)
    return found


def opened(page: Page, standing: Standing) -> Frame:
    """The LMS page, as soon as what it has opened is a course."""
    lms = standing.open(page)
    kept(lms)
    return lms


def kept(lms: Frame) -> Frame:
    """The content, whole, and played."""
    inner = content(lms)
    inner.wait_for_function("document.documentElement?.classList.contains('playing')")
    return inner


def change(page: Page, standing: Standing, text: str, *files: str) -> str:
    """Change the document, and tell the LMS page; what it did."""
    before = len(told(page, "changed"))
    standing.files["index.html"] = text
    page.evaluate("files => say({ kind: 'change', files })", list(files) or ["index.html"])
    page.wait_for_function("n => told.filter(({ kind }) => kind === 'changed').length > n", arg=before)
    return str(told(page, "changed")[-1]["how"])


def shown(frame: Frame) -> list[str]:
    found: list[str] = frame.evaluate(_SHOWN)
    return found


def test_each_kind_of_component_is_as_it_would_be_in_a_page_opened_anew(
    page: Page, host: WebHost, real: Mapping[str, bytes]
) -> None:
    text = real["index.html"].decode()
    standing = Standing(host, real)
    lms = opened(page, standing)
    ways: dict[str, str] = {}
    for kind, heads in parts_of(text).items():
        for head in heads:
            text = text.replace(head, head + MARK)
        how = change(page, standing, text)
        ways[kind] = how
        inner = kept(lms) if how == "reload" else content(lms)
        seen = shown(inner)
        assert sum(each.count(MARK) for each in seen) == text.count(MARK)
        assert change(page, standing, text, "kurspakke.js") == "reload"
        assert seen == shown(kept(lms)), f"{kind}: {how}"
        if kind in HELD:
            assert how == "reload", kind
    assert {"choice", "reflection", "video"} <= ways.keys()
    in_place = {kind for kind, how in ways.items() if how == "text"}
    assert {"accordion", "figure", "text", "timeline", "tips"} <= in_place


@pytest.mark.parametrize("way", ["gone", "moved", "new"])
def test_components_come_go_and_move(page: Page, host: WebHost, real: Mapping[str, bytes], way: str) -> None:
    whole = real["index.html"].decode()
    start = whole.index('<div class="component accordion"')
    stop = whole.index('<div class="component ', start + 1)
    end = whole.index("</section>", start)
    part = whole[start:stop]
    without = whole[:start] + whole[stop:]
    other = without[: end - len(part)] + part + without[end - len(part) :]
    before, after = {"gone": (whole, without), "moved": (whole, other), "new": (without, other)}[way]
    standing = Standing(host, {**real, "index.html": before})
    lms = opened(page, standing)
    inner = content(lms)
    inner.evaluate("window.same = true")
    assert change(page, standing, after) == "text"
    seen = shown(inner)
    assert inner.evaluate("window.same")
    assert change(page, standing, after, "kurspakke.js") == "reload"
    assert seen == shown(kept(lms))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<script src=", "<script>window.own = 1</script><script src="),
        ('"v":1,', '"v":1,"more":2,'),
        ("</p>", '</p><button type="button">En knapp</button>'),
    ],
)
def test_the_page_opens_anew_where_more_has_changed(
    page: Page, host: WebHost, real: Mapping[str, bytes], old: str, new: str
) -> None:
    before = real["index.html"].decode()
    at = before.index('<div class="component text"') if old == "</p>" else 0
    standing = Standing(host, real)
    opened(page, standing)
    assert change(page, standing, before[:at] + before[at:].replace(old, new, 1)) == "reload"


def test_a_link_to_elsewhere_opens_outside_as_in_a_page_opened_anew(
    page: Page, host: WebHost, real: Mapping[str, bytes]
) -> None:
    before = real["index.html"].decode()
    at = before.index('<div class="component text"')
    link = '</p><p><a href="https://kurs.example/">Et sted</a></p>'
    after = before[:at] + before[at:].replace("</p>", link, 1)
    standing = Standing(host, real)
    lms = opened(page, standing)
    assert change(page, standing, after) == "text"
    outside = content(lms).locator("a[href='https://kurs.example/']")
    assert outside.get_attribute("target") == "_blank"
    assert outside.get_attribute("rel") == "noopener"
    seen = shown(content(lms))
    assert change(page, standing, after, "kurspakke.js") == "reload"
    assert seen == shown(kept(lms))


def test_a_change_while_hits_are_shown_opens_the_page_anew(
    page: Page, host: WebHost, real: Mapping[str, bytes]
) -> None:
    before = real["index.html"].decode()
    standing = Standing(host, real)
    lms = opened(page, standing)
    head = parts_of(before)["accordion"][0]
    field = content(lms).locator("#kp_search")
    field.fill("nylig skrevet", force=True)
    field.fill("", force=True)
    assert change(page, standing, before.replace(head, head + MARK)) == "text"
    field.fill("nylig skrevet", force=True)
    expect(content(lms).locator("#kp_hits li")).to_have_count(1)
    assert change(page, standing, before) == "reload"


def test_a_page_that_shows_what_was_saved_stays(page: Page, host: WebHost, real: Mapping[str, bytes]) -> None:
    standing = Standing(host, real)
    inner = content(opened(page, standing))
    inner.evaluate("window.same = true")
    assert change(page, standing, real["index.html"].decode()) == "text"
    assert inner.evaluate("window.same")


def test_what_is_half_written_stays(page: Page, tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "kurs")
    page_file = course / "modules/post/pages/tanke.yaml"
    text = page_file.read_text("utf-8")
    page_file.write_text(f"{text}  - {{type: text, id: mer, text: Først.}}\n", "utf-8")
    with previewing(str(course), store=tmp_path / "store") as (_, address):
        course_page = open_as(page, address, "cmi5")
        course_page.locator("nav a", has_text="Tanke").first.click()
        sessions: list[Any] = []
        page.on("request", lambda request: sessions.append(request) if "/launch" in request.url else None)
        field = course_page.locator("textarea").first
        field.press_sequentially("Halvferdig æ")
        edit(page_file, "Først.", "Så dette.")
        expect(course_page.get_by_text("Så dette.")).to_be_visible()
        expect(field).to_have_value("Halvferdig æ")
        assert not sessions
