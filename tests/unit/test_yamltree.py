"""YAML as values with places."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kurspakke import yamltree
from kurspakke.findings import Location
from kurspakke.yamltree import MAX_BYTES, MAX_DEPTH, MAX_LINE, Document, Fault, FaultKind, Plain, read

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
PAGE = """\
# a comment
id: page
items:
  - {a: 1, b: "two"}
  - c: |
      First.

      Third.
    d: >-
      folded
      text
last: ~
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], ids=["libyaml", "pure Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(yamltree, "Loader", getattr(yaml, request.param))
    return str(request.param)


def faults(text: str) -> list[tuple[FaultKind, int, int]]:
    return [(fault.kind, fault.line, fault.column) for fault in read(text.encode(), "a.yaml").faults]


def test_a_value_and_the_places_of_its_parts() -> None:
    document = read(PAGE.encode(), "a.yaml")
    assert document.faults == ()
    assert document.value == {
        "id": "page",
        "items": [{"a": "1", "b": "two"}, {"c": "First.\n\nThird.\n", "d": "folded text"}],
        "last": None,
    }
    assert document.locate(("items", 0, "b")) == Location("a.yaml", 4, 15)
    assert document.locate_key(("items", 0, "b")) == Location("a.yaml", 4, 12)
    assert document.locate(("items", 1)) == Location("a.yaml", 5, 5)
    assert document.locate_key(("items", 1)) == Location("a.yaml", 5, 5)


def test_a_part_that_the_text_lacks_is_placed_at_what_it_would_be_in() -> None:
    document = read(PAGE.encode(), "a.yaml")
    assert document.locate(("items", 0, "alt")) == document.locate(("items", 0))
    assert document.locate(("items", 7, "b")) == document.locate(("items",))
    assert document.locate() == Location("a.yaml", 2, 1)
    assert Document("b.yaml").locate(("id",)) == Location("b.yaml", 1, 1)


def test_the_lines_of_a_text_written_line_by_line() -> None:
    document = read(PAGE.encode(), "a.yaml")
    assert document.locate_line(("items", 1, "c"), 0) == Location("a.yaml", 6, 7)
    assert document.locate_line(("items", 1, "c"), 2) == Location("a.yaml", 8, 7)
    assert document.locate_line(("items", 1, "d"), 1) == document.locate(("items", 1, "d"))
    assert document.locate_line(("items", 1, "c"), 99).line == len(PAGE.split("\n"))


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "true", "3.10", "1e3", "0o7", "12:30", "2024-01-01", "=", "<<"]
)
def test_plain_scalars_stay_text(word: str) -> None:
    value = read(f"a: {word}".encode(), "a.yaml").value
    assert value == {"a": word}
    assert isinstance(value["a"], Plain)


def test_quoted_scalars_are_not_plain() -> None:
    value = read(b"""[ '1', "true", !!str ]""", "a.yaml").value
    assert isinstance(value, list)
    assert not any(isinstance(item, Plain) for item in value)


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_nothing(word: str) -> None:
    assert read(f"a: {word}\nb: ''".encode(), "a.yaml").value == {"a": None, "b": ""}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: *b", (FaultKind.ALIAS, 1, 4)),
        ("a:\n  - !x b", (FaultKind.TAG, 2, 5)),
        ("a: !!python/name:os.system b", (FaultKind.TAG, 1, 4)),
        ("a: !x [b]", (FaultKind.TAG, 1, 4)),
        ("a: 1\nb: 2\na: 3", (FaultKind.DUPLICATE, 3, 1)),
        ("a: 1\n'a': 3", (FaultKind.DUPLICATE, 2, 1)),
        ("? [a]\n: b", (FaultKind.KEY, 1, 3)),
        ("? {a: b}\n: c", (FaultKind.KEY, 1, 3)),
        ("~: b", (FaultKind.KEY, 1, 1)),
        ("a: b: c", (FaultKind.SYNTAX, 1, 5)),
        ("a: 1\n---\nb: 2", (FaultKind.SYNTAX, 2, 1)),
        ("a:\n\tb: 1", (FaultKind.TAB, 2, 1)),
        ("a:\n  b: 1\n\tc: 2", (FaultKind.TAB, 3, 1)),
        ("æøå: \x07", (FaultKind.SYNTAX, 1, 6)),
        ("a: b\nå: \0", (FaultKind.SYNTAX, 2, 4)),
        (r'a: "b\0"', (FaultKind.CHARACTER, 1, 4)),
        (r'"\a": b', (FaultKind.CHARACTER, 1, 1)),
        (r'a: "\uFFFF"', (FaultKind.CHARACTER, 1, 4)),
        ("x" * (MAX_LINE + 1), (FaultKind.LINE, 1, MAX_LINE + 1)),
        ("[" * (MAX_DEPTH + 1), (FaultKind.DEPTH, 1, MAX_DEPTH + 1)),
    ],
)
def test_faults_and_their_places(text: str, fault: tuple[FaultKind, int, int]) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("text", "line", "column", "value"),
    [
        ("brand: {accent: #1a2b3c}\n", 1, 17, "#1a2b3c"),
        ("brand: {accent: #1a2b3c}\nmodules: [a]\n", 1, 17, "#1a2b3c"),
        ("å: {logo: 'it''s {#1', accent: #abc, b: c}\nlogo: x\n", 1, 32, "#abc"),
        ('brand: {a: "\\" #1", b: don\'t, accent: #abc}\nc: d\n', 1, 39, "#abc"),
        ("brand: {a: x, # a note\n  b: #1,\n  c: d}\ne: f\n", 2, 6, "#1"),
        ("a:\n  - {b: c}\n  - {b: #c}\n  - {b: d}\n", 3, 9, "#c"),
        ("a: [#abc, #def]\nb: 1\n", 1, 5, "#abc"),
        ("a: [b, {c: d}, #def]\nb: 1\n", 1, 16, "#def"),
    ],
)
def test_a_value_between_brackets_that_is_a_comment(text: str, line: int, column: int, value: str) -> None:
    assert read(text.encode(), "a.yaml").faults == (Fault(FaultKind.COMMENT, line, column, value),)


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: [1, 2] # a note\nc: 1\n",
        "a: {b: c, #note\n  d: e\nf: 1\n",
        "a: {b: # a note\n  c\nd: 1\n",
        "a: {b: 'c #d', e: f#g\nh: 1\n",
        "a: #b\nc: [d\ne: f\n",
        "a: {b: c}\nd: #e\nf: g: h\n",
    ],
)
def test_a_comment_is_not_blamed_for_another_mistake(text: str) -> None:
    assert [fault.kind for fault in read(text.encode(), "a.yaml").faults] == [FaultKind.SYNTAX]


@pytest.mark.parametrize("text", ["", "# only a comment", "---", "---\n...", "\ufeff"])
def test_a_document_of_nothing(text: str) -> None:
    document = read(text.encode(), "a.yaml")
    assert document.value is None
    assert document.faults == ()


def test_bytes_that_are_no_text() -> None:
    assert read("a: b\nc: blå".encode("latin-1"), "a.yaml").faults == (
        Fault(FaultKind.ENCODING, 2, 6, "0xe5"),
    )


def test_a_file_that_is_too_large() -> None:
    assert [fault.kind for fault in read(b" " * (MAX_BYTES + 1), "a.yaml").faults] == [FaultKind.SIZE]


def test_text_up_to_the_limits_is_read() -> None:
    assert faults("x" * MAX_LINE) == []
    assert faults("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert faults("a: b\n" + "# -\n" * ((MAX_BYTES - 5) // 4)) == []


def test_a_line_break_is_what_yaml_says_it_is() -> None:
    for line_break in ("\n", "\r\n", "\r"):
        document = read(line_break.join(["\ufeffa: 1", "b: |", "  x", "  y", "c: 3"]).encode(), "a.yaml")
        assert document.value == {"a": "1", "b": "x\ny\n", "c": "3"}
        assert document.locate(("c",)) == Location("a.yaml", 5, 4)
        assert document.locate_line(("b",), 1) == Location("a.yaml", 4, 3)


def check_places(data: bytes) -> None:
    document = read(data, "a.yaml")
    text = data.decode("utf-8-sig", errors="replace")
    lines = LINE_BREAK.split(text)
    places = [*document.places.values(), *document.names.values()]
    for line, column in [*places, *((fault.line, fault.column) for fault in document.faults)]:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    for keys in document.blocks:
        assert document.locate_line(keys, 5).line <= len(lines)
    if document.faults == () and text.strip():
        assert () in document.places or document.value is None


WORDS = (
    "a",
    "b: ",
    "- ",
    "\n",
    "  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "|\n",
    ">",
    "#",
    ": ",
    "? ",
    "~",
)
SIGNS = (
    "&x ",
    "*x",
    "!t ",
    "---\n",
    "%YAML 1.2\n",
    "\\x00",
    "\r",
    "\u2028",
    "\x85",
    "æ",
    "\U0001f600",
    "\ufeff",
    "@",
    "`",
)
PIECES = st.sampled_from(WORDS + SIGNS)


@given(st.lists(PIECES, max_size=40))
def test_any_pieces_of_yaml_are_read(pieces: list[str]) -> None:
    check_places("".join(pieces).encode())


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    check_places(text.encode(errors="replace"))


@given(
    st.one_of(
        st.binary(max_size=200), st.lists(PIECES).map(lambda pieces: "".join(pieces).encode() + b"\xe6")
    )
)
def test_any_bytes_are_read(data: bytes) -> None:
    check_places(data)
