"""WebVTT captions: read strictly, with the line of what is wrong (W3C WebVTT, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?$")
_TAG = re.compile(r"<[^>]*>")


class Cue(NamedTuple):
    """One caption: shown from `start` to `end` (seconds), `text` without tags."""

    start: float
    end: float
    text: str
    line: int


class Fault(Enum):
    """The kinds of faults that captions have, by what comes of them."""

    FILE = auto()
    """Players can't read the file, and show nothing."""
    NOTHING = auto()
    """There are no captions in the file."""
    TIMES = auto()
    """The times of a caption can't be read: players leave it out."""
    ENDS_FIRST = auto()
    """A caption ends before it begins, and is never seen."""
    EMPTY = auto()
    """A caption has no words."""
    ORDER = auto()
    """A caption begins before the one above it."""


class VttError(NamedTuple):
    """What is wrong in a captions file, and on which line (from 1)."""

    line: int
    message: str
    fault: Fault


class Captions(NamedTuple):
    """The cues of a file and all that is wrong with it."""

    cues: tuple[Cue, ...]
    errors: tuple[VttError, ...]


def read(data: bytes) -> Captions:
    """The captions in `data`; cues that can't be read are left out and reported."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Captions((), (VttError(line, "the file is not UTF-8", Fault.FILE),))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", lines[0]):
        return Captions((), (VttError(1, "the first line is not WEBVTT", Fault.FILE),))
    cues: list[Cue] = []
    errors: list[VttError] = []
    for item in _blocks(lines):
        (cues if isinstance(item, Cue) else errors).append(item)  # type: ignore[arg-type]
    errors += _disorder(cues)
    if not cues and not errors:
        errors.append(VttError(1, "there are no captions in the file", Fault.NOTHING))
    return Captions(tuple(cues), tuple(sorted(errors, key=lambda error: error.line)))


def _blocks(lines: list[str]) -> Iterator[Cue | VttError]:
    """Each block between empty lines as a cue or an error; notes, styles and regions are passed over."""
    number = 1
    while number < len(lines):
        start = number
        while number < len(lines) and lines[number].strip():
            number += 1
        block = lines[start:number]
        number += 1
        if block and not block[0].startswith(("NOTE", "STYLE", "REGION")) and start > 1:
            yield _cue(block, start + 1)


def _cue(block: list[str], line: int) -> Cue | VttError:
    if "-->" not in block[0]:  # the cue's own name stands first, and its times come next
        if len(block) == 1:
            return VttError(line, "a caption without times", Fault.TIMES)
        block, line = block[1:], line + 1
        if "-->" not in block[0]:
            return VttError(line, "a caption without times", Fault.TIMES)
    match = _TIMING.match(block[0])
    if not match:
        message = f"the times «{block[0].strip()[:40]}» are not as 00:01.000 --> 00:04.000"
        return VttError(line, message, Fault.TIMES)
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
    if end <= start:
        return VttError(line, "the caption ends before it begins", Fault.ENDS_FIRST)
    text = "\n".join(_TAG.sub("", part) for part in block[1:]).strip()
    return Cue(start, end, text, line) if text else VttError(line, "the caption is empty", Fault.EMPTY)


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(group or 0) for group in groups)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _disorder(cues: list[Cue]) -> Iterator[VttError]:
    for before, after in pairwise(cues):
        if after.start < before.start:
            yield VttError(after.line, "the caption begins before the one above it", Fault.ORDER)
