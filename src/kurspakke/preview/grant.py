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
    """The bearer uses `space` only. `authority` vouches for its statements, `label` is the launch's id."""

    space: str
    authority: Mapping[str, Any]
    label: str
