"""A course with a brand: the logo is there with its words, and every accent can be read, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from kurspakke.brandstyle import DARK, LIGHT, fitting, tokens
from kurspakke.colour import Rgb
from tests.browser.built import served
from tests.browser.conftest import GOLDEN, Site
from tests.browser.test_accessibility import violations
from tests.courses import copy, edit
from tests.playing import Learner

UNIT = "post"
ACCENTS = ("#5b2a86", "#7a5c00", "#c8102e")
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80">
<path fill="{}" d="M10 10h60v60H10zM90 30h200v20H90z"/></svg>"""


@pytest.fixture(scope="module", params=ACCENTS)
def branded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, str]]:
    course = copy(GOLDEN, tmp_path_factory.mktemp("course") / "source")
    (course / "brand").mkdir()
    (course / "brand" / "Vår logo.svg").write_text(LOGO.format(request.param))
    (course / "brand" / "natt.svg").write_text(LOGO.format("#ffffff"))
    brand = (
        f"brand:\n  logo: brand/Vår logo.svg\n  logo_dark: brand/natt.svg\n  logo_alt: Prøvekommunen\n"
        f'  accent: "{request.param}"\n'
    )
    edit(course / "course.yaml", "publisher: Prøvekommunen\n", f"publisher: Prøvekommunen\n{brand}")
    with served(course) as site:
        yield site, request.param


@pytest.fixture(autouse=True)
def no_complaints(page: Page, branded: tuple[Site, str]) -> Iterator[None]:
    wrongs: list[str] = []
    own = branded[0].address
    page.on("request", lambda request: None if request.url.startswith(own) else wrongs.append(request.url))
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on(
        "console", lambda message: wrongs.append(message.text) if "Security Policy" in message.text else None
    )
    page.on(
        "requestfailed", lambda request: wrongs.append(request.url) if request.url.endswith("svg") else None
    )
    yield
    assert wrongs == []


def colour(page: Page, selector: str, name: str) -> str:
    seen = page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    return str(Rgb(*(int(part) for part in seen.removeprefix("rgb(").removesuffix(")").split(","))))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_and_is_in_the_brands_colours(
    page: Page, branded: tuple[Site, str], scheme: Literal["light", "dark"]
) -> None:
    site, accent = branded
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site.at(UNIT))
    learner = Learner(page)
    own = Rgb.read(accent)
    made = tokens(own, LIGHT) if scheme == "light" else tokens(fitting(own, DARK, 1.4), DARK)
    assert colour(page, ".pager-right", "backgroundColor") == str(made["--ds-color-accent-base-default"])
    assert colour(page, ".foot a", "color") == str(made["--ds-color-accent-text-subtle"])
    assert colour(page, ".module-head", "backgroundColor") == str(made["--hero"])
    found = {}
    for page_id in learner.lesson.pages:
        if learner.page() != page_id:
            learner.go_to(page_id)
        found[page_id] = violations(page)
    page.get_by_role("searchbox").fill("brev")
    expect(page.get_by_role("search").get_by_role("link").first).to_be_visible()
    found["search"] = violations(page)
    assert not any(found.values()), found


def test_the_logo_stands_in_the_header_with_its_words_and_goes_along_to_paper(
    page: Page, branded: tuple[Site, str]
) -> None:
    site, _ = branded
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site.at(UNIT))
        logo = page.get_by_role("banner").get_by_role("img", name="Prøvekommunen")
        expect(logo).to_be_visible()
        expect(logo).to_have_js_property("complete", True)
        assert logo.evaluate("logo => logo.naturalWidth") > 0
        box = logo.bounding_box()
        assert box
        assert 20 < box["height"] <= 48
        assert box["width"] <= width / 2
        assert logo.get_attribute("width") == "300"
        assert logo.get_attribute("height") == "80"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    files = {name: f"{site.address}/{UNIT}/media/brand-{name}.svg" for name in ("var-logo", "natt")}
    expect(logo).to_have_js_property("currentSrc", files["var-logo"])
    page.emulate_media(color_scheme="dark")
    expect(logo).to_have_js_property("currentSrc", files["natt"])
    page.emulate_media(media="print")
    expect(logo).to_be_visible()
    expect(page.locator("#kp_menu_toggle")).to_be_hidden()
    expect(logo).to_have_js_property("currentSrc", files["var-logo"])


def test_every_package_has_the_logo_in_a_file(branded: tuple[Site, str]) -> None:
    site, _ = branded
    for unit in ("post", "takk", "all"):
        names = {path.name for path in Path(site.folder, unit, "media").iterdir()}
        assert {"brand-var-logo.svg", "brand-natt.svg"} <= names
