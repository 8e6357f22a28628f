from __future__ import annotations

import pytest
import tincan
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.xapi.instants import instant, milliseconds, written
from kurspakke.xapi.validate import problems
from tests.statements import BROKEN, SOUND, WHOLE, changed


def test_a_statement_with_everything_in_it_is_valid() -> None:
    assert problems(WHOLE) == []


@pytest.mark.parametrize("statement", SOUND)
def test_other_forms_are_valid(statement: object) -> None:
    assert problems(statement) == []


@pytest.mark.parametrize(("path", "value", "where", "word"), BROKEN)
def test_a_fault_is_found_where_it_is(path: str, value: object, where: str, word: str) -> None:
    found = [each for each in problems(changed(path, value)) if each.path == (where or path)]
    assert len(found) == 1
    assert word in found[0].text
    assert found[0].clause.startswith(("2.", "4."))


def test_problems_read_as_sentences() -> None:
    assert [str(each) for each in problems([])] == ["the statement is an array; a statement is an object"]
    (found,) = problems(changed("result.score.scaled", 1.5))
    assert str(found) == "result.score.scaled is 1.5; it goes from -1 to 1"


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
PATHS = sorted({path for path, *_ in BROKEN if path != "Result"} | {"context", "result", "actor.objectType"})


@given(ANY_JSON)
def test_whatever_comes_is_judged(value: object) -> None:
    assert problems(value)


@given(st.sampled_from(PATHS), ANY_JSON)
def test_whatever_stands_in_a_place_is_judged(path: str, value: object) -> None:
    for each in problems(changed(path, value)):
        assert each.text
        assert each.clause


@given(st.integers(0, 253402300799999))
def test_times_are_written_as_they_are_read(moment: int) -> None:
    found = instant(written(moment))
    assert found is not None
    assert milliseconds(found) == moment


def test_what_another_library_makes_is_valid() -> None:
    made = tincan.Statement(
        actor=tincan.Agent(mbox="mailto:kari@kommune.example"),
        verb=tincan.Verb(id="http://adlnet.gov/expapi/verbs/passed", display=tincan.LanguageMap(nb="besto")),
        object=tincan.Activity(
            id="https://kurs.example/1", definition=tincan.ActivityDefinition(name={"nb": "Én"})
        ),
        result=tincan.Result(score=tincan.Score(scaled=0.8), success=True, duration="PT1M30S"),
    )
    assert problems(made.as_version("1.0.3")) == []
