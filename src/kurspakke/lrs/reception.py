"""What the store adds to a statement that it takes (xAPI 1.0.3, part two, 2.4)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from kurspakke.xapi.instants import written

VERSION = "1.0.0"
"""The version of a statement that names none (2.4.10)."""


def received(statement: Mapping[str, Any], authority: Mapping[str, object], stored: int) -> dict[str, Any]:
    """The statement as it is kept: with id, times, version and the authority of whoever sent it.

    An authority that was sent is not kept: nobody but the credentials tells who sent it (2.4.9). `stored` is in
    milliseconds since 1970.
    """
    when = written(stored)
    return {
        "id": str(uuid.uuid4()),
        "timestamp": when,
        "version": VERSION,
        **_with_lists(statement),
        "stored": when,
        "authority": dict(authority),
    }


def _with_lists(statement: Mapping[str, Any]) -> dict[str, Any]:
    """With every kind of context activities as an array (2.4.6.2)."""
    parts = dict(statement)
    if several := parts.get("context", {}).get("contextActivities"):
        lists = {name: value if isinstance(value, list) else [value] for name, value in several.items()}
        parts["context"] = {**parts["context"], "contextActivities": lists}
    if parts["object"].get("objectType") == "SubStatement":
        parts["object"] = _with_lists(parts["object"])
    return parts
