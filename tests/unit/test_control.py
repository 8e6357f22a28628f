"""Which findings are kept, and with what severity."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kurspakke.control import Control
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.validation import Wish, validate_paths
from tests.courses import BASE

MISSING = Rule("PKG-060", "missing-file", Severity.ERROR, "", "")
LARGE = Rule("PKG-051", "large-package", Severity.WARNING, "", "")
FOUND = tuple(Finding(rule, "", "", Location("kurs.zip")) for rule in (MISSING, LARGE))

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("control", "kept"),
    [
        (Control(), [("PKG-060", E), ("PKG-051", W)]),
        (Control(select=frozenset({"PKG-051"})), [("PKG-051", W)]),
        (Control(select=frozenset()), []),
        (Control(ignore=frozenset({"PKG-051"})), [("PKG-060", E)]),
        (Control(select=frozenset({"PKG-051"}), ignore=frozenset({"PKG-051"})), []),
        (Control(weights={"PKG-060": N}), [("PKG-060", N), ("PKG-051", W)]),
        (Control(weights={"PKG-060": None, "PKG-051": E}), [("PKG-051", E)]),
        (Control(ignore=frozenset({"PKG-060"}), weights={"PKG-060": N}), [("PKG-051", W)]),
    ],
)
def test_control(control: Control, kept: list[tuple[str, Severity]]) -> None:
    assert [(finding.rule.id, finding.severity) for finding in control.kept(FOUND)] == kept


def test_reports_are_made_one_at_a_time(tmp_path: Path) -> None:
    reports = validate_paths([str(BASE), str(tmp_path / "none")], Wish())

    assert next(reports).kind == "source"


def test_a_wish_can_be_sent_to_another_process() -> None:
    wish = Wish(Control(select=frozenset({"PKG-051"}), weights={"PKG-051": None}))

    assert pickle.loads(pickle.dumps(wish)) == wish  # noqa: S301 - our own bytes
