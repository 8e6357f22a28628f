"""The width and height of a picture, so that the page does not jump when it arrives."""

from __future__ import annotations

import re
import struct

_SVG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_LENGTH = rb"""\b%s\s*=\s*["']\s*([0-9.]+)(?:px)?\s*["']"""
_VIEWBOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)""")
_HEAD = 1 << 16


def picture_size(data: bytes) -> tuple[int, int] | None:
    """(width, height) in CSS pixels of an SVG, PNG or JPEG; None where the file does not say."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return _svg(data[:_HEAD])


def _svg(data: bytes) -> tuple[int, int] | None:
    tag = _SVG.search(data)
    if not tag:
        return None
    lengths = [re.search(_LENGTH % name, tag.group()) for name in (b"width", b"height")]
    box = _VIEWBOX.search(tag.group())
    sizes = (
        [length.group(1) for length in lengths if length]
        if all(lengths)
        else list(box.groups())
        if box
        else []
    )
    try:
        width, height = (round(float(size)) for size in sizes)
    except ValueError:
        return None
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """From the first start-of-frame segment (ITU T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return int(width), int(height)
        place += 2 + length
    return None
