from __future__ import annotations

import copy
from typing import Any

import pytest
import tincan
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.xapi.instants import instant, milliseconds, written
from kurspakke.xapi.validate import problems

WHOLE: dict[str, Any] = {
    "id": "d8cfd9ea-3b14-4d0e-9a8f-17a1f22b9f4c",
    "actor": {"objectType": "Agent", "mbox": "mailto:kari@kommune.example", "name": "Kari Ødegård"},
    "verb": {
        "id": "http://adlnet.gov/expapi/verbs/answered",
        "display": {"nb": "svarte på", "en-US": "answered"},
    },
    "object": {
        "objectType": "Activity",
        "id": "https://kurs.example/spørsmål/1",
        "definition": {
            "name": {"nb": "Hva er kunstig intelligens?"},
            "description": {"nn": "Vel det som høver"},
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "moreInfo": "https://kurs.example/om",
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]b"],
            "choices": [{"id": "a", "description": {"nb": "A"}}, {"id": "b"}],
            "extensions": {"https://kurs.example/x": None},
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": False,
        "response": "a",
        "duration": "PT1M30.5S",
        "extensions": {},
    },
    "context": {
        "registration": "D8CFD9EA-3B14-4D0E-9A8F-17A1F22B9F4C",
        "instructor": {"objectType": "Group", "member": [{"openid": "https://id.example/ola"}]},
        "team": {"objectType": "Group", "account": {"homePage": "https://kommune.example", "name": "IT"}},
        "contextActivities": {"parent": {"id": "https://kurs.example/"}, "other": [{"id": "urn:x:y"}]},
        "revision": "2",
        "platform": "kurspakke",
        "language": "nb-NO",
        "statement": {"objectType": "StatementRef", "id": "d8cfd9ea-3b14-4d0e-9a8f-17a1f22b9f4d"},
        "extensions": {"https://kurs.example/x": {"deep": [None]}},
    },
    "timestamp": "2026-05-17T09:30:00.1234567+02:00",
    "stored": "2026-05-17T09:30:00Z",
    "authority": {"account": {"homePage": "https://lms.example", "name": "lms"}},
    "version": "1.0.3",
    "attachments": [
        {
            "usageType": "https://kurs.example/bevis",
            "display": {"nb": "Kursbevis"},
            "contentType": "application/pdf; version=1",
            "length": 3,
            "sha2": "ab" * 32,
            "fileUrl": "https://kurs.example/bevis.pdf",
        }
    ],
}
GROUP = {"objectType": "Group", "member": [{"mbox": "mailto:a@b.no"}, {"mbox": "mailto:c@d.no"}]}
SUB = {"objectType": "SubStatement", **{name: WHOLE[name] for name in ("actor", "verb", "object", "result")}}
DEFINITION = WHOLE["object"]["definition"]
GONE = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """The whole statement with another value at `path`."""
    statement = copy.deepcopy(WHOLE)
    inner: Any = statement
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        inner = inner[part]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return statement


def test_a_statement_with_everything_in_it_is_valid() -> None:
    assert problems(WHOLE) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("actor", GROUP),
        ("actor", {"mbox_sha1sum": "a" * 40}),
        ("object", {"objectType": "Agent", "mbox": "mailto:a@b.no"}),
        ("object", {"objectType": "StatementRef", "id": WHOLE["id"]}),
        ("object", SUB),
        ("authority", GROUP),
        ("timestamp", "2026-05-17T09:30:00"),
        ("timestamp", "2026-12-31T23:59:60Z"),
        ("result.duration", "P3Y1M29DT4H35M59.14S"),
        ("result.duration", "P4W"),
        ("result.score", {"scaled": -1}),
        ("verb", {"id": "urn:verb"}),
        ("version", "1.0"),
        ("version", "1.0.9"),
        ("context.language", "zh-Hans-CN"),
        ("context.contextActivities", {}),
    ],
)
def test_other_forms_are_valid(path: str, value: object) -> None:
    statement = changed(path, value)
    if path == "object":
        del statement["context"]["revision"], statement["context"]["platform"]
    assert problems(statement) == []


BROKEN = [
    # The change, where the problem is said to be if elsewhere, and a word of what is said.
    ("actor", GONE, "", "is missing"),
    ("verb", GONE, "", "is missing"),
    ("object", GONE, "", "is missing"),
    ("verb.id", GONE, "", "is missing"),
    ("object.id", GONE, "", "is missing"),
    ("Result", {}, "", "`result`"),
    ("result.grade", 6, "", "not a property"),
    ("result.response", None, "", "null"),
    ("context.extensions", None, "", "null"),
    ("id", 12, "", "UUID"),
    ("id", "d8cfd9ea3b144d0e9a8f17a1f22b9f4c", "", "UUID"),
    ("actor.mbox", "kari@kommune.example", "", "mailto"),
    ("actor.mbox", "mailto:kari.kommune.example", "", "mailto"),
    ("actor.openid", "https://id.example/kari", "actor", "exactly one"),
    ("actor", {"name": "Kari"}, "", "nobody can tell"),
    ("actor", {"objectType": "Group", "name": "IT"}, "", "neither"),
    ("actor", {"objectType": "Group", "member": []}, "", "neither"),
    ("actor", {"objectType": "Group", "member": [GROUP]}, "actor.member[0]", ""),
    ("actor", {"objectType": "Person", "mbox": "mailto:a@b.no"}, "actor.objectType", "Agent"),
    ("actor", {"account": {"homePage": "kommune.example", "name": "k"}}, "actor.account.homePage", "IRI"),
    ("actor", {"account": {"homePage": "https://a.no", "name": 7}}, "actor.account.name", "string"),
    ("actor", {"mbox_sha1sum": "abc"}, "actor.mbox_sha1sum", "40"),
    ("verb.display", "svarte", "", "language map"),
    ("verb.display", {"bokmål": "svarte"}, "verb.display.bokmål", "language tag"),
    ("verb.display", {"zh-z-aaa-z-bbb": "x"}, "verb.display.zh-z-aaa-z-bbb", "language tag"),
    ("verb.display", {"nb": 3}, "verb.display.nb", "string"),
    ("object.id", "kurs/1", "", "IRI"),
    ("object.objectType", "activity", "", "Activity"),
    ("object.definition.type", "quiz", "", "IRI"),
    ("object.definition.interactionType", "Choice", "", "choice"),
    ("object.definition.interactionType", {"a": 1}, "", "choice"),
    ("object.definition.interactionType", GONE, "", "missing"),
    ("object.definition.scale", [{"id": "1"}], "", "does not belong"),
    ("object.definition.choices", [{"id": "a"}, {"id": "a"}], "", "two components"),
    ("object.definition.choices", [{"description": {}}], "object.definition.choices[0].id", "missing"),
    ("object.definition.extensions", {"farge": 1}, "", "IRI"),
    ("object.definition", [], "", "object"),
    ("object", {"objectType": "StatementRef", "id": "x"}, "object.id", "UUID"),
    ("object", {**SUB, "object": SUB}, "object.object.objectType", "Activity"),
    ("object", {**SUB, "id": WHOLE["id"]}, "object.id", "not a property"),
    ("object", {**SUB, "authority": GROUP}, "object.authority", "not a property"),
    ("result.score", 5, "", "object"),
    ("result.score.scaled", 1.01, "", "-1 to 1"),
    ("result.score.scaled", "0.5", "", "number"),
    ("result.score.raw", True, "", "number"),
    ("result.score.raw", 11, "result.score.max", "less than raw"),
    ("result.score.min", 10.5, "result.score.max", "less than min"),
    ("result.success", "true", "", "neither"),
    ("result.duration", "1:30", "", "duration"),
    ("result.duration", "P4W1D", "", "duration"),
    ("result.duration", "PT", "", "duration"),
    ("result.duration", "P", "", "duration"),
    ("context.registration", "1", "", "UUID"),
    ("context.team", {"mbox": "mailto:a@b.no"}, "context.team.objectType", "missing"),
    ("context.language", "norsk bokmål", "", "language tag"),
    ("context.statement", {"id": WHOLE["id"]}, "context.statement.objectType", "missing"),
    ("context.contextActivities.parent", "x", "", "object"),
    ("context.contextActivities.child", [], "", "not a property"),
    ("timestamp", "i dag", "", "time"),
    ("timestamp", "2026-02-30T10:00:00Z", "", "time"),
    ("timestamp", "2026-05-17T09:30:00-00:00", "", "time"),
    ("timestamp", 1234, "", "time"),
    ("version", "2.0.0", "", "1.0"),
    ("authority", {**GROUP, "mbox": "mailto:a@b.no"}, "", "identifier"),
    ("authority", {**GROUP, "member": GROUP["member"] * 2}, "authority.member", "two"),
    ("attachments", {}, "", "array"),
    ("attachments.0.sha2", "abc", "attachments[0].sha2", "SHA-2"),
    ("attachments.0.length", -1, "attachments[0].length", "bytes"),
    ("attachments.0.contentType", "pdf", "attachments[0].contentType", "media type"),
    ("attachments.0.display", GONE, "attachments[0].display", "missing"),
    (
        "attachments.0.usageType",
        "http://adlnet.gov/expapi/attachments/signature",
        "attachments[0].contentType",
        "octet-stream",
    ),
    ("verb.id", "http://adlnet.gov/expapi/verbs/voided", "object", "StatementRef"),
    ("object", {"objectType": "Agent", "mbox": "mailto:a@b.no"}, "context.revision", "Activity"),
    ("object", {"objectType": "Agent", "mbox": "mailto:a@b.no"}, "context.platform", "Activity"),
]


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
