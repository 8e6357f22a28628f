"""What learners' saved progress hangs on: each change in a course of ours, built and compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kurspakke.comparison.change import Effect
from kurspakke.comparison.compare import Comparison, compare
from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from tests.packages import base

CHOICE = {
    "id": "post.sporsmal",
    "key": "abc",
    "page": "post.en",
    "type": "choice",
    "title": "Hva?",
    "choices": [{"id": "a", "text": "Ja"}, {"id": "b", "text": "Nei"}, {"id": "c", "text": "Kanskje"}],
    "correct": ["a"],
}


def island() -> dict[str, Any]:
    pages = [{"id": f"post.{name}", "key": name, "title": name, "minutes": 1} for name in ("en", "to")]
    prove = {"id": "post.prove", "bank": [dict(CHOICE, id="post.p1")], "draw": 1, "attempts": 2, "pass": 0.8}
    module = {
        "id": "post",
        "require": ["pages"],
        "mastery": None,
        "pages": pages,
        "questions": [CHOICE],
        "assessments": [prove],
    }
    return {
        "v": 1,
        "lang": "nb",
        "unit": {"activity": "https://x.example/post"},
        "course": {"version": "1.2.0"},
        "modules": [module],
        "surveys": {"post.kart": {"items": 3}},
    }


def package(data: dict[str, Any]) -> Package:
    block = f'<script type="application/json" id="kurspakke-data">{json.dumps(data)}</script></body>'
    tree = dict(base("scorm12"))
    tree["index.html"] = File(tree["index.html"].read().replace(b"</body>", block.encode()))
    return Package("course.zip", FileTree(tree))


def after(change: Callable[[dict[str, Any]], object]) -> Comparison:
    data = json.loads(json.dumps(island()))
    change(data)
    return compare(package(island()), package(data))


def module(data: dict[str, Any]) -> Any:
    return data["modules"][0]


def question(data: dict[str, Any]) -> Any:
    return module(data)["questions"][0]


def exchange(data: dict[str, Any]) -> None:
    first, second, _ = question(data)["choices"]
    first["text"], second["text"] = second["text"], first["text"]


@pytest.mark.parametrize(
    ("change", "kind", "effect"),
    [
        (lambda data: data.update(v=0), "state-older", Effect.LOSES),
        (lambda data: data["course"].update(version="1.1.9"), "version-older", Effect.CHANGES),
        (lambda data: data.update(lang="nn"), "language-changed", Effect.CHANGES),
        (lambda data: data["unit"].update(activity="https://x.example/p"), "activity-changed", Effect.LOSES),
        (lambda data: module(data)["pages"].pop(), "page-gone", Effect.CHANGES),
        (
            lambda data: module(data)["pages"].append({"id": "post.tre", "title": "3"}),
            "page-added",
            Effect.CHANGES,
        ),
        (lambda data: module(data)["pages"].reverse(), "pages-moved", Effect.HARMLESS),
        (lambda data: module(data)["questions"].clear(), "question-gone", Effect.CHANGES),
        (
            lambda data: module(data)["questions"].append(dict(CHOICE, id="post.ny")),
            "question-added",
            Effect.CHANGES,
        ),
        (lambda data: question(data).update(type="sequencing"), "question-type-changed", Effect.LOSES),
        (exchange, "options-exchanged", Effect.LOSES),
        (lambda data: question(data)["choices"].pop(), "options-gone", Effect.CHANGES),
        (lambda data: question(data).update(correct=["b"]), "key-changed", Effect.CHANGES),
        (
            lambda data: data["surveys"].update({"post.kart": {"items": 4}}),
            "survey-scoring-changed",
            Effect.CHANGES,
        ),
        (lambda data: module(data).update(require=["questions"]), "completion-rule-changed", Effect.CHANGES),
        (lambda data: module(data).update(mastery=0.8), "completion-rule-changed", Effect.CHANGES),
        (
            lambda data: module(data)["assessments"][0].update(draw=2),
            "completion-rule-changed",
            Effect.CHANGES,
        ),
        (
            lambda data: module(data)["assessments"][0]["bank"].clear(),
            "question-gone",
            Effect.CHANGES,
        ),
    ],
)
def test_a_change_in_the_content(
    change: Callable[[dict[str, Any]], object], kind: str, effect: Effect
) -> None:
    told = after(change)
    ours = {each.kind: each.effect for each in told.changes if not each.kind.startswith("file-")}
    assert ours == {kind: effect}
    assert told.is_safe == (effect is not Effect.LOSES)


def test_new_words_for_an_option_are_harmless() -> None:
    told = after(lambda data: question(data)["choices"][0].update(text="Ja, helt sikkert"))
    assert {change.kind for change in told.changes} == {"file-changed"}
    assert told.is_safe


def test_another_player_can_not_read_what_was_saved() -> None:
    told = compare(package(island()), Package("course.zip", base("scorm12")))
    assert "player-changed" in {change.kind for change in told.changes}
    assert not told.is_safe


@pytest.mark.parametrize(
    "damage", ["null", "[]", '{"v": 1}', '{"v": "x", "modules": 3}', "{", '{"modules": [{}]}']
)
def test_damaged_data_is_taken_for_content_by_others(damage: str) -> None:
    tree = dict(base("scorm12"))
    block = f'<script type="application/json" id="kurspakke-data">{damage}</script></body>'
    tree["index.html"] = File(tree["index.html"].read().replace(b"</body>", block.encode()))
    told = compare(Package("course.zip", base("scorm12")), Package("course.zip", FileTree(tree)))
    assert "player-unknown" in {change.kind for change in told.changes}
