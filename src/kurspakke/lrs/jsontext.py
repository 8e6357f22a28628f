"""JSON as xAPI takes it: UTF-8, nothing twice, nothing that other programs can't read."""

from __future__ import annotations

import json
from typing import Any, NoReturn

DEEPEST = 100
"""So many objects and arrays may lie in each other; statements of people need a dozen."""


def parsed(data: bytes) -> Any:
    """The value that `data` holds.

    Raises:
        ValueError: it is no JSON, or is such that receivers would differ about it. The message says what it is.
    """
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
    except UnicodeDecodeError:
        raise ValueError("it is not encoded as UTF-8") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    if _is_deeper(value, DEEPEST):
        raise ValueError(f"it is nested deeper than {DEEPEST} levels")
    if "\\ud" in text.lower():
        _no_halves(value)
    return value


def written(value: object) -> str:
    """`value` as JSON, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {twice!r} is there twice")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{digits[:30]} is too large a number")
    return number


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether more than `levels` objects and arrays lie in each other, found layer by layer."""
    layer = [value]
    for _ in range(levels):
        layer = [
            inner
            for outer in layer
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return any(isinstance(each, dict | list) for each in layer)


def _no_halves(value: Any) -> None:
    try:
        written(value).encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("it has half a character (a lone surrogate)") from None
