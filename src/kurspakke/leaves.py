"""Walks over a model: every text, media file and part in it, with its kind and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from kurspakke.model import Kind
from kurspakke.yamltree import Keys

SomeModel = TypeVar("SomeModel", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text or file name in a model: its keys from the model down, and what kind of text it is."""

    keys: Keys
    kind: Kind
    text: str


def leaves(model: BaseModel, keys: Keys = ()) -> Iterator[Leaf]:
    """Every text and media file in `model`, in the order of the fields."""
    for name, kind in _kinds(type(model)):
        yield from _leaves(getattr(model, name), kind, (*keys, name))


def _leaves(value: Any, kind: Kind | None, keys: Keys) -> Iterator[Leaf]:
    if isinstance(value, BaseModel):
        yield from leaves(value, keys)
    elif isinstance(value, str):
        if kind:
            yield Leaf(keys, kind, value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, kind, (*keys, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, kind, (*keys, key))


def parts(model: BaseModel, kind: type[SomeModel], keys: Keys = ()) -> Iterator[tuple[Keys, SomeModel]]:
    """Every part of `model` that is a `kind`, the model itself included, each with its keys.

    A component inside a component is no part of it here: it is looked at by itself.
    """
    if isinstance(model, kind):
        yield keys, model
    for name, _ in _kinds(type(model)):
        value = getattr(model, name) if name != getattr(model, "PARTS", "") else ()
        if isinstance(value, BaseModel):
            yield from parts(value, kind, (*keys, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from parts(item, kind, (*keys, name, index))


def replaced(model: SomeModel, change: Callable[[Leaf], str], keys: Keys = ()) -> SomeModel:
    """`model` with each leaf's text replaced by what `change` makes of it; the same object if nothing changed."""
    updates = {}
    for name, kind in _kinds(type(model)):
        old = getattr(model, name)
        new = _replaced(old, kind, change, (*keys, name))
        if new is not old:
            updates[name] = new
    return model.model_copy(update=updates) if updates else model


def _replaced(value: Any, kind: Kind | None, change: Callable[[Leaf], str], keys: Keys) -> Any:
    if isinstance(value, BaseModel):
        return replaced(value, change, keys)
    if isinstance(value, str):
        new = change(Leaf(keys, kind, value)) if kind else value
        return value if new == value else new
    if isinstance(value, tuple):
        items = tuple(_replaced(item, kind, change, (*keys, index)) for index, item in enumerate(value))
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    if isinstance(value, Mapping):
        return {key: _replaced(item, kind, change, (*keys, key)) for key, item in value.items()}
    return value


@cache
def _kinds(model: type[BaseModel]) -> tuple[tuple[str, Kind | None], ...]:
    """The fields that hold texts or further models, each with the kind of its texts."""
    found = []
    for name, field in model.model_fields.items():
        kind = next((extra for extra in field.metadata if isinstance(extra, Kind)), None) or _kind(
            field.annotation
        )
        if kind or _holds_models(field.annotation):
            found.append((name, kind))
    return tuple(found)


def _kind(annotation: Any) -> Kind | None:
    """The kind written anywhere in a type, such as `tuple[Inline, ...]` or `Inline | None`."""
    if get_origin(annotation) is Annotated:
        for extra in annotation.__metadata__:
            if isinstance(extra, Kind):
                return extra
    return next((kind for part in get_args(annotation) if (kind := _kind(part))), None)


def _holds_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_holds_models(part) for part in get_args(annotation))
