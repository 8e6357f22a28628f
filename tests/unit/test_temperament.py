"""The LMSs to stand in for: made of the profiles, and understood by the page in the browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kurspakke.findings import UsageError
from kurspakke.lmsfacts import Limits, Window
from kurspakke.profiles import profile, profile_ids
from kurspakke.standin import StandIn
from kurspakke.temperament import LIMITS, character, characters, elsewhere, in_launch, temperament_of

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors" / "temperaments.json"
SCRIPT = (ROOT / "src/runtime/src/lms/temperament.ts").read_text("utf-8")
INTERFACE = SCRIPT.partition("export interface Temperament ")[2]


def test_each_profile_can_be_stood_in_for_and_so_can_its_settings() -> None:
    names = [each.id for each in characters()]
    assert set(profile_ids()) < set(names)
    assert names[0] == "generic"
    assert names.index("moodle-strict") == names.index("moodle") + 1
    assert len(set(names)) == len(names)
    assert len({each.title for each in characters()}) == len(names)


def test_what_is_not_known_is_left_to_the_standard() -> None:
    assert temperament_of(profile("itslearning")) == {}
    assert temperament_of(profile("docebo")) == {"suspend_data": 4096}, (
        "one figure in two places is one too many"
    )
    assert temperament_of(profile("successfactors")) == {"session_minutes": 30}


def test_a_setting_changes_what_it_says_and_nothing_else() -> None:
    lenient, strict = character("moodle").temperament, character("moodle-strict").temperament
    assert (lenient["suspend_data"], strict["suspend_data"]) == (64000, 4096)
    changed = {name for name in strict if lenient[name] != strict[name]}
    assert changed == {"suspend_data", "lesson_location", "student_response", "comments", "name"}


def test_what_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(UsageError, match="no LMS «moodle-strikt»"):
        character("moodle-strikt")
    with pytest.raises(UsageError, match="«moodle» has no setting «strikt»"):
        temperament_of(profile("moodle"), "strikt")


def test_the_page_is_told_who_else_minds() -> None:
    told = in_launch(character("chamilo"))
    assert (told["id"], told["title"]) == ("chamilo", "Chamilo")
    others = told["temperament"]["elsewhere"]
    assert others == elsewhere()
    assert ["Docebo", 4096] in others["suspend_data"]
    assert "ILIAS" in others["types"]
    assert "Chamilo" not in others["types"]
    assert set(others) == {*LIMITS, "types"}
    assert json.loads(json.dumps(told)) == told


def strict() -> dict[str, Any]:
    """What the page takes where nothing is known, by the names it uses."""
    block = re.search(r"export const STRICT: Temperament = \{(.*?)\n\};", SCRIPT, re.DOTALL)
    assert block
    rows = re.findall(r"^  (\w+): (.*),$", block[1], re.MULTILINE)
    return {name: value if value.startswith("{") else json.loads(value) for name, value in rows}


def test_the_page_knows_the_same_names_and_words() -> None:
    page = strict()
    known = set(StandIn.model_fields) | {"opens", "unload", "session_minutes", "elsewhere"}
    assert set(page) == known
    generic = temperament_of(profile("generic"))
    assert {name: page[name] for name in generic} == generic
    for name, field in StandIn.model_fields.items():
        literal = re.search(r"Literal\[([^\]]*)\]", str(field.annotation))
        words = set(re.findall(r"'([^']*)'", literal[1])) if literal else set()
        declared = re.search(rf"(?m)^  readonly {name}: (.+);$", INTERFACE)
        assert set(re.findall(r'"([^"]*)"', declared[1]) if declared else ()) == words, name
        assert not words or page[name] in words
    assert set(Window.model_fields) >= {"opens", "unload"}
    assert "session_minutes" in Limits.model_fields


def test_the_page_is_tested_with_the_same_data() -> None:
    data = {each.id: dict(each.temperament) for each in characters()}
    assert json.loads(VECTORS.read_text("utf-8")) == data
