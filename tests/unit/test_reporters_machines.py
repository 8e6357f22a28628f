"""The reports for machines, by what the platforms say of their forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml, TestSuite

from kurspakke.coverage import Covered
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.readability import Reading
from kurspakke.reporters import REPORTERS, TargetReport, github, sarif
from kurspakke.reporters.target import Compared, Entry
from kurspakke.schema import report_schema_text

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT / "tests/node/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
MISSING = Rule("PKG-060", "missing-file", Severity.ERROR, "CAM 2.3", "Every file is there.\n\nOr else.")
LARGE = Rule("PKG-051", "large-package", Severity.WARNING, "", "Small.\n\nIs beautiful.")
ALT = Rule("HTM-020", "missing-alt", Severity.NOTE, "WCAG 2.1, 1.1.1", "Alt.\n\nIs for all.")


@pytest.fixture
def targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[TargetReport, ...]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ut på tur.zip").write_bytes(b"")
    inside = Location("ut på tur.zip/imsmanifest.xml", 12, 5)
    return (
        TargetReport(
            "ut på tur.zip",
            "scorm12",
            (
                Finding(LARGE, "21 MB", "make it smaller", Location("ut på tur.zip")),
                Finding(MISSING, "a.png is 100 %: gone,\nreally\x1b", "put it in", inside),
            ),
        ),
        TargetReport("mappe", "web", (Finding(ALT, "no alt", "", Location("mappe/a.html", 3)),)),
        TargetReport("god.zip", "cmi5", ()),
    )


def many(number: int, rule: Rule = MISSING, length: int = 10) -> TargetReport:
    findings = (Finding(rule, f"{n} {'x' * length}", "", Location("kurs/a", n + 1)) for n in range(number))
    return TargetReport("kurs", "scorm12", tuple(findings))


# JSON


def test_json_is_as_its_schema_says(targets: tuple[TargetReport, ...]) -> None:
    schema = json.loads(report_schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(json.loads(REPORTERS["json"].render(targets)), schema)


def closed(schema: Any) -> Any:
    """The schema, but that nothing may stand where it describes nothing."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {**inner, "additionalProperties": False} if inner.get("type") == "object" else inner


def test_the_schema_describes_all_that_a_report_can_tell(targets: tuple[TargetReport, ...]) -> None:
    gone = Entry("1f", "kurs", "PKG-060", "missing-file", "a.png", "a.png is gone", 1)
    full = TargetReport(
        "kurs",
        "source",
        (),
        compared=Compared(2, (gone,)),
        goals=(Covered("post", 0, "sende", "Du kan sende brev.", ("tekst",)),),
        readings=(Reading("post", 10, 8, 29),),
    )
    report = json.loads(REPORTERS["json"].render((*targets, full)))

    jsonschema.validate(report, closed(json.loads(report_schema_text())))


def test_the_schema_refuses_what_the_report_is_not() -> None:
    schema = json.loads(report_schema_text())
    document = json.loads(REPORTERS["json"].render((many(1),)))
    document["targets"][0]["findings"][0]["severity"] = "fatal"

    with pytest.raises(jsonschema.ValidationError, match="fatal"):
        jsonschema.validate(document, schema)


# SARIF


def run(*targets: TargetReport) -> Any:
    return json.loads(REPORTERS["sarif"].render(targets))["runs"][0]


def test_sarif_is_valid_by_the_official_schema(targets: tuple[TargetReport, ...]) -> None:
    schema = json.loads(OFFICIAL.read_text())
    validator = jsonschema.Draft7Validator(schema)
    for some in (targets, (), (many(200),)):
        assert [error.message for error in validator.iter_errors(json.loads(sarif.render(some)))] == []


def test_sarif_shows_the_zip_and_names_what_is_inside(targets: tuple[TargetReport, ...]) -> None:
    result = run(*targets)["results"][0]

    place = result["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "ut%20p%C3%A5%20tur.zip"
    assert place["physicalLocation"]["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    assert place["logicalLocations"][0]["name"] == "imsmanifest.xml"
    nested = result["relatedLocations"][0]["physicalLocation"]
    assert nested["region"] == {"startLine": 12, "startColumn": 5}
    artifacts = run(*targets)["artifacts"]
    parent = artifacts[nested["artifactLocation"]["index"]]["parentIndex"]
    assert artifacts[parent]["location"]["uri"] == "ut%20p%C3%A5%20tur.zip"


def test_sarif_rules_and_indexes_agree(targets: tuple[TargetReport, ...]) -> None:
    found = run(*targets)
    rules = found["tool"]["driver"]["rules"]

    assert [rules[result["ruleIndex"]]["id"] for result in found["results"]] == [
        result["ruleId"] for result in found["results"]
    ] == ["PKG-060", "PKG-051", "HTM-020"]  # fmt: skip
    assert [result["level"] for result in found["results"]] == ["error", "warning", "note"]
    assert "WCAG 1.1.1" in rules[2]["properties"]["tags"]


def test_a_fingerprint_stays_when_lines_move_and_differs_otherwise() -> None:
    def marks(*findings: Finding) -> list[str]:
        results = run(TargetReport("k", "scorm12", findings))["results"]
        return [result["partialFingerprints"]["kurspakke/v1"] for result in results]

    first = marks(Finding(MISSING, "a, see line 4", "", Location("k/x.xml", 4)))
    moved = marks(Finding(MISSING, "a, see line 9", "", Location("k/x.xml", 9)))
    others = marks(
        Finding(MISSING, "a, see line 4", "", Location("k/x.xml", 4)),
        Finding(MISSING, "a, see line 5", "", Location("k/x.xml", 5)),
        Finding(MISSING, "b", "", Location("k/x.xml", 4)),
        Finding(MISSING, "a, see line 4", "", Location("k/y.xml", 4)),
    )
    assert first == moved
    assert first[0] in others
    assert len(set(others)) == 4


def test_sarif_stays_below_its_limits_and_says_what_it_cut() -> None:
    notes, errors = many(12_000, ALT, 900), many(5)
    text = sarif.render((notes, errors))
    found = json.loads(text)["runs"][0]

    assert 9_000_000 < len(text.encode()) <= sarif.MOST_BYTES
    assert [result["level"] for result in found["results"][:6]] == ["error"] * 5 + ["note"]
    (told,) = found["invocations"][0]["toolExecutionNotifications"]
    left_out = 12_005 - len(found["results"])
    assert told["message"]["text"].startswith(f"{left_out} findings")


def test_sarif_has_no_more_results_than_are_taken() -> None:
    found = run(many(sarif.MOST_RESULTS + 3))

    assert len(found["results"]) == sarif.MOST_RESULTS
    assert "3 findings" in found["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_a_target_elsewhere_has_its_whole_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    finding = Finding(LARGE, "21 MB", "", Location("../kurs.zip"))

    place = run(TargetReport("../kurs.zip", "web", (finding,)))["results"][0]["locations"][0]

    assert place["physicalLocation"]["artifactLocation"]["uri"] == (tmp_path.parent / "kurs.zip").as_uri()


# JUnit


def suites(*targets: TargetReport) -> list[TestSuite]:
    return list(JUnitXml.fromstring(REPORTERS["junit"].render(targets).encode()))


def test_junit_has_a_suite_for_each_target(targets: tuple[TargetReport, ...]) -> None:
    found = suites(*targets)

    assert [(suite.name, suite.tests, suite.failures) for suite in found] == [
        ("ut på tur.zip", 2, 1),
        ("mappe", 1, 0),
        ("god.zip", 1, 0),
    ]
    large, missing = list(found[0])
    assert large.is_passed
    assert "21 MB" in str(large.system_out)
    assert missing.name == "PKG-060 missing-file"
    assert "put it in" in missing.result[0].text
    assert missing.result[0].message == "a.png is 100 %: gone,\\x0areally\\x1b"


def test_junit_counts_what_it_does_not_tell() -> None:
    (case,) = next(iter(suites(many(250))))

    assert "and 150 more" in case.result[0].text


def test_junit_without_targets_is_whole() -> None:
    assert suites() == []


# GitHub


def test_github_commands_are_escaped_and_stand_on_one_line(targets: tuple[TargetReport, ...]) -> None:
    assert REPORTERS["github"].render(targets).splitlines() == [
        (
            r"::error file=ut på tur.zip,title=PKG-060 missing-file::imsmanifest.xml:12: "
            r"a.png is 100 %25: gone,\x0areally\x1b%0Aput it in"
        ),
        "::warning file=ut på tur.zip,title=PKG-051 large-package::21 MB%0Amake it smaller",
        "::notice file=mappe/a.html,line=3,title=HTM-020 missing-alt::no alt",
        "3 targets checked: 1 error, 1 warning, 1 note",
    ]


def test_github_properties_can_not_be_broken_out_of() -> None:
    location = Location("kurs/a,line=9::x\n::error::.html", 3, 4)
    found = github.render((TargetReport("kurs", "web", (Finding(ALT, "m", "", location),)),))

    assert found.splitlines()[0] == (
        "::notice file=kurs/a%2Cline=9%3A%3Ax%0A%3A%3Aerror%3A%3A.html,line=3,col=4,"
        "title=HTM-020 missing-alt::m"
    )


def test_github_shows_ten_of_each_level_and_rolls_up_the_rest() -> None:
    lines = github.render((many(300, LARGE), many(11), many(10, ALT))).splitlines()

    levels = [line.split()[0] for line in lines[:-1]]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[9].endswith("::and 2 errors more: the step's summary and the other reports have them")
    assert "and 291 warnings more" in lines[19]


def test_the_step_summary_is_markdown_without_foreign_markup(targets: tuple[TargetReport, ...]) -> None:
    finding = Finding(MISSING, "a|b <img src=x> @all `c`", "[x](y)", Location("kurs/a.html", 3))
    text = github.summary((*targets, TargetReport("kurs", "web", (finding,))))

    assert r"a\|b &lt;img src=x&gt; \@all \`c\`<br>\[x\](y)" in text
    assert "| ❌ | PKG-060 missing-file | a.html:3 |" in text
    assert "No findings." in text


def test_the_step_summary_stays_below_its_limit() -> None:
    text = github.summary((many(2_000, ALT, 1_500),))

    assert 900_000 < len(text.encode()) < github.MOST_SUMMARY_BYTES
    assert text.endswith("the other reports have it.\n")
