"""Markdown as HTML that can do no harm, and as plain text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.markdown import block, headings, inline, oddities, plain

ALLOWED = {"p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"}
ALLOWED |= {"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"href", "title", "lang", "rel", "start", "class", "align"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hei *på* **deg**.", "<p>Hei <em>på</em> <strong>deg</strong>.</p>\n"),
        ("~~feil~~", "<p><s>feil</s></p>\n"),
        ("### Overskrift", "<h3>Overskrift</h3>\n"),
        ("1. en\n2. to", "<ol>\n<li>en</li>\n<li>to</li>\n</ol>\n"),
        ("3. tre", '<ol start="3">\n<li>tre</li>\n</ol>\n'),
        ("en<b>to</b>", "<p>en&lt;b&gt;to&lt;/b&gt;</p>\n"),
        ("a &amp; b", "<p>a &amp; b</p>\n"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>\n"),
    ],
)
def test_block(text: str, html: str) -> None:
    assert block(text) == html


def test_a_table() -> None:
    html = block("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert html.count("<td") == 2
    assert "style" not in html


@pytest.mark.parametrize("address", ["https://a.no/b", "http://a.no", "mailto:a@b.no", "tel:+4712345678"])
def test_links_that_are_kept(address: str) -> None:
    assert inline(f"[her]({address})") == f'<a href="{address}" rel="noopener noreferrer">her</a>'


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"]
)
def test_links_that_are_not(address: str) -> None:
    assert "href" not in inline(f"[her]({address})")
    assert "href" not in inline(f"<{address}>")


def test_inline_is_one_paragraph_without_its_tags() -> None:
    assert inline("Hei *på* deg") == "Hei <em>på</em> deg"
    assert inline("# ingen overskrift") == "# ingen overskrift"
    assert inline("1 < 2 & 3") == "1 &lt; 2 &amp; 3"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hei *på* **deg**", "Hei på deg"),
        ("[les](https://a.no) `x<y`", "les x<y"),
        ("1 < 2 &amp; 3", "1 < 2 & 3"),
        ("en\nto", "en to"),
        ("ord", "ord"),
    ],
)
def test_plain(text: str, words: str) -> None:
    assert plain(text) == words


def test_headings_have_line_level_and_words() -> None:
    text = "Først.\n\n### En *gang*\n\n```\n# ikke\n```\n\nTo\n==\n"
    assert headings(text) == [(2, 3, "En gang"), (8, 1, "To")]


@pytest.mark.parametrize(
    "text", ["1 < 2", "`<b>`", "<https://a.no>", "a\\<b>", "    <b>kode</b>", "ingenting"]
)
def test_nothing_odd(text: str) -> None:
    assert oddities(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [("en\n\nto <b>tre</b>", 2), ("<div>\n", 0), ("x\n\n![alt](b.png)", 2), ("- a\n- <!-- b -->", 1)],
)
def test_what_markdown_here_does_not_take(text: str, line: int) -> None:
    assert [place for place, _ in oddities(text)] == [line]
    assert all(message and hint for _, (message, hint) in oddities(text))


class Elements(HTMLParser):
    """The elements of some HTML, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


MARKUP = (
    "<script>",
    "</script>",
    "<img onerror=x src=y>",
    "<a href='javascript:x'>",
    "<svg/onload=x>",
    "<!--",
    "]]>",
)
LINKS = (
    "javascript:",
    "data:",
    "[",
    "](",
    ")",
    "![",
    "]",
    ":",
    "//",
    "[a]: javascript:x\n\n[a]",
    "<?x",
    "<",
    ">",
)
ENTITIES = (
    "&lt;",
    "&#106;",
    "&#x6A;avascript&colon;",
    '"',
    "'",
    " onclick=",
    " style=",
    "\\",
    "\0",
    "\u2028",
)
MARKS = ("``", "`", "*", "**", "_", "~~", "# ", "> ", "- ", "1. ", "|", "---", "\n", "\n\n", "\t", " ", "a")
PIECES = st.sampled_from(MARKUP + LINKS + ENTITIES + MARKS)


@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=200)))
def test_nothing_that_runs_ever_comes_out(text: str) -> None:
    for html in (block(text), inline(text)):
        for tag, attributes in Elements(html).found:
            assert tag in ALLOWED
            assert attributes.keys() <= ATTRIBUTES
            address = (attributes.get("href") or "").strip().lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", address)
            assert scheme is None or scheme[0] in ("http:", "https:", "mailto:", "tel:")
    assert "\n" not in plain(text)
    headings(text)
    oddities(text)


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "*a " * 10_000, ">" * 20_000, "`" * 19_999, "![" * 10_000, "- " * 9_000]
)
def test_no_text_takes_long(text: str) -> None:
    assert block(text)
    assert plain(text[:2000]) is not None
