"""Each rule about sources: its broken case gives what it expects and nothing else, the nearest good one nothing."""

from pathlib import Path

import pytest

from kurspakke.rules.source import source_rules
from tests.courses import BASE, copy, findings

CASES = sorted((Path(__file__).parent / "source").iterdir())


def test_the_base_course_has_no_findings() -> None:
    assert findings(BASE) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_broken_course_has_the_finding_at_its_place(case: Path, tmp_path: Path) -> None:
    found = findings(copy(BASE, tmp_path / "course", case / "broken"))
    assert [f"{finding.rule.id} {finding.location}" for finding in found] == (
        case / "expect"
    ).read_text().splitlines()
    assert {f"{finding.rule.id}-{finding.rule.name}" for finding in found} == {case.name}
    assert all(finding.message and finding.hint for finding in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_good_course_has_no_findings(case: Path, tmp_path: Path) -> None:
    assert findings(copy(BASE, tmp_path / "course", case / "good")) == ()


def test_every_rule_has_its_case() -> None:
    assert {case.name for case in CASES} == {f"{rule.id}-{rule.name}" for rule in source_rules()}
