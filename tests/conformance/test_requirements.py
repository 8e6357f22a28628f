"""Each requirement on a package at run time, of the Tin Can launch and of cmi5, with the tests that prove it.

The numbers are those of ADL's CATAPULT (`@cmi5/requirements`) and, for Tin Can, labels of our own. Where the list of
requirements lies beside the project, each of its lines must have its proof here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
LIST = TESTS.parents[1] / "shared" / "conformance-rules.md"

RULES = "conformance/test_cmi5.py::test_the_rules_of_cmi5_hold_in_every_session"
FOUND = "conformance/test_cmi5.py::test_a_changed_part_is_found"
ORDER = "conformance/test_cmi5.py::test_another_order_is_found"
MODES = "conformance/test_cmi5.py::test_browsing_and_reviewing_say_nothing_about_the_result"
BEFORE = "conformance/test_cmi5.py::test_launch_data_and_preferences_are_read_before_anything_is_said"
WINDOWS = "conformance/test_lrs_faults.py::test_two_windows_at_once"
WHOLE = "runtime/cmi5.test.ts::a whole session keeps every rule"
LATE = "runtime/cmi5.test.ts::launch data that come late, and say that nothing is to be reported"
SILENT = (
    "runtime/cmi5.test.ts::${silent} fails as the session begins: all is said later, with the session's id"
)
TEMPLATE = "runtime/cmi5.test.ts::a template that is the LMS's own is kept, and no category is given twice"
SOUND = "runtime/cmi5.test.ts::a learner who wants sound ${audioPreference}"
REFUSED = "conformance/test_lrs.py::test_bad_requests_are_refused"
NOTHING = "conformance/test_cmi5.py::test_nothing_fails_and_nothing_is_refused"
OUTSIDE = "conformance/test_cmi5.py::test_a_result_outside_normal_mode_is_found"
FAILED = "runtime/cmi5.test.ts::failed once, as the session ends; passed in a later one; then neither again"
TINCAN = "runtime/xapi.test.ts::statements in order, with everything an LRS asks for"

PROOFS: dict[str, tuple[str, tuple[str, ...]]] = {
    "TC-20": ("credentials and version with each call", (TINCAN, "runtime/xapi.test.ts::auth in its forms")),
    "TC-21": (
        "the launch actor, in today's form",
        (
            "conformance/test_xapi.py::test_every_statement_is_about_kari_in_this_registration",
            "runtime/xapi.test.ts::actor ${name}",
        ),
    ),
    "TC-22": (
        "the registration, when there is one",
        (
            TINCAN,
            "runtime/xapi.test.ts::an endpoint without a slash, bare auth, no registration and no activity id",
        ),
    ),
    "TC-23": (
        "valid xAPI 1.0.3",
        ("conformance/test_xapi.py::test_the_statements_are_valid_by_an_independent_judge",),
    ),
    "TC-24": (
        "unknown parameters; the address stays as it is over a reload",
        (
            "conformance/test_lrs_faults.py::test_an_answer_is_kept_however_the_learner_leaves_in_that_moment",
            TINCAN,
        ),
    ),
    "4.1.0.0-1": (
        "calls as xAPI has them",
        (
            NOTHING,
            REFUSED,
        ),
    ),
    "6.3.0.0-1": ("nothing is voided", (RULES, "conformance/test_cmi5.py::test_a_voided_statement_is_found")),
    "8.1.2.0-2": (
        "one token, for its session only",
        (
            "runtime/cmi5.test.ts::after it was killed: same token, same session",
            "runtime/cmi5.test.ts::after it had ended: nothing more is said, and the learner knows",
        ),
    ),
    "8.1.3.0-3": ("the actor of the launch", (RULES, FOUND)),
    "8.1.4.0-3": ("the registration of the launch", (RULES, FOUND)),
    "8.1.5.0-6": ("the activity of the launch", (RULES, FOUND)),
    "9.1.0.0-1": ("ids are set by the unit", (RULES, FOUND)),
    "9.2.0.0-2": ("the actor is an agent", (RULES, FOUND)),
    "9.2.0.0-3": ("the actor has an account", (RULES, FOUND)),
    "9.3.0.0-1": ("the mandatory verbs", (RULES, WHOLE)),
    "9.3.0.0-2": ("none twice in a session", (RULES, ORDER)),
    "9.3.0.0-3": (
        "not both passed and failed",
        (FAILED, "conformance/test_cmi5.py::test_failed_beside_and_after_passed_is_found"),
    ),
    "9.3.0.0-4": ("initialized first", (RULES, ORDER)),
    "9.3.0.0-5": (
        "terminated last",
        (RULES, ORDER, "runtime/cmi5.test.ts::a unit left at once is left in order"),
    ),
    "9.3.0.0-6": ("one completed in a registration", (RULES, ORDER, WINDOWS)),
    "9.3.0.0-7": ("one passed in a registration", (RULES, ORDER, WINDOWS)),
    "9.3.0.0-8": (
        "no failed after passed",
        (FAILED, "conformance/test_cmi5.py::test_failed_beside_and_after_passed_is_found"),
    ),
    "9.3.4.0-2": (
        "passed by the mastery score",
        (FOUND, "runtime/cmi5.test.ts::passed with score, duration and the LMS's own mastery score"),
    ),
    "9.3.6.0-1": ("nothing after abandoned", (WINDOWS,)),
    "9.3.6.0-2": ("no session goes on after abandoned", (WINDOWS,)),
    "9.4.0.0-1": ("there is an object", (RULES, FOUND)),
    "9.5.1.0-2": ("score in passed and failed only", (RULES, FOUND)),
    "9.5.1.0-3": ("a raw score with its range", (RULES, FOUND)),
    "9.5.2.0-1": ("success in passed", (RULES, FOUND)),
    "9.5.2.0-2": ("no success in failed", (FAILED,)),
    "9.5.2.0-3": ("success nowhere else", (RULES, WHOLE)),
    "9.5.3.0-1": ("completion in completed", (RULES, FOUND)),
    "9.5.3.0-2": ("completion nowhere else", (RULES, WHOLE)),
    "9.5.4.1-1": ("duration in terminated", (RULES, FOUND)),
    "9.5.4.1-2": ("duration in completed", (RULES, WHOLE)),
    "9.5.4.1-3": ("duration in passed", (RULES,)),
    "9.5.4.1-4": ("duration in failed", (FAILED,)),
    "9.6.0.0-1": ("the context", (RULES, FOUND)),
    "9.6.1.0-1": ("the registration in it", (RULES, FOUND)),
    "9.6.2.1": ("category cmi5 where cmi5 defines the statement", (WHOLE,)),
    "9.6.2.2-1": ("category moveon where there is a result", (RULES, FOUND)),
    "9.6.2.2-2": ("category moveon nowhere else", (RULES, WHOLE)),
    "9.6.3.1-4": (
        "the session's id in all statements",
        (
            RULES,
            FOUND,
            SILENT,
        ),
    ),
    "9.6.3.2-2": ("the mastery score beside a result", (RULES, FOUND)),
    "9.7.0.0-1": ("a timestamp", (RULES, FOUND)),
    "9.7.0.0-2": ("in UTC", (RULES, FOUND)),
    "10.2.1.0-5": ("launch data are only read", (BEFORE,)),
    "10.2.1.0-6": (
        "the context template is used",
        (
            RULES,
            FOUND,
            TEMPLATE,
        ),
    ),
    "10.2.2.0-2": (
        "no result in Browse",
        (MODES, OUTSIDE),
    ),
    "10.2.2.0-3": (
        "no result in Review",
        (MODES, LATE),
    ),
    "11.0.0.0-1": ("preferences are read at the start", (BEFORE,)),
    "11.0.0.0-3": (
        "preferences of the same agent, and only read",
        (SOUND,),
    ),
    "11.0.0.0-5": (
        "without preferences all goes on",
        ('runtime/cmi5.test.ts::preferences that are answered with ${status || "nothing"} change nothing',),
    ),
    "11.1.0.0-1": (
        "preferences in whatever form",
        (SOUND,),
    ),
}


@cache
def _names(path: Path) -> frozenset[str]:
    """The tests in a file, by the names that they have there."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        nodes = ast.walk(ast.parse(text))
        return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))
    titles = re.findall(r"""\btest\((["'`])((?:\\.|(?!\1).)*)\1""", text)
    return frozenset(title for _, title in titles)


@pytest.mark.parametrize("requirement", PROOFS)
def test_the_proof_is_there(requirement: str) -> None:
    name, proofs = PROOFS[requirement]
    assert name
    assert proofs
    for proof in proofs:
        path, _, test = proof.partition("::")
        assert test in _names(TESTS / path), proof


@pytest.mark.skipif(
    not LIST.is_file(), reason=f"the list of requirements is not at {LIST}: it is not part of the project"
)
def test_every_line_of_the_list_has_its_proof() -> None:
    listed = set(_listed(LIST.read_text(encoding="utf-8")))
    assert len(listed) > 48, "what CATAPULT checks at run time, and Tin Can's"
    assert sorted(listed ^ set(PROOFS)) == []


def _listed(text: str) -> Iterator[str]:
    """The labels of the requirements on a package at run time."""
    (tincan,) = re.findall(r"^\| TC-(\d+)–(\d+) \(run time\)", text, re.MULTILINE)
    yield from (f"TC-{number}" for number in range(int(tincan[0]), int(tincan[1]) + 1))
    units = text[text.index("### cmi5 content (AU) at run time") :]
    for labels in re.findall(r"^\| (\(?\d[^|]*) \|", units, re.MULTILINE):
        clause = ""
        for label in labels.strip("() ").split(", "):
            first, _, last = label.partition(" to -")
            clause = first.rpartition("-")[0] or clause
            number = first.rpartition("-")[2]
            if "-" not in first:
                yield first
            else:
                yield from (f"{clause}-{each}" for each in range(int(number), int(last or number) + 1))
