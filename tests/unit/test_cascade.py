"""Colours that are certain, and those that nobody can know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.cascade import Cascade, read_colour
from kurspakke.htmlpage import Page
from kurspakke.painting import Painting
from kurspakke.stylesheet import read_sheet

GROUND = "body { background: #fff; }"


def colours(css: str, body: str) -> tuple[str | None, str | None]:
    """The colours of the element with the id `here`."""
    page = Page("a.html", f"<!doctype html><html><body>{body}</body></html>".encode())
    painting = Painting(Cascade.of(read_sheet(css).rules))
    (element,) = (each for each in page.every() if each.get("id") == "here")
    painted = painting.of(element)
    colour, ground = painted.color, painted.ground
    return (str(colour) if colour else None, str(ground) if ground else None)


@pytest.mark.parametrize(
    ("css", "body", "colour", "ground"),
    [
        (GROUND + "p { color: #777 }", '<p id="here">', "#777777", "#ffffff"),
        (GROUND + "p { color: #777 } .a { color: red }", '<p class="a" id="here">', "#ff0000", "#ffffff"),
        (
            GROUND + ".a { color: red } p { color: #777 !important }",
            '<p class="a" id="here">',
            "#777777",
            "#ffffff",
        ),
        (GROUND + "div { color: red }", '<div><p id="here"></div>', "#ff0000", "#ffffff"),
        (GROUND, '<p id="here" style="color: rgb(1, 2, 3)">', "#010203", "#ffffff"),
        (
            "",
            '<table bgcolor="black"><tr><td><font color="white" id="here">x</font></table>',
            "#ffffff",
            "#000000",
        ),
        (
            GROUND + ".a:hover { color: red } p { color: #777 }",
            '<p class="a" id="here">',
            "#777777",
            "#ffffff",
        ),
        (
            GROUND + "@media print { p { color: red } } p { color: #777 }",
            '<p id="here">',
            "#777777",
            "#ffffff",
        ),
    ],
)
def test_colours_that_are_certain(css: str, body: str, colour: str, ground: str) -> None:
    assert colours(css, body) == (colour, ground)


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("main p { color: red }", '<p id="here">'),
        ("p:first-child { color: red }", '<p id="here">'),
        ("p[lang] { color: red }", '<p id="here">'),
        ("p:not(.a) { color: red }", '<p id="here">'),
        ("@media (min-width: 20em) { p { color: red } }", '<p id="here">'),
        ("p { color: var(--ink) }", '<p id="here">'),
        ("body { color: red }", '<p><a href="x" id="here">'),
        ("", '<p id="here">'),
    ],
)
def test_text_whose_colour_nobody_knows(css: str, body: str) -> None:
    assert colours(css, body)[0] is None


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("", '<p id="here">'),
        (GROUND + "p { background: url(a.png) }", '<p id="here">'),
        (GROUND + "p { background-color: red; background-image: url(a.png) }", '<p id="here">'),
        (GROUND + "p { position: absolute }", '<p id="here">'),
        (GROUND + "p { margin-top: -2em }", '<p id="here">'),
        (GROUND + "div { opacity: .5 }", '<div><p id="here"></div>'),
        (GROUND + "p { display: none }", '<p id="here">'),
        (GROUND, '<p hidden id="here">'),
        (GROUND, '<button id="here">'),
        (GROUND + "main p { background: red }", '<p id="here">'),
    ],
)
def test_text_whose_ground_nobody_knows(css: str, body: str) -> None:
    assert colours(css, body)[1] is None


@pytest.mark.parametrize(
    "body",
    ['<font color="">a</font><font id="here">', '<font id="here">a</font><font color="">'],
)
def test_an_empty_attribute_says_nothing_of_elements_without_it(body: str) -> None:
    assert colours("body { color: #333; background: #fff }", body) == ("#333333", "#ffffff")


@pytest.mark.parametrize(
    ("css", "plain"),
    [
        ("p { color: red } @media print { p { color: #000 } } @font-face { src: url(x) }", True),
        ("@import 'a.css'; p { color: red }", False),
        ("p { color: red; & b { color: blue } }", False),
        ("p { color: red", False),
        ("@tailwind base { p { color: red } }", False),
        ('p::after { content: "}" } p { color: red }', True),
    ],
)
def test_sheets_that_can_be_read_to_the_end(css: str, plain: bool) -> None:  # noqa: FBT001 - what is expected
    assert read_sheet(css).is_plain is plain


def test_a_rule_knows_its_line_and_condition() -> None:
    (first, second) = read_sheet(
        "/* a\n */\np, .b { color: red }\n@media print {\n\n i { color: blue } }"
    ).rules

    assert (first.selectors, first.line, first.condition) == (("p", ".b"), 3, "")
    assert (second.selectors, second.line, second.condition) == (("i",), 6, "@media print")


@given(st.text(alphabet="{}@;:()[]\"'/*#.a \n", max_size=200))
def test_any_text_is_read_as_some_sheet(css: str) -> None:
    Cascade.of(read_sheet(css).rules)


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#fff", "#ffffff"), ("Navy", "#000080"), ("#ffff", None), ("rgba(0,0,0,.5)", None), ("inherit", None)],
)
def test_plain_colours(text: str, colour: str | None) -> None:
    found = read_colour(text)

    assert (str(found) if found else None) == colour
