"""Scores of surveys, by the vectors that the player's own tests use too."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kurspakke.instrument import Instrument
from kurspakke.scoring import Row, result

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "survey.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vectors(case: Mapping[str, Any]) -> None:
    instrument = Instrument.model_validate(case["instrument"])
    steps, dimensions = result(instrument, case["now"], case["ambition"])
    assert as_json(steps) == case["expect"]["steps"]
    assert as_json(dimensions) == case["expect"]["dimensions"]


def as_json(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(row) for row in rows]
