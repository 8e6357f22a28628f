"""Which LMSs mind a breach of a rule, at hand without reading their profiles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "profiles" / "minding.json"
"""Made of the profiles by scripts/minding.py: whoever looks at a package has no time to read them all."""


def minding(rule_id: str) -> tuple[str, ...]:
    """The LMSs of which it is known that they mind a breach of this rule, by the ids of their profiles."""
    return tuple(_known().get(rule_id, ()))


@cache
def _known() -> Mapping[str, list[str]]:
    known: Mapping[str, list[str]] = json.loads(_FILE.read_text("utf-8"))
    return known
