"""Captions, read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.webvtt import Cue, read

GOOD = """\
WEBVTT - Brevet

NOTE made by hand

STYLE
::cue { color: white }

1
00:00.000 --> 00:02.000 align:start
Et <i>brev</i>
reiser.

01:02:03.004 --> 01:02:05.000
Det kommer fram.
"""


def test_captions_with_notes_names_and_settings() -> None:
    for text in (GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), GOOD.replace("\n", "\r"), GOOD.rstrip()):
        captions = read(text.encode())
        assert captions.errors == ()
        assert captions.cues == (
            Cue(0.0, 2.0, "Et brev\nreiser.", 9),
            Cue(3723.004, 3725.0, "Det kommer fram.", 13),
        )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "first line is not WEBVTT"),
        ("WEBVTTX\n", 1, "first line is not WEBVTT"),
        ("WEBVTT\n", 1, "no captions"),
        ("WEBVTT\n\nHei.\n", 3, "without times"),
        ("WEBVTT\n\n1\n2\n00:00.000 --> 00:01.000\nHei.\n", 4, "without times"),
        ("WEBVTT\n\n00:00 --> 00:01\nHei.\n", 3, "not as 00:01.000"),
        ("WEBVTT\n\n0:00:00.000 --> 0:00:01.000\nHei.\n", 3, "not as 00:01.000"),
        ("WEBVTT\n\n00:00,000 --> 00:01,000\nHei.\n", 3, "not as 00:01.000"),
        ("WEBVTT\n\n00:00.000-->00:01.000\nHei.\n", 3, "not as 00:01.000"),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nHei.\n", 3, "not as 00:01.000"),
        ("WEBVTT\n\n00:01.000 --> 00:01.000\nHei.\n", 3, "ends before it begins"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", 3, "is empty"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n", 3, "is empty"),
        (GOOD + "\n00:00.500 --> 00:01.000\nFor sent.\n", 16, "begins before the one above"),
    ],
)
def test_what_is_wrong_and_where(text: str, line: int, words: str) -> None:
    (error,) = read(text.encode()).errors
    assert error.line == line
    assert words in error.message


def test_bytes_that_are_no_text() -> None:
    (error,) = read("WEBVTT\n\n00:00.000 --> 00:01.000\nblå\n".encode("latin-1")).errors
    assert (error.line, error.message) == (4, "the file is not UTF-8")


PIECES = st.sampled_from(
    [
        "WEBVTT",
        "\n",
        "\n\n",
        "00:00.000",
        " --> ",
        "00:01.000",
        "-->",
        "NOTE",
        "1",
        "hei",
        "<b>",
        "\r",
        "\0",
        "æ",
        " ",
    ]
)


@given(
    st.one_of(
        st.binary(max_size=100), st.lists(PIECES, max_size=30).map(lambda parts: "".join(parts).encode())
    )
)
def test_any_bytes_are_read(data: bytes) -> None:
    captions = read(data)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert captions.cues or captions.errors
    assert all(1 <= cue.line <= lines for cue in captions.cues)
    assert all(1 <= error.line <= lines for error in captions.errors)
    assert all(cue.start < cue.end and cue.text for cue in captions.cues)


@given(st.lists(st.tuples(st.integers(0, 35_999_998), st.integers(1, 5_000)), min_size=1, max_size=8))
def test_times_are_what_they_were_written_as(spans: list[tuple[int, int]]) -> None:
    cues = sorted((start, start + length) for start, length in spans)
    text = "WEBVTT\n\n" + "\n\n".join(f"{stamp(start)} --> {stamp(end)}\nhei" for start, end in cues)
    read_back = [(round(cue.start * 1000), round(cue.end * 1000)) for cue in read(text.encode()).cues]
    assert read_back == cues


def stamp(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
