"""Fits a YAML document to a model; what does not fit becomes a `Mismatch` with its keys in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kurspakke.brand import COLOUR, COLOUR_PATTERN, LOGO_PATTERN
from kurspakke.yamltree import Document, Keys, Value

Shape = TypeVar("Shape", bound=BaseModel)
Shape_co = TypeVar("Shape_co", bound=BaseModel, covariant=True)


class MismatchKind(StrEnum):
    """How a value can fail to fit."""

    UNKNOWN_KEY = "unknown key"
    MISSING_KEY = "missing key"
    UNKNOWN_TYPE = "unknown type"
    WRONG_VALUE = "wrong value"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where a document does not fit its model.

    `expected` holds what would have fitted: the known keys or values, or one phrase that describes them.
    """

    kind: MismatchKind
    keys: Keys
    found: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shaped(Generic[Shape_co]):
    """A document beside the value it was fitted to; no value if anything did not fit."""

    document: Document
    value: Shape_co | None
    mismatches: tuple[Mismatch, ...] = ()


def shape(document: Document, model: type[Shape]) -> Shaped[Shape]:
    """The document as a `model`, or all that keeps it from being one."""
    if document.faults:
        return Shaped(document, None)
    try:
        return Shaped(document, model.model_validate(document.value))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return Shaped(document, None, tuple(_mismatches(details, document, model)))


def _mismatches(
    details: list[ErrorDetails], document: Document, model: type[BaseModel]
) -> Iterator[Mismatch]:
    places = [_keys(document.value, detail["loc"]) for detail in details]
    for detail, keys in zip(details, places, strict=True):
        inner = any(other[: len(keys)] == keys and len(other) > len(keys) for other in places)
        if not (
            inner and detail["type"] == "too_short"
        ):  # it is too short only because its items did not fit
            yield _mismatch(detail, keys, model)


def _mismatch(  # noqa: PLR0911 - one for each kind of error
    detail: ErrorDetails, keys: Keys, model: type[BaseModel]
) -> Mismatch:
    context: Mapping[str, Any] = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            known = _fields(model, detail["loc"][:-1])
            return Mismatch(MismatchKind.UNKNOWN_KEY, keys, str(keys[-1]), known)
        case "missing":
            return Mismatch(MismatchKind.MISSING_KEY, keys[:-1], str(keys[-1]), ())
        case "union_tag_not_found":
            if isinstance(detail["input"], Mapping):
                return Mismatch(MismatchKind.MISSING_KEY, keys, "type", ())
            return Mismatch(
                MismatchKind.WRONG_VALUE, keys, _shown(detail["input"]), ("a component (type, id, …)",)
            )
        case "union_tag_invalid":
            return Mismatch(
                MismatchKind.UNKNOWN_TYPE, (*keys, "type"), context["tag"], _quoted(context["expected_tags"])
            )
        case "literal_error":
            return Mismatch(
                MismatchKind.WRONG_VALUE, keys, _shown(detail["input"]), _quoted(context["expected"])
            )
        case _:
            phrase = _phrase(detail, context)
            if detail["type"] in _MODEL_TYPES and (known := _fields(model, detail["loc"])):
                phrase = f"{phrase}: {', '.join(known)}"
            return Mismatch(MismatchKind.WRONG_VALUE, keys, _shown(detail["input"]), (phrase,))


_PATTERNS = {
    "^[a-z][a-z0-9-]*$": "an id: a-z, 0-9 and -, beginning with a letter (no æøå, no capitals, no spaces)",
    "^(nb|nn|en|se)$": "a language: nb (bokmål), nn (nynorsk), en or se",
    "^[0-9]+(\\.[0-9])?$": "a number with one decimal at most, such as 3.5",
    "^[a-z0-9]$": "one character, a-z or 0-9",
    "^[0-9]+\\.[0-9]+\\.[0-9]+$": "three numbers, such as 1.0.0",
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": "a date as YYYY-MM-DD",
    r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$": "a page with its module: module/page",
    r"^[^\s@<>\"]+@[^\s@<>\"]+$": "an e-mail address",
    r"^https?://[^\s<>\"{}|\\^`#?]+/$": "an address: http(s)://…, with / at its end",
    r"^https?://[^\s<>\"]+$": "an http(s) address",
    r"^[a-z0-9]+$": "a file's ending without the dot",
    r"^cmi(\.[a-z_]+)+$": "an element of the data model, such as cmi.core.entry",
    r"^[A-Z][A-Z0-9]{2}-[0-9]{3}$": "a rule's id, such as S12-001",
    r"^[a-z_]+(\.[a-z_]+)?$": "a fact's name, such as limits.scos",
    COLOUR_PATTERN: COLOUR,
    LOGO_PATTERN: "a file in the folder brand/, svg or png: brand/NAME.svg",
}
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false without quotes",
    "decimal_type": "a number without quotes, such as 12 or 12.5",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


_MODEL_TYPES = frozenset({"model_type", "model_attributes_type"})


def _phrase(detail: ErrorDetails, context: Mapping[str, Any]) -> str:
    """What would have fitted, in words."""
    kind = detail["type"]
    if kind in _TYPES:
        return _TYPES[kind]
    if kind == "string_pattern_mismatch":
        return _PATTERNS[context["pattern"]]
    for limit, words in (
        ("min_length", "at least {} of them"),
        ("max_length", "at most {} of them"),
        ("ge", "{} or more"),
        ("le", "{} or less"),
    ):
        if limit in context:
            if kind == "string_too_short":
                return "some text"
            return words.format(context[limit]).replace(
                "of them", "characters" if kind.startswith("string") else "of them"
            )
    return str(detail["msg"])


def _shown(value: Any) -> str:
    """What was found, short enough for a message."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = value[0]  # a scalar that model.py wrapped so that no number could be made of it
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"«{value}»" if len(value) <= 40 else f"«{value[:39]}…»"
    return (
        "keys with values" if isinstance(value, dict) else "a list" if isinstance(value, list) else str(value)
    )


def _quoted(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"'([^']*)'", words))


def _keys(value: Value, loc: tuple[int | str, ...]) -> Keys:
    """`loc` without the parts that pydantic adds (union tags) and the document does not have."""
    keys: list[str | int] = []
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if _is_tag(value, keys, part) and not last:
            continue
        if isinstance(value, dict):
            if part in value:
                value = value[str(part)]
            elif not last:
                continue
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            continue
        keys.append(part)
    return tuple(keys)


def _is_tag(value: Value, keys: list[str | int], part: int | str) -> bool:
    """Whether `part` is the type of the list item at `keys`, and no key of it."""
    item = bool(keys) and isinstance(keys[-1], int)
    return item and isinstance(value, dict) and value.get("type") == part


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that the model at `loc` knows."""
    here = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        if len(here) > 1:  # one of the components: the part is its type
            here = [found for found in here if _tag(found) == part]
        elif here and part in here[0].model_fields:
            here = list(_models(here[0].model_fields[part].annotation))
    return tuple(here[0].model_fields) if here else ()


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("type")
    return get_args(field.annotation)[0] if field else None
