"""What kurspakke's own player knows of a package's content: the ids by which it keeps learners' progress."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kurspakke.htmlpage import Page
from kurspakke.package import Package

DATA = "kurspakke-data"
"""The id of the element with the player's data (templates/document.html.j2)."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question by what a saved answer to it means: `parts` are its letters with their words, `right` the key."""

    type: str
    title: str
    parts: Mapping[str, str]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Player:
    """The content as the player has it.

    `state` is the number of the data's form, `version` the course's, `pages` their titles by id, `surveys` the
    statements of each survey by its id. `rules` says by words of module.yaml when each module is done. `unit` is what
    `activity` is about, `course_activity` what the whole `course` is called in this version of it; "" where not told.
    """

    state: int
    version: str
    language: str
    activity: str
    unit: str
    course: str
    course_activity: str
    pages: Mapping[str, str]
    questions: Mapping[str, Question]
    banks: Mapping[str, frozenset[str]]
    surveys: Mapping[str, str]
    rules: Mapping[str, str]


def player_of(package: Package) -> Player | None:
    """The data of all documents of the package; None where there are none, or where they are damaged."""
    data = [found for page in package.pages.values() for found in _data(page)]
    try:
        return _player(data) if data else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _data(page: Page) -> Iterator[Any]:
    for script in page.all("script"):
        if script.get("id") == DATA:
            try:
                yield json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue


def _player(documents: list[Any]) -> Player:
    modules = [module for document in documents for module in document["modules"]]
    assessments = [each for module in modules for each in module.get("assessments", ())]
    questions = [*(each for module in modules for each in module["questions"])]
    banked = [each for assessment in assessments for each in assessment["bank"]]
    surveys = [pair for document in documents for pair in document.get("surveys", {}).items()]
    first = documents[0]
    return Player(
        state=int(first["v"]),
        version=str(first["course"]["version"]),
        language=str(first["lang"]),
        activity=str(first["unit"]["activity"]),
        unit=str(first["unit"].get("id", "")),
        course=str(first["course"].get("id", "")),
        course_activity=str(first["course"].get("activity", "")),
        pages={str(page["id"]): str(page["title"]) for module in modules for page in module["pages"]},
        questions={str(each["id"]): _question(each) for each in (*questions, *banked)},
        banks={str(each["id"]): frozenset(str(one["id"]) for one in each["bank"]) for each in assessments},
        surveys={str(name): json.dumps(scoring, sort_keys=True) for name, scoring in surveys},
        rules=dict(_rules(modules, assessments)),
    )


def _question(plain: Mapping[str, Any]) -> Question:
    parts = {str(part["id"]): str(part["text"]) for part in plain["choices"]}
    parts |= {f"→{part['id']}": str(part["text"]) for part in plain.get("targets", ())}
    return Question(
        str(plain["type"]), str(plain["title"]), parts, tuple(str(each) for each in plain["correct"])
    )


def _rules(modules: Iterable[Any], assessments: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for module in modules:
        yield f"{module['id']}: require", ", ".join(map(str, module["require"]))
        yield f"{module['id']}: mastery", _percent(module["mastery"])
    for assessment in assessments:
        for name in ("draw", "attempts"):
            yield f"{assessment['id']}: {name}", str(assessment[name])
        yield f"{assessment['id']}: pass", _percent(assessment["pass"])


def _percent(part: float | None) -> str:
    return "none" if part is None else f"{part:.0%}"
