"""An answer of the LRS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kurspakke.lrs import jsontext
from kurspakke.lrs.refusal import RefusalError


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and body."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def in_json(value: object, headers: Mapping[str, str] | None = None) -> Reply:
    """200 with a value in JSON."""
    return Reply(
        200, jsontext.written(value).encode("utf-8"), {"Content-Type": "application/json", **(headers or {})}
    )


def refused(error: RefusalError) -> Reply:
    """What is wrong, in words and for programs."""
    problems = [
        {"where": each.path, "text": each.text, "clause": f"xAPI 1.0.3, part two, {each.clause}"}
        for each in error.problems
    ]
    body = {"error": str(error), **({"problems": problems} if problems else {})}
    text = jsontext.written(body).encode("utf-8", "backslashreplace")
    return Reply(error.status, text, {"Content-Type": "application/json"})
