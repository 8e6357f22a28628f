"""Looks: media queries answered as the look would, in style sheets and pages, and nothing else touched."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kurspakke.preview.dressing import dressed
from kurspakke.preview.looks import LOOKS, dressed_css, dressed_html, dressed_query, looks_named, policy
from kurspakke.preview.switches import Switches
from tests.previewing import serving

YES, NO = "(min-width: 0px)", "(max-width: 0px)"
QUERIES = [
    ("@media (prefers-color-scheme: dark)", {"dark"}, f"@media {YES}"),
    ("@media (prefers-color-scheme:light)", {"dark"}, f"@media {NO}"),
    ("@MEDIA screen and (Prefers-Color-Scheme: DARK)", {"dark"}, f"@MEDIA screen and {YES}"),
    ("@media not (prefers-reduced-motion)", {"reduced-motion"}, f"@media not {YES}"),
    ("@media (prefers-reduced-motion: no-preference)", {"reduced-motion"}, f"@media {NO}"),
    ("@media (forced-colors: active)", {"forced-colors"}, f"@media {YES}"),
    ("@media (forced-colors: none)", {"forced-colors"}, f"@media {NO}"),
    ("@media print", {"print"}, "@media screen"),
    (
        "@media only screen and (min-width: 40em), print",
        {"print"},
        "@media only tty and (min-width: 40em), screen",
    ),
    ("@media not print", {"print"}, "@media not screen"),
    ("@import url(print.css) print", {"print"}, "@import url(print.css) screen"),
    ('@import "screen.css" screen;', {"print"}, '@import "screen.css" tty;'),
    ("@media (prefers-color-scheme: dark)", {"print"}, "@media (prefers-color-scheme: dark)"),
    ("@media print", {"dark"}, "@media print"),
    ("@media (prefers-contrast: more)", set(LOOKS), "@media (prefers-contrast: more)"),
]


@pytest.mark.parametrize(("query", "looks", "wanted"), QUERIES)
def test_a_media_query_is_answered(query: str, looks: set[str], wanted: str) -> None:
    assert dressed_css(f"{query} {{ a {{ color: red }} }}", looks) == f"{wanted} {{ a {{ color: red }} }}"


@pytest.mark.parametrize(
    "css",
    [
        "a::after { content: '@media print { }' } .print { screen: x }",
        "/* @media print { (prefers-color-scheme: dark) } */ a { color: red }",
        ".screen, #print { background: url(screen.png) }",
        "@page { margin: 1cm } @font-face { src: url('print.woff2') }",
    ],
)
def test_what_is_no_media_query_stays(css: str) -> None:
    assert dressed_css(css, LOOKS) == css


def test_queries_of_attributes() -> None:
    assert dressed_query('"(prefers-color-scheme: dark)"'.strip('"'), {"dark"}) == YES
    links = '<link rel="stylesheet" href="print.css" media="print"><link media=screen href=a.css>'
    html = f'<head>{links}</head><p media="print">'
    shown = dressed_html(html, {"print"})
    assert shown == html.replace('media="print"><link', 'media="screen"><link').replace(
        "media=screen", "media=tty"
    )


def test_styles_in_the_page_and_what_a_look_adds() -> None:
    style = "<style>@media (prefers-color-scheme: dark) { p { color: white } }</style>"
    html = f"<html><head>{style}</head><body><p>@media print</p>"
    shown = dressed_html(html, {"dark"})
    assert (
        f"<style>@media {YES} {{ p {{ color: white }} }}</style><style>:root {{ color-scheme: dark" in shown
    )
    assert shown.endswith("</head><body><p>@media print</p>")
    assert dressed_html("<p>bare</p>", {"dark"}).startswith("<style>:root")
    assert dressed_html(html, {"reduced-motion"}) == html


def test_words_for_looks() -> None:
    assert looks_named("dark, print,rosa") == {"dark", "print"}
    assert looks_named("none") == frozenset()
    assert policy({"no-script"}).startswith("sandbox ")
    assert "allow-scripts" not in policy({"no-script"})
    assert policy({"dark", "print"}) == ""


PAGE = """<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>x</title>
<link rel="stylesheet" href="a.css"></head><body><p id="p">Blåbær</p><noscript><b>uten</b></noscript>
<script>document.title = "skript"</script></body></html>"""
STYLE = """p { color: rgb(1, 1, 1) }
@media (prefers-color-scheme: dark) { p { color: rgb(2, 2, 2) } }
@media print { p { font-size: 77px } }
p { background: light-dark(rgb(3, 3, 3), rgb(4, 4, 4)) }"""


def content(request: Request) -> Response:
    kind, text = ("text/css", STYLE) if request.url.path.endswith(".css") else ("text/html", PAGE)
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    headers = {"ETag": '"1"', "Accept-Ranges": "bytes", "Content-Security-Policy": "frame-ancestors 'self'"}
    return Response(text, media_type=kind, headers=headers)


@pytest.mark.browser
@pytest.mark.slow
def test_in_the_browser(page: Page) -> None:
    looks = Switches(LOOKS)
    app = dressed(Starlette(routes=[Route("/{package}/{path:path}", content)]), looks)
    page.emulate_media(color_scheme="light")

    def seen() -> tuple[str, str, str, bool]:
        page.goto(address)
        paragraph = page.locator("#p")
        colour, background, size = (
            str(paragraph.evaluate(f"node => getComputedStyle(node).{name}"))
            for name in ("color", "backgroundColor", "fontSize")
        )
        return colour, background, size, page.locator("noscript b").is_visible()

    with serving(app) as served:
        address = f"http://127.0.0.1:{served.port}/pakke/index.html"
        assert seen() == ("rgb(1, 1, 1)", "rgb(3, 3, 3)", "16px", False)
        assert page.title() == "skript"
        looks.switch("pakke", ["dark"])
        assert seen() == ("rgb(2, 2, 2)", "rgb(4, 4, 4)", "16px", False)
        looks.switch("pakke", ["print"])
        assert seen() == ("rgb(1, 1, 1)", "rgb(3, 3, 3)", "77px", False)
        looks.switch("pakke", ["no-script"])
        assert seen() == ("rgb(1, 1, 1)", "rgb(3, 3, 3)", "16px", True)
        assert page.title() == "x"
        looks.switch("pakke", ["forced-colors"])
        assert seen()[:2] == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
        looks.switch("pakke", [])
        assert seen() == ("rgb(1, 1, 1)", "rgb(3, 3, 3)", "16px", False)


def test_over_http() -> None:
    looks = Switches(LOOKS)
    app = dressed(Starlette(routes=[Route("/{package}/{path:path}", content)]), looks)
    with serving(app) as served:
        plain = served.ask("/pakke/a.css")
        assert (plain.headers["etag"], plain.text) == ('"1"', STYLE)
        assert served.ask("/pakke/a.css", if_none_match='"1"').status == 304
        looks.switch("pakke", ["dark", "no-script"])
        changed = served.ask("/pakke/a.css", if_none_match='"1"', range="bytes=0-3")
        assert changed.status == 200
        assert "etag" not in changed.headers
        assert changed.headers["cache-control"] == "no-store"
        assert int(changed.headers["content-length"]) == len(changed.body)
        assert YES in changed.text
        page = served.ask("/pakke/index.html")
        assert page.headers["content-security-policy"].startswith("sandbox ")
        assert "Blåbær" in page.text
        assert served.ask("/annen/a.css").text == STYLE
