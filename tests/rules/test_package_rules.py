"""Every rule about packages, by its smallest broken package and the nearest good one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kurspakke.findings import Rule
from kurspakke.package import Package
from kurspakke.rules.validate import package_rules, validate_package
from tests.packages import BASES, CASES, Case, base

RULES = {rule.id: rule for rule in package_rules()}
FOLDERS = {rule.id: CASES / f"{rule.id}-{rule.name}" for rule in RULES.values()}


@pytest.mark.parametrize("rule", RULES)
def test_broken_package_gives_exactly_this_finding(rule: str, tmp_path: Path) -> None:
    case = Case.read(FOLDERS[rule])

    findings = case.findings("broken", tmp_path)

    assert [finding.rule.id for finding in findings] == [rule, *case.also("broken")], findings
    assert findings[0].location.path.startswith(case.package("broken", tmp_path).path)
    assert findings[0].message
    assert findings[0].hint


@pytest.mark.parametrize("rule", RULES)
def test_nearest_good_package_gives_no_finding(rule: str, tmp_path: Path) -> None:
    case = Case.read(FOLDERS[rule])

    findings = case.findings("good", tmp_path)

    assert [finding.rule.id for finding in findings] == case.also("good"), findings


@pytest.mark.parametrize("kind", BASES)
def test_base_package_is_sound(kind: str) -> None:
    package = Package("course.zip", base(kind))

    assert validate_package(package) == ()
    assert package.kind == kind


def test_every_rule_has_its_case_and_every_case_its_rule() -> None:
    assert {folder.name for folder in CASES.iterdir()} == {folder.name for folder in FOLDERS.values()}


def test_rules_keep_the_ids_and_names_they_were_released_with() -> None:
    released = (CASES.parent / "package-rules.txt").read_text().splitlines()

    assert [f"{rule.id} {rule.name}" for rule in package_rules()] == released


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert re.match(r"[A-Z`æ0-9].*\.$", rule.explanation.partition("\n")[0])
    assert "\n\n" in rule.explanation, "what is right, then why it matters and how to mend it"
