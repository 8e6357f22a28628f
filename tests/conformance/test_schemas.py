"""Manifests against the official schemas: those of our packages, and those that the rules call good or bad."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.conformance.schemas import STANDARDS, errors
from tests.courses import real_packages
from tests.packages import CASES, Case

pytestmark = pytest.mark.skipif(
    not STANDARDS.is_dir(),
    reason=f"the official schemas are not at {STANDARDS}: they are not part of the project",
)
MANIFESTS = {"scorm12": "imsmanifest.xml", "xapi": "tincan.xml", "cmi5": "cmi5.xml"}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every package of the real course, each module's own and the combined one."""
    return sorted(real_packages(tmp_path_factory).glob("*.zip"))


@pytest.mark.parametrize("form", MANIFESTS)
def test_manifests_of_our_packages_are_valid(packages: list[Path], form: str) -> None:
    ours = [path for path in packages if path.stem.endswith(f"-{form}")]

    assert len(ours) == 10, "four modules and the whole course, in two languages"
    for path in ours:
        with zipfile.ZipFile(path) as package:
            assert errors(MANIFESTS[form], package.read(MANIFESTS[form])) == [], path.name


# Good packages that the schema has something against all the same, with the reason.
BEYOND_THE_SCHEMA = {
    "S12-120": "extensions in other namespaces are allowed, which the schema can't say without their schemas",
}


# The schemas of SCORM 2004 are not among the official ones here.
JUDGED = [folder for folder in sorted(CASES.iterdir()) if Case.read(folder).base != "scorm2004"]


@pytest.mark.parametrize("folder", JUDGED, ids=lambda folder: folder.name)
def test_what_the_rules_call_good_is_valid(folder: Path, tmp_path: Path) -> None:
    case = Case.read(folder)
    tree = case.package("good", tmp_path).tree
    found = {
        path: errors(path, file.read())
        for path, file in tree.items()
        if path in MANIFESTS.values() and file.size
    }

    assert any(found.values()) is (folder.name[:7] in BEYOND_THE_SCHEMA), found


# What the schema sees, a rule with a name sees too; S12-120 is the schema itself.
SEEN_BY_THE_SCHEMA = [
    *("S12-008", "S12-010", "S12-011", "S12-012", "S12-030", "S12-036", "S12-043", "S12-044", "S12-045"),
    *("S12-047", "S12-048", "S12-070", "S12-074", "S12-078", "S12-080", "S12-100", "S12-101", "S12-120"),
    *("XAP-007", "XAP-012", "XAP-016", "CM5-001", "CM5-002", "CM5-003", "CM5-004", "CM5-008", "CM5-011"),
    *(
        "XAP-017",
        "XAP-018",
        "S12-107",
        "CM5-013",
        "CM5-014",
        "CM5-016",
        "CM5-019",
        "CM5-020",
        "CM5-021",
        "CM5-022",
        "CM5-023",
    ),
]


@pytest.mark.parametrize("rule", SEEN_BY_THE_SCHEMA)
def test_schema_and_rule_agree_on_what_is_broken(rule: str, tmp_path: Path) -> None:
    (folder,) = CASES.glob(f"{rule}-*")
    case = Case.read(folder)
    tree = case.package("broken", tmp_path).tree

    assert errors(MANIFESTS[case.base], tree[MANIFESTS[case.base]].read())
