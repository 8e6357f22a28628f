"""The words of a release's pages: bokmål and nynorsk, both with the same keys and the same gaps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("nb", "nn")
"""What pages are written in; the first one is what the release begins with."""


@cache
def release_words(language: str) -> Mapping[str, str]:
    """The words in `language`, or in bokmål where it is none of the two."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    texts: dict[str, str] = json.loads((resources.files(__name__) / f"{name}.json").read_text("utf-8"))
    return texts
