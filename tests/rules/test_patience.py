"""Files that are much of the same give findings or none, and never take long; for damage see tests/fuzz."""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import inf

import pytest

from kurspakke.filetree import File, FileTree
from kurspakke.findings import Severity
from kurspakke.limits import Clock, OutOfTimeError
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.validate import validate_package
from tests.packages import base

SECONDS = 5.0


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("index.html", b"<html lang=nb data-format=web><title>x</title>" + b"<div>" * 100_000),
        (
            "index.html",
            b"<html data-format=web>" + b"<fieldset>" * 200 + b"<input type=radio name=a>" * 5_000,
        ),
        ("course.css", b"url(a.png)" * 100_000),
        ("course.css", b"/*" * 500_000),
        ("course.css", b'url("' * 500_000),
        ("course.js", b'fetch("https://a/b");' * 100_000),
        ("course.js", b'"//' * 500_000),
    ],
    ids=["deep-page", "deep-groups", "links", "comments", "quotes", "calls", "addresses"],
)
def test_no_file_keeps_the_validator_busy(path: str, data: bytes) -> None:
    tree = FileTree({**base("web"), path: File(data)})
    begun = time.process_time()

    validate_package(Package("kurs.zip", tree))

    assert time.process_time() - begun < SECONDS


def test_the_clock_is_heard_between_two_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    family: Family[list[str]] = Family("HTM")

    @family.rule(0, "tiring", Severity.NOTE)
    def tiring(begun: list[str]) -> Iterator[Problem]:
        """The time runs out meanwhile."""
        begun.append("tiring")
        monkeypatch.setattr(time, "monotonic", lambda: inf)
        return iter(())

    @family.rule(1, "next", Severity.NOTE)
    def after(begun: list[str]) -> Iterator[Problem]:
        """It is not begun."""
        begun.append("next")
        return iter(())

    assert [check.find for check in family.checks] == [tiring, after]
    begun: list[str] = []
    with pytest.raises(OutOfTimeError):
        list(family.findings(begun, clock=Clock(60)))
    assert begun == ["tiring"]
