"""Files that are much of the same give findings or none, and never take long; for damage see tests/fuzz."""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest

from kurspakke import validation
from kurspakke.filetree import File, FileTree
from kurspakke.findings import Severity
from kurspakke.limits import Clock, OutOfTimeError
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.validate import validate_package
from kurspakke.validation import Wish, validate_paths
from tests.hostile import with_files
from tests.packages import BASES, base

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
        list(family.findings(begun, Clock(60)))
    assert begun == ["tiring"]


class Ending(Clock):
    """A clock that has run out when it is looked at for the last time."""

    def __init__(self, looks: float) -> None:
        super().__init__()
        self.looks = looks

    @property
    def is_over(self) -> bool:
        self.looks -= 1
        return self.looks < 0


@pytest.mark.parametrize("kind", BASES)
def test_whenever_the_time_runs_out_it_is_told(kind: str) -> None:
    """Also in families whose rules read no file that might ask the clock for them."""
    tree = FileTree(base(kind))
    patient = Ending(inf)
    whole = {finding.rule.id for finding in validate_package(Package("kurs.zip", tree, clock=patient))}
    looks = 0
    while True:
        clock = Ending(looks)
        told = {finding.rule.id for finding in validate_package(Package("kurs.zip", tree, clock=clock))}
        if clock.looks >= 0:
            break
        assert "PKG-031" in told
        assert told <= {*whole, "PKG-031"}
        looks += 7
    families = {"scorm12": 200, "xapi": 100, "cmi5": 120, "web": 90}
    assert looks > families.get(kind, 90), "every rule asks it"


def test_what_is_told_after_the_rules_may_run_out_of_time_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kurs.zip"
    place.write_bytes(with_files({}))

    def late(package: Package) -> None:
        monkeypatch.setattr(package, "clock", Ending(0))
        package.clock.check()

    monkeypatch.setattr(validation, "contents_of", late)
    (report,) = validate_paths([str(place)], Wish(describes=True))

    assert "PKG-031" in {finding.rule.id for finding in report.findings}
