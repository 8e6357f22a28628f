"""Whoever came by their own locality's page gets a guide with its files, from disk and without scripts, too."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kurspakke.release.guide import guide_ids
from tests.axe import violations
from tests.browser.test_reflow import CUT_OFF
from tests.keyboard import Keyboard
from tests.localcourse import opened, put
from tests.once import once
from tests.release.making import CHANGELOG, build, new_page, release, with_localities

WIDE = "() => document.documentElement.scrollWidth - innerWidth"
ZIP = re.compile(r'href="((?:\.\./)+[^"]+\.zip)"')
BYKLE = "digital-transformasjon-strategi-bykle-nn-scorm12.zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "localities", with_localities) / "release"


@pytest.mark.parametrize(("edition", "language"), [("bykle", "nn"), ("digi-agder", "nb"), ("tromso", "nb")])
def test_each_edition_has_every_guide_in_its_language_with_its_own_files(
    folder: Path, edition: str, language: str
) -> None:
    example = {"nb": "for eksempel", "nn": "til dømes"}[language]
    other = {"nb": ">En annen læringsplattform</a>", "nn": ">Ei anna læringsplattform</a>"}[language]
    pages = {path.stem: path for path in (folder / "utgaver" / edition).iterdir()}
    assert set(pages) == set(guide_ids())
    for path in pages.values():
        named = ZIP.findall(path.read_text("utf-8"))
        assert len(named) == 1
        assert all(f"-{edition}-" in name and (path.parent / name).is_file() for name in named)
        assert f"{example} {named[0].removeprefix('../../')}" in path.read_text("utf-8")
        assert f'<html lang="{language}">' in path.read_text("utf-8")
    own = (folder / "utgaver" / f"{edition}.html").read_text("utf-8")
    assert all(f'href="../utgaver/{edition}/{name}.html"' in own for name in guide_ids())
    assert "veiledning/" not in own
    assert "rettleiing/" not in own
    assert ">itslearning</a>" in own
    assert other in own


def test_the_national_guides_name_the_files_of_every_language_and_lead_to_the_others(folder: Path) -> None:
    for name in guide_ids():
        for guides, languages, front in (
            ("veiledning", ["nb", "nn"], "index.html"),
            ("rettleiing", ["nn", "nb"], "index-nn.html"),
        ):
            text = (folder / guides / f"{name}.html").read_text("utf-8")
            assert re.findall(r"strategi-([a-z-]+)-scorm12", "".join(ZIP.findall(text))) == languages
            assert f'href="../{front}#finn"' in text
    assert "Har kommunen egne pakker" in (folder / "index.html").read_text("utf-8")
    assert "Har kommunen eigne pakkar" in (folder / "index-nn.html").read_text("utf-8")


def small(tmp_path: Path) -> Path:
    """The small course with an edition."""
    course = opened(tmp_path / "kurs")
    (course / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    put(course, "vik")
    return course


def test_where_there_are_no_national_packages_the_guides_are_those_of_the_editions(tmp_path: Path) -> None:
    course = small(tmp_path)
    build(course, tmp_path / "dist", "--edition", "vik")
    assert release(course, tmp_path / "release").code == 0
    assert not (tmp_path / "release/veiledning").exists()
    assert "Slik importerer du" not in (tmp_path / "release/index.html").read_text("utf-8")
    assert "prove-post-vik-nb-scorm12.zip" in (tmp_path / "release/utgaver/vik/moodle.html").read_text(
        "utf-8"
    )


def test_an_edition_for_the_web_alone_has_no_guide_and_no_word_of_other_formats(tmp_path: Path) -> None:
    course = small(tmp_path)
    build(course, tmp_path / "dist", "--format", "scorm12")
    build(course, tmp_path / "dist", "--format", "web", "--edition", "vik")
    assert release(course, tmp_path / "release").code == 0
    assert (tmp_path / "release/veiledning/moodle.html").is_file()
    assert not (tmp_path / "release/utgaver/vik").exists()
    own = (tmp_path / "release/utgaver/vik.html").read_text("utf-8")
    assert "Nettutgave" in own
    assert "SCORM" not in own


def test_of_several_versions_one_is_to_be_chosen_and_each_file_says_whether_it_may_replace(
    tmp_path: Path,
) -> None:
    course = small(tmp_path)
    for change in (None, new_page):
        if change:
            change(course)
        build(course, tmp_path / "dist", "--edition", "vik", "--audience", "alle,leder", "--combined")
        assert release(course, tmp_path / "release").code == 0
    text = (tmp_path / "release/utgaver/vik/generic.html").read_text("utf-8")
    assert "Bruk filene i <strong>én</strong> av tabellene" in text
    assert text.count("<caption>Filene til Vik kommune: bokmål, <span lang=") == 2
    assert text.count("(alle modulene i én fil, i stedet for de andre)") == 2
    assert text.count('<span class="answer safe">Trygg å erstatte: last opp over den gamle</span>') == 4
    done = text.split('id="fullforing"')[1].split("</section>")[0]
    assert "<li><strong>Post</strong>: Fullført når alle sidene" in done


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "name", ["utgaver/bykle.html", "utgaver/bykle/moodle.html", "utgaver/digi-agder/generic.html"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, folder: Path, name: str, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((folder / name).as_uri())
    assert page.evaluate(WIDE) == 0
    assert page.evaluate(CUT_OFF) == []
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.slow
def test_an_administrator_in_bykle_comes_to_the_own_file_and_its_trial_by_keys(
    page: Page, folder: Path
) -> None:
    page.goto((folder / "index.html").as_uri())
    keyboard = Keyboard(page)
    keyboard.tab_to(page.get_by_role("searchbox"))
    page.keyboard.type("bykle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Bykle")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bykle")
    keyboard.press(page.get_by_role("link", name="Moodle", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Slik importerer du i Moodle")
    file = page.get_by_role("link", name=BYKLE)
    with page.expect_download() as download:
        keyboard.press(file)
    assert download.value.suggested_filename == BYKLE
    expect(page.locator("#prove ol > li")).to_have_count(5)
    expect(page.locator("#prove")).to_contain_text(
        "Opne «Strategi – kvar skal vi, og for kven?» som testbrukar"
    )
    assert len(Keyboard(page).way()) >= 5
    keyboard.press(page.get_by_role("link", name="Til pakkane for Bykle"))
    expect(page.get_by_role("heading", level=2, name="Alle pakkane")).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
def test_the_way_is_there_without_scripts(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.locator("#steder summary", has_text="Agder").first.click()
    page.get_by_role("link", name="Bykle").click()
    page.get_by_role("link", name="Ei anna læringsplattform").click()
    expect(page.get_by_role("link", name=BYKLE)).to_be_visible()
    context.close()
