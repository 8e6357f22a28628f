"""The criteria of WCAG 2.1 and the Norwegian requirement, and how rules are led back to them."""

from __future__ import annotations

import pytest

from kurspakke.findings import Rule, Severity
from kurspakke.reporters.explain import explanation
from kurspakke.rules.validate import all_rules
from kurspakke.wcag import CRITERIA, Requirement, criteria_of, spec_of


def _rule(spec: str) -> Rule:
    return Rule("HTM-000", "some-rule", Severity.NOTE, spec, "")


def test_the_fifty_criteria_are_those_of_levels_a_and_aa() -> None:
    levels = [criterion.level for criterion in CRITERIA.values()]

    assert (levels.count("A"), levels.count("AA")) == (30, 20)


def test_public_bodies_are_held_to_47_criteria_and_to_audio_description() -> None:
    by_requirement = {
        norway: [criterion.number for criterion in CRITERIA.values() if criterion.norway is norway]
        for norway in Requirement
    }

    assert len(by_requirement[Requirement.REQUIRED]) == 47
    assert by_requirement[Requirement.SINCE_2024] == ["1.2.5"]
    assert by_requirement[Requirement.ADVICE] == ["1.2.3", "1.2.4"]


def test_every_criterion_stands_under_its_number_and_has_both_names() -> None:
    for number, criterion in CRITERIA.items():
        assert criterion.number == number
        assert criterion.clause == f"9.{number}"
        assert criterion.name_nb
        assert criterion.name_en


def test_criteria_stand_in_the_order_of_their_numbers() -> None:
    numbers = [tuple(map(int, number.split("."))) for number in CRITERIA]

    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("spec", "numbers"),
    [
        ("WCAG 2.1, 1.3.1 and 2.4.6", ["1.3.1", "2.4.6"]),
        ("WCAG 2.1, 4.1.1; HTML, 3.2.6", ["4.1.1"]),
        ("HTML, 4.2.5.4", []),
        ("WCAG 2.2, 2.5.8", []),
        ("HTML, 4.8.1; WCAG 2.1, 1.4.10, 1.4.13 and 2.1.1", ["1.4.10", "1.4.13", "2.1.1"]),
        ("", []),
    ],
)
def test_the_criteria_of_a_rule_are_those_its_spec_names(spec: str, numbers: list[str]) -> None:
    assert [criterion.number for criterion in criteria_of(_rule(spec))] == numbers


def test_a_criterion_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        criteria_of(_rule("WCAG 2.1, 2.5.5"))


def test_no_rule_names_a_criterion_that_is_none() -> None:
    assert sum(len(criteria_of(rule)) for rule in all_rules()) > 20


def test_the_norwegian_requirement_stands_behind_the_criterion() -> None:
    regulation = "forskrift om universell utforming av IKT-løsninger"

    assert spec_of(_rule("WCAG 2.1, 1.3.1 and 2.4.6")) == (
        f"WCAG 2.1, 1.3.1 and 2.4.6; EN 301 549, 9.1.3.1 and 9.2.4.6 ({regulation}: required)"
    )
    assert spec_of(_rule("WCAG 2.1, 1.2.3 and 1.2.5")) == (
        "WCAG 2.1, 1.2.3 and 1.2.5; "
        f"EN 301 549, 9.1.2.3 ({regulation}: not required, good advice); "
        f"EN 301 549, 9.1.2.5 ({regulation}: required of films published since 1 February 2024)"
    )


def test_other_rules_keep_their_clause() -> None:
    assert spec_of(_rule("HTML, 4.2.5.4")) == "HTML, 4.2.5.4"
    assert spec_of(_rule("")) == ""


def test_explain_names_both() -> None:
    text = explanation("missing-alt")

    assert "WCAG 2.1, 1.1.1; EN 301 549, 9.1.1.1 (forskrift om universell utforming" in text
