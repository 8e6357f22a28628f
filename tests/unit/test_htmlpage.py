"""Pages: what they load and link to, what is in them, and that no bytes break the reader."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kurspakke.hrefs import Reach
from kurspakke.htmlpage import Page, Use, declared_charset
from kurspakke.htmltext import name_of, text_of
from kurspakke.webtext import script, style_links

PAGE = b"""<!doctype html>
<html lang="nb"><head><title>T</title>
<link rel="stylesheet" href="a.css"><link rel="license" href="https://cc.example/">
<style>p { background: url(b.png) }</style>
</head><body style="background: url('c.png')">
<img src="d.png" srcset="e.png 1x, f.png 2x"><video poster="g.png"><source src="h.mp4"></video>
<a href="i.html">i</a> <img src="{{ filled in later }}">
<template><img src="never.png"></template>
<svg><use href="j.svg#x"></use></svg>
</body></html>"""


def test_links_by_what_is_done_with_them() -> None:
    found: dict[Use, set[str]] = {}
    for link in Page("index.html", PAGE).links:
        found.setdefault(link.use, set()).add(link.href.written)

    assert found == {
        Use.LOAD: {"a.css", "d.png", "e.png", "f.png", "g.png", "h.mp4", "j.svg#x"},
        Use.STYLE: {"b.png", "c.png"},
        Use.FOLLOW: {"i.html", "https://cc.example/"},
    }


def test_links_are_seen_from_the_folder_of_the_page() -> None:
    page = Page("a/b/index.html", b'<img src="../c.png"><img src="/d.png">')

    assert [(each.href.reach, each.href.path) for each in page.links] == [
        (Reach.INSIDE, "a/c.png"),
        (Reach.ROOT, ""),
    ]


def test_words_and_names() -> None:
    page = Page("x.html", b'<p>En <b>to</b><script>tre</script> fire</p><a href="y"><img alt="Fem"></a>')

    assert [text_of(element) for element in page.all("p")] == ["En to fire"]
    assert [name_of(element) for element in page.all("a")] == ["Fem"]
    assert page.has_text
    assert not Page("x.html", b"<body><div id=app></div><noscript>Skru p\xc3\xa5</noscript></body>").has_text


def test_elements_by_their_attributes() -> None:
    page = Page("x.html", b"<p id=a ONCLICK=x role=b><i role=c><b><template><p role=d></template>")

    assert [element.tag for element in page.having("role")] == ["p", "i"]
    assert [element.tag for element in page.having("role", "id")] == ["p", "i"]
    assert list(page.having("lang")) == []
    assert set(page.attributes) == {"id", "onclick", "role"}
    assert page.ids == {"a"}


def test_charsets_where_browsers_look_for_them() -> None:
    assert declared_charset(b'<meta charset="UTF-8">') == "utf-8"
    assert declared_charset(b'<meta http-equiv=x content="text/html; charset=iso-8859-1">') == "iso-8859-1"
    assert declared_charset(b"\xef\xbb\xbf<p>") == "utf-8"
    assert declared_charset(b" " * 1024 + b'<meta charset="UTF-8">') is None


def test_pages_in_old_encodings_are_read() -> None:
    assert text_of(Page("x.html", "<p>blåbær</p>".encode("latin-1")).all("p")[0]) == "blåbær"


def test_style_links_with_their_lines() -> None:
    css = b"/* url(no.png)\n */ a { b: url( 'a b.png' ) }\n@import \"c.css\"; d { e: url(f.png) url() }"

    assert [(link.written, link.line) for link in style_links(css)] == [
        ("a b.png", 2),
        ("c.css", 3),
        ("f.png", 3),
    ]


def test_scripts_that_ask_other_hosts() -> None:
    text = (
        b'const svg = "http://www.w3.org/2000/svg";\n'
        b'fetch("https://a.example/x"); fetch("local.js");\n'
        b'image.src = "//b.example/y"; x.open("GET", "http://c.example/z");\n'
        b"navigator.serviceWorker.register('sw.js');"
    )

    found = script(text)

    assert [(call.written, call.line) for call in found.calls] == [
        ("https://a.example/x", 2),
        ("//b.example/y", 3),
        ("http://c.example/z", 3),
    ]
    assert [worker.line for worker in found.workers] == [4]


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="<>/=\"' abcimgrl&;-!?[]\0\n", max_size=300)))
def test_no_bytes_break_the_reader(data: bytes | str) -> None:
    page = Page("x.html", data if isinstance(data, bytes) else data.encode())

    assert page.has_text in {True, False}
    assert all(link.href for link in page.links)
    assert all(isinstance(name_of(element), str) for element in page.every())
