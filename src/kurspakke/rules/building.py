"""What a build refuses, as a rule: the preview shows it where the course would be. `validate` tells none of it."""

from __future__ import annotations

from kurspakke.findings import Rule, Severity

BUILD_REFUSED = Rule(
    "BLD-001",
    "build-refused",
    Severity.ERROR,
    "",
    """A template fails, or a file can't be read: no package can be made.

The place is the template's line where that is known, or the course's folder. `kurspakke build` stops there with
the same words; `kurspakke preview` goes on showing the last version that could be made, until this is mended.""",
)

BUILDING = (BUILD_REFUSED,)
"""All rules of this kind."""
