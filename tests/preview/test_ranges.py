from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.preview.ranges import UnsatisfiableError, asked_range, is_known, range_counts


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("", None),
        ("bytes=0-", range(10)),
        ("bytes=0-0", range(1)),
        ("bytes=3-5", range(3, 6)),
        ("bytes=3-99", range(3, 10)),
        ("bytes=-4", range(6, 10)),
        ("bytes=-99", range(10)),
        (" bytes=9- ", range(9, 10)),
        ("bytes=5-3", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("bytes=a-b", None),
        ("bytes=1.0-2", None),
        ("bytes=\u0661-\u0662", None),
        ("items=0-1", None),
        ("bytes=0-" + "9" * 60, None),
    ],
)
def test_a_range_is_read(header: str | None, expected: range | None) -> None:
    assert asked_range(header, 10) == expected


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-1", 0)]
)
def test_a_range_outside_of_the_file_is_told(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableError):
        asked_range(header, size)


@given(st.text(alphabet="bytes=-0123456789, ", max_size=40), st.integers(0, 50))
def test_no_header_asks_for_bytes_that_are_not_there(header: str, size: int) -> None:
    try:
        wanted = asked_range(header, size)
    except UnsatisfiableError:
        return
    assert wanted is None or 0 <= wanted.start < wanted.stop <= size


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (None, False),
        ("*", True),
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ('"b"', False),
        ("a", False),
    ],
)
def test_a_version_is_recognised(header: str | None, known: bool) -> None:  # noqa: FBT001
    assert is_known(header, '"a"') is known


@pytest.mark.parametrize(
    ("header", "counts"),
    [(None, True), ('"a"', True), ('W/"a"', False), ('"b"', False), ("Sat, 28 Nov 2026 10:00:00 GMT", False)],
)
def test_a_part_is_given_of_the_same_version_only(header: str | None, counts: bool) -> None:  # noqa: FBT001
    assert range_counts(header, '"a"') is counts
