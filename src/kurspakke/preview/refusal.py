"""What a build would refuse with a word, as a finding that can be shown where the course would be."""

from __future__ import annotations

import re
from pathlib import Path

from kurspakke.findings import Finding, KurspakkeError, Location
from kurspakke.rules.building import BUILD_REFUSED

_PLACE = re.compile(r"(?P<path>[^\n]+?):(?P<line>[0-9]+|\?): (?P<message>.*)", re.DOTALL)


def refusal(error: KurspakkeError, origin: Path) -> Finding:
    """The finding for an `error` that reading or making raised; at `origin` where it names no line of a file."""
    found = _PLACE.fullmatch(error.message)
    if not found:
        return Finding(BUILD_REFUSED, error.message, error.hint, Location(origin.as_posix()))
    line = int(found["line"]) if found["line"] != "?" else 0
    return Finding(BUILD_REFUSED, found["message"], error.hint, Location(found["path"], line))


def unreadable(error: OSError) -> KurspakkeError:
    """What went away while it was being read, or may not be read, in words."""
    return KurspakkeError(f"{error.filename}: {error.strerror}", "see that it is there and may be read")
