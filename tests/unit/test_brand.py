"""The brand's colours: contrast as WCAG counts it, and shades that hold whatever colour they are made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kurspakke import resources
from kurspakke.brand import Brand
from kurspakke.brandstyle import DARK, LIGHT, TEXT, Scheme, fitting, shortfall, style_of, tokens
from kurspakke.colour import BLACK, WHITE, Rgb, contrast, nearest
from kurspakke.safesvg import dangers
from kurspakke.sourcereader import read_source
from kurspakke.texts import texts
from tests.courses import BASE, copy, edit, findings

HUES = (
    "#c8102e",
    "#8a6100",
    "#3f6b00",
    "#0a6b5e",
    "#0062ba",
    "#5b2a86",
    "#a3195b",
    "#000000",
    "#ffd700",
    "#808080",
)
P = "--ds-color-accent-"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_counted_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(Rgb.read(one), Rgb.read(other)) == pytest.approx(ratio, abs=0.006)
    assert contrast(Rgb.read(other), Rgb.read(one)) == contrast(Rgb.read(one), Rgb.read(other))


def test_the_nearest_colour_keeps_hue_and_is_the_same_if_it_will_do() -> None:
    yellow = Rgb.read("#ffd700")
    assert nearest(yellow, lambda _: True) == yellow
    found = nearest(yellow, lambda colour: contrast(colour, WHITE) >= TEXT)
    assert found
    assert found.blue == 0
    assert found.red > found.green > 80
    lighter = found.mixed(yellow, 0.03)
    assert contrast(found, WHITE) >= TEXT > contrast(lighter, WHITE)
    assert nearest(yellow, lambda _: False) is None


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("hue", HUES)
def test_every_pair_of_shades_in_use_holds(hue: str, scheme: Scheme) -> None:
    for margin in (1, 1.4):
        accent = fitting(Rgb.read(hue), scheme, margin)
        assert shortfall(accent, scheme) is None
        made = tokens(accent, scheme)
        on = made[f"{P}base-contrast-default"]
        assert on in (WHITE, BLACK)
        for ground in ("base-default", "base-hover", "base-active"):
            assert contrast(on, made[P + ground]) >= 4.5, ground
        for ground in ("background-tinted", "surface-tinted", "surface-hover", "surface-active"):
            for text in ("text-subtle", "text-default"):
                assert contrast(made[P + text], made[P + ground]) >= 4.5, (text, ground)
        assert contrast(scheme.quiet, made[f"{P}background-tinted"]) >= 4.5
        for ground in scheme.grounds:
            assert contrast(made[f"{P}text-subtle"], ground) >= 4.5
            assert contrast(made[f"{P}text-default"], ground) >= 4.5
            for mark in ("border-default", "border-strong", "base-default"):
                assert contrast(made[P + mark], ground) >= 3
        assert contrast(WHITE, made["--hero"]) >= 7
        assert contrast(made["--hero-quiet"], made["--hero"]) >= 4.5


@pytest.mark.parametrize(("scheme", "name"), [(LIGHT, "light"), (DARK, "dark")])
def test_the_backgrounds_are_those_of_the_style_sheet(scheme: Scheme, name: str) -> None:
    """An update of the design system that changes them is seen here."""
    sheet = resources.asset("kurspakke-workshop.css").decode()
    block = re.search(rf"\[data-color-scheme={name}\]\{{([^}}]*)\}}", sheet)
    assert block
    theme = dict(re.findall(r"--ds-color-([\w-]+):\s*(#\w{6})", block[1]))
    tinted = ("neutral", "brand1", "brand2", "info", "success", "warning")
    wanted = [
        theme["neutral-background-default"],
        *(theme[f"{family}-background-tinted"] for family in tinted),
    ]
    assert [str(ground) for ground in scheme.grounds] == wanted
    assert [str(track) for track in scheme.tracks] == [theme["neutral-surface-hover"]]
    assert str(scheme.quiet) == theme["neutral-text-subtle"]
    # Whatever the look takes from the accent is made from the brand's colour.
    asked = set(re.findall(r"var\((--ds-color-accent-[\w-]+)", sheet))
    assert asked <= set(tokens(WHITE, scheme))


def test_the_message_names_both_colours_the_ratio_and_what_would_do() -> None:
    found = shortfall(Rgb.read("#ffd700"), LIGHT)
    assert found
    assert found.ratio < 1.5
    assert found.needed == 4.5
    assert shortfall(found.instead, LIGHT) is None
    assert shortfall(Rgb.read("#5b2a86"), LIGHT) is None
    assert shortfall(Rgb.read("#5b2a86"), DARK)


def test_a_logo_alone_changes_no_colour() -> None:
    style = style_of(Brand(logo="brand/a.svg", logo_alt="A"))
    assert ".logo" in style
    assert "--ds-color" not in style


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="https://example.org/"><path d="M0 0"/></a></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><set onbegin="x()"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path style="fill:url(x.svg#a)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@font-face{src:url("//x/y")}</style></svg>',
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:Script/></s:svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        "<html/>",
        "<svg",
        "",
    ],
)
def test_what_is_more_than_a_drawing_is_found(drawing: str) -> None:
    assert list(dangers(drawing.encode()))


def test_the_words_of_the_logo_are_translated_and_the_file_is_missed(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    edit(
        course / "course.yaml",
        "modules: [post]",
        "modules: [post]\nbrand: {logo: brand/a.svg, logo_alt: Prøve}",
    )
    assert [f"{found.rule.id} {found.location}" for found in findings(course)] == [
        "SRC-020 course.yaml:14:15"
    ]
    source = read_source(course)
    assert source.course
    assert {text.id: text.text for text in texts(source.course)}["#brand.logo_alt"] == "Prøve"


def test_a_logo_that_nothing_names_is_told_of(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    (course / "brand").mkdir()
    (course / "brand" / "gammel.svg").write_text("<svg/>")
    assert [f"{found.rule.id} {found.location}" for found in findings(course)] == ["SRC-028 brand/gammel.svg"]


@pytest.mark.parametrize(
    "brand",
    [
        "{accent: teal}",
        "{accent: '#12345'}",
        "{logo: logo.svg}",
        "{logo: brand/../a.svg}",
        "{logo: brand/a.gif}",
        "{colour: '#123456'}",
    ],
)
def test_what_does_not_fit_is_told_with_what_would(brand: str, tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    edit(course / "course.yaml", "modules: [post]", f"modules: [post]\nbrand: {brand}")
    (found,) = findings(course)
    assert found.rule.id in {"SRC-011", "SRC-014"}
    assert re.search("in quotes|folder brand/|accent_dark", found.message + found.hint)
