"""The texts of the player's interface: a file per language, all with the same keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

FALLBACK = "nb"


@cache
def words(language: str) -> Mapping[str, str]:
    """The interface's texts in `language`; Northern Sámi falls back to Bokmål where a word is not confirmed."""
    own: dict[str, str] = json.loads((resources.files(__name__) / f"{language}.json").read_text("utf-8"))
    return own if language == FALLBACK else {**words(FALLBACK), **own}
