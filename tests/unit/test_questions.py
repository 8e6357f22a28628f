"""Questions as authors write them and as the runtime is told of them; shared with the runtime's own tests."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from kurspakke.components import AnyComponent
from kurspakke.components.fill_in import FillIn
from kurspakke.components.numeric import Numeric
from kurspakke.components.sequencing import Sequencing
from kurspakke.course import Page
from kurspakke.shape import shape
from kurspakke.state import TYPED, longest_answer, typed
from kurspakke.yamltree import read

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "questions.json").read_text("utf-8")
)["questions"]
COMPONENT: TypeAdapter[Any] = TypeAdapter(AnyComponent)


def numbers(written: dict[str, Any]) -> dict[str, Any]:
    """A component of the vectors, its numbers as the source reader gives them."""
    names = {"answer", "tolerance", "min", "max", "x", "y", "width", "height"}
    return {
        key: [numbers(item) for item in value]
        if isinstance(value, list) and isinstance(value[0], dict)
        else Decimal(value)
        if key in names and isinstance(value, str)
        else tuple(value)
        if isinstance(value, list)
        else value
        for key, value in written.items()
    }


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_what_the_runtime_is_told(vector: dict[str, Any]) -> None:
    interaction = COMPONENT.validate_python(numbers(vector["component"])).interaction()
    expected = vector["question"]
    if expected is None:
        assert interaction is None
        return
    assert interaction.type == expected["type"]
    assert interaction.title == expected["title"]
    assert [{"id": key, "text": text} for key, text in interaction.choices] == expected["choices"]
    assert list(interaction.correct) == expected["correct"]
    assert [{"id": key, "text": text} for key, text in interaction.targets] == expected.get("targets", [])
    assert interaction.exact is expected.get("exact", False)
    assert longest_answer(interaction) == vector["room"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_how_a_typed_answer_is_spelt_in_the_state(vector: dict[str, Any]) -> None:
    if vector["component"]["type"] == "fill-in":
        for (text,), spelt in vector["kept"]:
            assert typed(text) == spelt


def test_what_is_typed_takes_no_more_room_than_is_promised() -> None:
    assert len(typed("x" * TYPED)) == TYPED
    assert typed("  to \n ord ") == "to_ord"


def test_items_are_mixed_and_never_in_their_right_order() -> None:
    for count in range(2, 8):
        for number in range(40):
            items = tuple({"id": chr(97 + at), "text": str(at)} for at in range(count))
            question = Sequencing.model_validate(
                {"type": "sequencing", "id": f"a{number}", "prompt": "?", "items": items}
            )
            assert question.mixed != question.items
            assert sorted(item.id for item in question.mixed) == [item.id for item in question.items]


@pytest.mark.parametrize(
    ("fields", "solution"),
    [
        ({"answer": "12.50"}, "12.5"),
        ({"answer": "100"}, "100"),
        ({"answer": "-0"}, "0"),
        ({"answer": "2", "tolerance": "0.5"}, "2 ± 0.5"),
        ({"min": "1", "max": "3"}, "1–3"),
        ({"min": "1"}, "≥ 1"),
        ({"max": "-2.5"}, "≤ -2.5"),
    ],
)
def test_a_right_number_in_signs(fields: dict[str, str], solution: str) -> None:
    values = {key: Decimal(value) for key, value in fields.items()}
    question = Numeric.model_validate({"type": "numeric", "id": "a", "prompt": "?", **values})
    assert question.solution == solution


@pytest.mark.parametrize("number", ["'2'", "2,5", "1e3", ".5", "1234567890123", "0.1234567", "yes", "--1"])
def test_what_is_no_number(number: str) -> None:
    component = f"  - type: numeric\n    id: b\n    prompt: C\n    answer: {number}\n"
    text = f"id: a\ntitle: A\ncomponents:\n{component}"
    (mismatch,) = shape(read(text.encode(), "a.yaml"), Page).mismatches
    assert mismatch.keys == ("components", 0, "answer")
    assert mismatch.expected == ("a number without quotes, such as 12 or 12.5",)


def test_how_typed_answers_are_compared() -> None:
    loose = FillIn(type="fill-in", id="a", prompt="?", accepted=("a",))
    assert loose.interaction().exact is False
    assert "LMS" in (FillIn.__doc__ or "")
