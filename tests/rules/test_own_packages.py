"""The packages that this program makes of the real course, by its own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from kurspakke.filetree import File
from kurspakke.package import Package
from kurspakke.rules.validate import LEFT_TO_THE_AUTHOR, all_rules, proof, validate_package
from kurspakke.targets import find_targets
from tests.courses import real_packages
from tests.packages import base


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real_packages(tmp_path_factory)


def test_every_package_of_the_real_course_is_without_findings(dist: Path) -> None:
    targets = list(find_targets([str(dist)]))

    assert len(targets) == 20, "four modules and the whole course, in four formats"
    assert {target.path: validate_package(target.package()) for target in targets} == {
        target.path: () for target in targets
    }


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
