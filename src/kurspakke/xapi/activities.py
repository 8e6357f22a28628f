"""What statements are about: activities and their definitions (xAPI 1.0.3, part two, 2.4.4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.xapi import values
from kurspakke.xapi.form import Form, fits
from kurspakke.xapi.problem import Problem, within

_CLAUSE = "2.4.4.1"
INTERACTIONS = frozenset(
    {
        *("true-false", "choice", "fill-in", "long-fill-in", "matching"),
        *("performance", "sequencing", "likert", "numeric", "other"),
    }
)
_COMPONENTS = {
    "choices": {"choice", "sequencing"},
    "scale": {"likert"},
    "source": {"matching"},
    "target": {"matching"},
    "steps": {"performance"},
}
_COMPONENT = Form(
    "an interaction component", _CLAUSE, {"id": values.text, "description": values.language_map}, ("id",)
)


def _component(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_COMPONENT, value, path)


def _components(value: object, path: str) -> Iterator[Problem]:
    yield from values.array_of(_component, _CLAUSE)(value, path)
    if isinstance(value, list):
        ids = [inner["id"] for inner in value if isinstance(inner, dict) and isinstance(inner.get("id"), str)]
        for twice in sorted({name for name in ids if ids.count(name) > 1} if len(ids) < 1000 else ()):
            yield Problem(path, f"has two components with the id {twice!r}", _CLAUSE)


_DEFINITION = Form(
    "an activity's definition",
    _CLAUSE,
    {
        "name": values.language_map,
        "description": values.language_map,
        "type": values.iri,
        "moreInfo": values.iri,
        "extensions": values.extensions,
        "interactionType": values.one_of(INTERACTIONS, _CLAUSE),
        "correctResponsesPattern": values.array_of(values.text, _CLAUSE),
        **dict.fromkeys(_COMPONENTS, _components),
    },
)


def _definition(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_DEFINITION, value, path)
    if not isinstance(value, dict):
        return
    interaction = value.get("interactionType")
    asked = [name for name in ("correctResponsesPattern", *_COMPONENTS) if name in value]
    if asked and "interactionType" not in value:
        yield Problem(within(path, "interactionType"), f"is missing, though there is {asked[0]}", _CLAUSE)
    elif isinstance(interaction, str) and interaction in INTERACTIONS:
        for name in asked:
            if interaction not in _COMPONENTS.get(name, INTERACTIONS):
                yield Problem(
                    within(path, name), f"does not belong to the interaction {interaction}", _CLAUSE
                )


_ACTIVITY = Form(
    "an Activity",
    _CLAUSE,
    {
        "objectType": values.one_of({"Activity"}, _CLAUSE),
        "id": values.iri,
        "definition": _definition,
    },
    ("id",),
)


def activity(value: object, path: str) -> Iterator[Problem]:
    """An Activity, with its definition or without."""
    yield from fits(_ACTIVITY, value, path)
