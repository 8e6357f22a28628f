"""What a launch may do at the LRS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kurspakke.preview.sessions import ISSUER

AUTHORITY: Mapping[str, Any] = {
    "objectType": "Agent",
    "name": "kurspakke preview",
    "account": {"homePage": ISSUER, "name": "lms"},
}
"""The preview as the one who vouches for statements (xAPI 1.0.3, part two, 2.4.9)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The bearer reads and writes in `space` only. `agent` becomes the authority, `label` is for people to read.

    `session` is the launch that it belongs to, `registration` the enrolment.
    """

    space: str
    agent: Mapping[str, Any]
    label: str
    session: str
    registration: str
