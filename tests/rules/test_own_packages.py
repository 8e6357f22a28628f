"""The packages that this program makes of the real course, by its own rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from junitparser import JUnitXml
from lxml import html

from kurspakke.filetree import File
from kurspakke.package import Package
from kurspakke.reporters import REPORTERS
from kurspakke.rules.validate import LEFT_TO_THE_AUTHOR, all_rules, proof, validate_package
from kurspakke.targets import find_targets
from kurspakke.validation import Wish, validate_paths
from tests.courses import real_packages
from tests.packages import base


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real_packages(tmp_path_factory)


def test_every_package_of_the_real_course_is_without_findings(dist: Path) -> None:
    targets = list(find_targets([str(dist)]))

    assert len(targets) == 40, "four modules and the whole course, in two languages and four formats"
    assert {target.path: validate_package(target.package()) for target in targets} == {
        target.path: () for target in targets
    }


def test_every_report_calls_the_packages_of_the_real_course_clean(dist: Path) -> None:
    """Each in its own words; those in HTML have no deviation from any criterion of WCAG."""
    targets = list(validate_paths([str(dist)], Wish(describes=True)))
    reports = {name: reporter.render(targets) for name, reporter in REPORTERS.items()}

    assert reports["text"].endswith("40 targets checked: 0 errors, 0 warnings, 0 notes\n")
    assert json.loads(reports["json"])["summary"] == {"error": 0, "warning": 0, "note": 0}
    assert json.loads(reports["sarif"])["runs"][0]["results"] == []
    suites = list(JUnitXml.fromstring(reports["junit"].encode()))
    assert [(suite.tests, suite.failures) for suite in suites] == [(1, 0)] * 40
    assert reports["github"] == "40 targets checked: 0 errors, 0 warnings, 0 notes\n"
    page = html.fromstring(reports["html"])
    assert len(page.find_class("verdict")) == len(page.xpath("//*[@class='verdict good']")) == 40
    assert page.xpath("//tr[@class='deviation']") == page.find_class("trouble") == []
    assert len(page.xpath("//tr[@class='met']")) >= 20


def test_a_flaw_in_a_package_of_ours_is_found_whatever_its_weight() -> None:
    tree = base("scorm12") | {"Notat.html": File(b"x")}

    found = {finding.rule.name for finding in proof(Package("x.zip", tree))}

    assert {"upper-case-name", "unlisted-file", "missing-page-title"} <= found


def test_what_is_up_to_the_author_does_not_stop_a_build(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(30_000_000)
    files = {**base("web"), "media/film.mp4": File(path=tmp_path / "film.mp4"), "media/ark.odt": File(b"PK")}
    package = Package("x.zip", type(base("web"))(files))

    found = {finding.rule.name for finding in validate_package(package)}
    assert found == {"large-package", "unusual-extension"}
    assert proof(package) == ()


def test_what_is_up_to_the_author_are_rules() -> None:
    assert {rule.id for rule in all_rules()} >= LEFT_TO_THE_AUTHOR
