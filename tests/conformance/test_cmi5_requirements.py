"""Each requirement of cmi5 on a package, by the numbers of ADL's CATAPULT, with the rule that judges it.

`(d)` after a number there marks what an LMS must do about it; it is judged by the same rule. All other requirements
are on content or on LMSs at run time: `NOT_IN_A_PACKAGE` says by section why no package can show them.
"""

from __future__ import annotations

import re

import pytest

from kurspakke.rules.validate import package_rules
from tests.conformance.schemas import STANDARDS

LIST = STANDARDS.parent / "conformance-rules.md"

BY_RULE: dict[str, tuple[str, ...]] = {
    "3.0.0.0-1": ("CM5-005",),
    "8.1.0.0-6": ("CM5-009",),
    "13.1.2.0-1": ("CM5-006",),
    "13.1.3.0-1": ("CM5-006",),
    "13.1.4.0-1": ("CM5-006",),
    "13.1.4.0-2": ("CM5-008",),
    "13.1.4.0-3": ("CM5-010",),
    "13.1.5.0-1": ("CM5-024",),
    "13.1.5.0-2": ("CM5-019", "CM5-021"),
    "13.2.0.0-1": (
        *("CM5-001", "CM5-002", "CM5-003", "CM5-004", "CM5-011", "CM5-013", "CM5-014", "CM5-019"),
        *("CM5-020", "CM5-021", "CM5-022", "CM5-023", "PKG-004", "PKG-007", "PKG-010"),
    ),
    "14.0.0.0-1": ("PKG-001", "PKG-014"),
    "14.1.0.0-1": ("PKG-001", "PKG-020"),
    "14.1.0.0-2": ("PKG-002", "PKG-003", "PKG-004"),
    "14.1.0.0-4": ("PKG-060",),
    "14.2.0.0-1": ("CM5-018",),
}

NOT_IN_A_PACKAGE: dict[str, str] = {
    "4": "what the AU, the LMS and the LRS say to each other while it runs",
    "6": "duties of LMS and LRS, and of the AU in the statements it sends",
    "7": "statements that are sent, and what the LMS makes of them",
    "8": "the launch: the LMS builds the address, the AU reads it",
    "9": "statements, at run time",
    "10": "State API, at run time",
    "11": "Agent Profile API, at run time",
    "13.1.0.0-1": "the LMS takes blanks off when it imports",
    "14.1.0.0-3": "whether an absolute address leads to a copy of what is in the zip can't be known without asking it",
}


def test_every_rule_named_exists_and_names_the_requirement() -> None:
    rules = {rule.id: rule for rule in package_rules()}
    silent = [
        (number, name)
        for number, names in BY_RULE.items()
        for name in names
        if name.startswith("CM5") and number not in rules[name].spec
    ]

    assert {name for names in BY_RULE.values() for name in names} <= rules.keys()
    assert silent == []


def test_every_error_about_cmi5_is_a_requirement() -> None:
    named = {name for names in BY_RULE.values() for name in names}
    errors = {rule.id for rule in package_rules() if rule.id.startswith("CM5") and rule.severity == "error"}

    # The objectives' references and the language tags are in the standard, but have no number in the list.
    assert errors - named == {"CM5-007", "CM5-016"}


@pytest.mark.skipif(not LIST.is_file(), reason="the list of requirements is not beside the project")
def test_every_requirement_in_the_list_has_its_rule() -> None:
    section = LIST.read_text().split("### cmi5 package")[1].split("###")[0]
    rows = re.findall(r"(?m)^\| ([0-9][^|]*) \|", section)
    numbers = [
        number if "." in number else f"{first.rpartition('-')[0]}{number}"
        for row in rows
        for first, *more in [row.split(", ")]
        for number in (first, *more)
    ]

    assert len(numbers) > 10
    assert [number for number in numbers if number not in BY_RULE and number != "13.1.3"] == []


@pytest.mark.parametrize("number", NOT_IN_A_PACKAGE)
def test_no_requirement_is_both(number: str) -> None:
    assert number not in BY_RULE
