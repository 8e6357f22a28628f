"""Assessments: what the runtime is told, what is kept of them, and who meets which questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kurspakke.components.assessment import Assessment
from kurspakke.course import Course
from kurspakke.editions import localise
from kurspakke.island import island
from kurspakke.keys import key_of, tracked_names
from kurspakke.leaves import leaves
from kurspakke.sourcereader import read_source
from kurspakke.state import longest_state, longest_state_of
from kurspakke.texts import texts
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from tests.courses import BASE, copy, edit, findings

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
WORST: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "state.json").read_text("utf-8")
)["worst"]
BANK = """
  - type: assessment
    id: prove
    title: Kan du posten?
    draw: 2
    bank:
      - {type: true-false, id: gul, statement: Postkassen er gul., answer: false}
      - {type: fill-in, id: farge, prompt: Hvilken farge har den?, accepted: [Rød], show_for: [leder]}
      - {type: true-false, id: rund, statement: Postkassen er rund., answer: false, show_for: [alle]}
      - {type: true-false, id: stor, statement: Postkassen er stor., answer: true, show_for: [alle]}
"""


@pytest.fixture(scope="module")
def course() -> Course:
    course = read_source(GOLDEN).course
    assert course
    return course


def with_bank(tmp_path: Path, draw: int) -> Path:
    made = copy(BASE, tmp_path / "course")
    page = made / "modules/post/pages/boks.yaml"
    page.write_text(page.read_text() + BANK)
    edit(page, "draw: 2", f"draw: {draw}")
    return made


def test_what_the_runtime_is_told(course: Course) -> None:
    unit = Unit(course, course.modules[1:], Variant("nb"), combined=False)
    (module,) = json.loads(island(unit, unit.modules, "web", {}, {}))["modules"]
    assert [question["id"] for question in module["questions"]] == ["takk.ove"]
    (told,) = module["assessments"]
    bank = told.pop("bank")
    assert told == {
        "id": "takk.prove",
        "key": key_of("takk.prove"),
        "page": "takk.huske",
        "title": "Kan du takke?",
        "draw": 4,
        "shuffle": True,
        "shuffle_options": True,
        "attempts": 3,
        "pass": None,
        "review": "after-attempt",
    }
    assert [question["type"] for question in bank] == [
        "choice",
        "choice",
        "true-false",
        "fill-in",
        "numeric",
        "matching",
        "sequencing",
        "choice",
    ]
    assert {question["page"] for question in bank} == {"takk.huske"}
    other = json.loads(
        island(
            Unit(course, course.modules[:1], Variant("nb"), combined=False), course.modules[:1], "web", {}, {}
        )
    )
    assert "assessments" not in other["modules"][0]


def test_bank_and_assessment_have_keys(course: Course) -> None:
    names = list(tracked_names(course.modules[1:]))
    assert {"takk.prove", "takk.porto", "takk.sprekk", "takk.ove"} <= set(names)
    assert len(names) == len(set(names))


def test_of_a_bank_only_the_longest_answers_of_one_attempt_need_room(course: Course) -> None:
    # fill-in 80, numeric 20, matching 4, and one of those with 3 options; beside them the question on the page
    assert longest_state_of(course.modules[1:]) == longest_state(
        2, [80, 20, 4, 3, 1], ["takk"], assessments=1
    )


@pytest.mark.parametrize("worst", WORST, ids=lambda worst: f"{worst['pages']} pages")
def test_the_longest_state_is_as_long_as_the_runtime_says(worst: dict[str, Any]) -> None:
    assessments = worst.get("assessments", 0)
    assert longest_state(worst["pages"], worst["options"], worst["modules"], assessments) == worst["length"]


def test_every_text_of_a_bank_is_translated_under_the_authors_ids(course: Course) -> None:
    found = {text.id: text.text for text in texts(course)}
    assert found["takk/huske#prove.bank.porto.options.a.feedback"] == "Ja."
    assert found["takk/huske#prove.results.mer.text"] == "Les *én* gang til."


def test_media_of_a_bank_go_into_the_package(course: Course) -> None:
    (test,) = [item for item in course.modules[1].components() if isinstance(item, Assessment)]
    assert [leaf.text for leaf in leaves(test) if leaf.kind.is_media] == ["postkasse.svg"]


def test_an_audience_meets_its_own_questions(tmp_path: Path) -> None:
    course = read_source(with_bank(tmp_path, 2)).course
    assert course
    for audience, met in (("alle", ["gul", "rund", "stor"]), ("leder", ["gul", "farge"])):
        localised = localise(course, Variant("nb", audience), None)
        (test,) = [item for item in localised.modules[0].components() if isinstance(item, Assessment)]
        assert [question.id for question in test.bank] == met
        assert test.asked == 2


def test_each_audience_has_enough_questions(tmp_path: Path) -> None:
    (found,) = findings(with_bank(tmp_path, 3))
    assert found.rule.name == "draw-larger-than-bank"
    assert "«leder»" in found.message


def test_questions_of_a_bank_are_held_to_the_rules_of_questions(tmp_path: Path) -> None:
    made = with_bank(tmp_path, 2)
    edit(made / "modules/post/pages/boks.yaml", "accepted: [Rød]", "accepted: [Rød, rød]")
    edit(made / "modules/post/pages/boks.yaml", "id: gul", "id: merk")
    edit(made / "modules/post/pages/boks.yaml", "show_for: [leder]", "show_for: [leder, ledere]")
    assert sorted(finding.rule.name for finding in findings(made)) == [
        "accepted-answer",
        "id-used-twice",
        "unknown-audience",
    ]
