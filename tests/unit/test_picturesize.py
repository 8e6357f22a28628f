"""The width and height of pictures."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.picturesize import picture_size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x02\xff\xc2\0\x0b\x08\x01\x02\x03\x04\x01\0\0\0"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 480)),
        (JPEG, (0x0304, 0x0102)),
        (b'<svg width="40" height="30">', (40, 30)),
        (b"<?xml version='1.0'?><!-- x --><svg\n width='40.4px'\n height='30px'>", (40, 30)),
        (b'<svg viewBox="0 0 80 60">', (80, 60)),
        (b'<svg viewBox="-1,-2, 80.6 ,60" width="100%">', (81, 60)),
        (b'<svg width="100%" height="100%">', None),
        (b'<svg width="4em" height="3em"/>', None),
        (b'<svg width="1.2.3" height="3"/>', None),
        (b"<svg>", None),
        (b"", None),
        (b"GIF89a", None),
        (PNG[:20], None),
        (JPEG[:10], None),
        (b"\xff\xd8", None),
    ],
)
def test_picture_size(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size


@given(
    st.sampled_from([b"", PNG[:8], JPEG[:2], JPEG[:12], b"<svg ", b'<svg viewBox="']), st.binary(max_size=80)
)
def test_any_bytes_are_read(start: bytes, more: bytes) -> None:
    size = picture_size(start + more)
    assert size is None or len(size) == 2


@given(st.integers(0, len(PNG + JPEG)), st.integers(0, 255))
def test_a_damaged_byte_is_no_harm(place: int, value: int) -> None:
    data = bytearray(JPEG)
    data[place % len(data)] = value
    size = picture_size(bytes(data))
    assert size is None or min(size) >= 0
