"""The report for administrators and the page of all rules, as people meet them: axe, narrow screens, dark, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from kurspakke.contents import contents_of
from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from kurspakke.reporters import REPORTERS, TargetReport
from kurspakke.reporters.explain import handbook
from kurspakke.rules.validate import validate_package
from tests.packages import base

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
LOOK = """async () => {
  const rules = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] };
  const { violations, passes } = await axe.run(document, { runOnly: rules });
  if (passes.length < 10) throw new Error("axe looked at hardly anything");
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
}"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"
LONG = "a" * 300


def packages() -> list[TargetReport]:
    """A good one, one with much wrong, and one that is none."""
    good = dict(base("cmi5"))
    bad = dict(base("scorm12")) | {"Notat Ny.html": File(b"x"), f"{LONG}.php": File(b"x")}
    bad["index.html"] = File(
        bad["index.html"].read().replace(b' alt="', b' data-x="').replace(b'lang="nb"', b"")
    )
    bad["imsmanifest.xml"] = File(bad["imsmanifest.xml"].read().replace(b'adlcp:scormtype="sco"', b""))
    found = [
        Package("god.zip", FileTree(good)),
        Package(f"{LONG}.zip", FileTree(bad)),
        Package("tom.zip", FileTree({})),
    ]
    return [
        TargetReport(each.path, each.kind, validate_package(each), contents=contents_of(each))
        for each in found
    ]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Files by their names, as addresses."""
    targets = packages()
    pages = {"one": REPORTERS["html"].render(targets[1:2]), "three": REPORTERS["html"].render(targets)}
    pages["rules"] = handbook("html")
    folder = tmp_path_factory.mktemp("sheets")
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one", "three", "rules"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, sheets: dict[str, str], name: str, width: int, scheme: str
) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(sheets[name])
    for folded in page.locator("details").all()[:20]:
        folded.evaluate("each => { each.open = true }")

    assert page.evaluate(WIDE) == 0
    assert problems == [], "the policy lets the style sheet through"
    page.evaluate(AXE.read_text())
    assert page.evaluate(LOOK) == []


def test_the_verdict_is_seen_without_scrolling(page: Page, sheets: dict[str, str]) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(sheets["one"].replace("one", "three"))
    page.get_by_role("navigation").get_by_role("link").first.click()

    verdict = page.locator(".target").first.locator(".verdict")
    box = verdict.bounding_box()
    assert box
    assert box["y"] + 60 < 568


def test_paper_is_white_and_shows_what_is_folded(page: Page, sheets: dict[str, str]) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(sheets["one"])

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    height = page.locator("details ul").first.evaluate("each => each.getBoundingClientRect().height")
    assert height > 0
    assert page.pdf(format="A4").startswith(b"%PDF")
