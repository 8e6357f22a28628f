"""The data block in a package's page: what the runtime must know of the course, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kurspakke import __version__
from kurspakke.components import Component
from kurspakke.components.assessment import Assessment
from kurspakke.components.survey import Survey
from kurspakke.course import Module, Page
from kurspakke.instrument import scoring_data
from kurspakke.keys import key_of
from kurspakke.privacy import room_for_notes
from kurspakke.profiles import differing
from kurspakke.unit import Unit
from kurspakke.webvtt import Cue

_FOR_TEMPLATES = ("privacy_", "coordinator", "edition_")
"""Texts that begin so stand in the document already; the player says none of them."""


def island(
    unit: Unit,
    modules: Sequence[Module],
    format_name: str,
    words: Mapping[str, str],
    captions: Mapping[str, Sequence[Cue]],
) -> str:
    """The JSON for one document of a package, safe inside a `<script type="application/json">`.

    `modules` are those the document holds; a document of one module reports for that module alone.
    """
    alone = modules[0] if len(modules) == 1 and not (unit.combined and len(unit.modules) == 1) else None
    data: dict[str, Any] = {
        "v": 1,
        "format": format_name,
        "lang": unit.variant.language,
        "tool": f"kurspakke {__version__}",
        "unit": {
            "id": alone.id if alone else unit.id,
            "title": alone.title if alone else unit.title,
            "activity": unit.activity_of(alone),
        },
        "course": {
            "id": unit.course.id,
            "title": unit.course.head.title,
            "version": unit.course.head.version,
            "activity": unit.activity_of(None),
        },
        "modules": [_module(unit, module) for module in modules],
        "captions": {
            name: [[cue.start, cue.end, cue.text] for cue in cues] for name, cues in captions.items()
        },
        "words": {key: text for key, text in words.items() if not key.startswith(_FOR_TEMPLATES)},
    }
    lms = unit.course.lms if format_name == "scorm12" else None
    if lms and (reporting := differing(lms.tracked)):
        data["reporting"] = reporting
    room = room_for_notes(modules, format_name)
    if room is not None:
        data["room"] = room
    if surveys := _surveys(unit, modules):
        data["surveys"] = surveys
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _module(unit: Unit, module: Module) -> dict[str, Any]:
    mastery = module.head.mastery_score
    assessments = [
        _assessment(module, page, component)
        for page in module.pages
        for component in page.components
        if isinstance(component, Assessment)
    ]
    return {
        "id": module.id,
        "title": module.title,
        "activity": unit.activity_of(module),
        "minutes": module.head.minutes,
        "require": list(module.head.completion.require),
        "mastery": mastery / 100 if mastery is not None else None,
        **({"in_order": True} if module.head.navigation == "in-order" else {}),
        "pages": [_page(module, page) for page in module.pages],
        "questions": [
            question
            for page in module.pages
            for component in page.components
            if component.kept is None
            for question in _questions(module, page, component)
        ],
        **({"assessments": assessments} if assessments else {}),
    }


def _surveys(unit: Unit, modules: Sequence[Module]) -> dict[str, Any]:
    """What the player needs to score each survey of the document."""
    return {
        f"{module.id}.{component.id}": scoring_data(instrument)
        for module in modules
        for component in module.components()
        if isinstance(component, Survey)
        if (instrument := unit.course.instrument(component.instrument))
    }


def _page(module: Module, page: Page) -> dict[str, Any]:
    name = f"{module.id}.{page.id}"
    return {"id": name, "key": key_of(name), "title": page.title, "minutes": page.minutes}


def _questions(module: Module, page: Page, component: Component) -> list[dict[str, Any]]:
    questions = []
    for own, interaction in component.interactions():
        name = f"{module.id}.{own}"
        questions.append(
            {
                "id": name,
                "key": key_of(name),
                "page": f"{module.id}.{page.id}",
                "type": interaction.type,
                "title": interaction.title,
                "choices": _parts(interaction.choices),
                "correct": list(interaction.correct),
                **({"targets": _parts(interaction.targets)} if interaction.targets else {}),
                **({"exact": True} if interaction.exact else {}),
            }
        )
    return questions


def _assessment(module: Module, page: Page, component: Assessment) -> dict[str, Any]:
    """An assessment as the player plays it; what it says stands on the page."""
    name = f"{module.id}.{component.id}"
    return {
        "id": name,
        "key": key_of(name),
        "page": f"{module.id}.{page.id}",
        "title": component.title,
        "draw": component.asked,
        "shuffle": component.shuffle,
        "shuffle_options": component.shuffle_options,
        "attempts": component.attempts,
        "pass": component.pass_mark / 100 if component.pass_mark is not None else None,
        "review": component.review,
        "bank": _questions(module, page, component),
    }


def _parts(parts: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": letter, "text": text} for letter, text in parts]
