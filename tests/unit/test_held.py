"""What LMSs make of a package: general findings weighed anew, and never the same cause twice."""

from __future__ import annotations

import json
import pickle
import random
from pathlib import Path
from zipfile import ZipFile

import pytest

from benchmarks.fuzz.damage import damaged
from kurspakke.filetree import File, FileTree
from kurspakke.findings import Finding, Severity
from kurspakke.package import Package
from kurspakke.profiles import profile, profile_ids
from kurspakke.profiles.chosen import chosen
from kurspakke.rules.held import held
from kurspakke.rules.validate import validate_package
from kurspakke.validation import Wish, validate_paths
from tests.command import run
from tests.packages import BASES, CASES, RULES, Case, base

TEXTS = (".xml", ".html", ".css", ".js")
E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


def seen(rule: str, folder: Path, *words: str) -> tuple[Finding, ...]:
    """The broken package of a rule, as these LMSs see it."""
    (case,) = CASES.glob(f"{rule}-*")
    package = Case.read(case).package("broken", folder)
    return held(package, validate_package(package), [chosen(word) for word in words])


@pytest.mark.parametrize(
    ("rule", "lms", "found"),
    [
        ("PKG-003", "talentlms", ("PKG-003", E, ("talentlms",))),
        ("PKG-003", "open-edx", ("PKG-003", E, ())),
        ("PKG-041", "open-edx", ("PKG-041", E, ("open-edx",))),
        ("PKG-041", "moodle", ("PKG-041", W, ())),
        ("PKG-045", "successfactors", ("PKG-045", E, ("successfactors",))),
        ("PKG-047", "docebo", ("PKG-047", E, ("docebo",))),
        ("PKG-069", "docebo", ("PKG-069", E, ("docebo",))),
        ("S12-015", "successfactors", ("S12-015", W, ("successfactors",))),
        ("S12-051", "moodle", ("S12-051", N, ())),
        ("S12-051", "generic", ("PKG-127", E, ("generic",))),
        ("S12-076", "open-edx", ("S12-076", E, ("open-edx",))),
    ],
)
def test_a_finding_weighs_what_it_weighs_there(
    rule: str, lms: str, found: tuple[str, Severity, tuple[str, ...]], tmp_path: Path
) -> None:
    findings = [one for one in seen(rule, tmp_path, lms) if one.rule.id in {rule, found[0]}]
    assert [(one.rule.id, one.severity, one.profiles) for one in findings] == [found]
    if found[2]:
        assert profile(lms).title in findings[0].message
        assert ", noted 2026-" in findings[0].message


def test_several_lmss_are_all_named(tmp_path: Path) -> None:
    (finding,) = seen("PKG-003", tmp_path, "moodle", "open-edx", "talentlms")
    assert finding.profiles == ("moodle", "talentlms")
    assert "Moodle and Moodle Workplace: a manifest in a folder is not found (Moodle 4.1" in finding.message
    assert "TalentLMS: a manifest in a folder is not found (help.talentlms.com" in finding.message


def test_only_the_extensions_that_an_lms_names_are_refused_there() -> None:
    tree = base("web") | {"start.exe": base("web")["course.js"]}
    package = Package("kurs.zip", tree)
    (finding,) = held(package, validate_package(package), [profile("docebo")])
    assert (finding.rule.id, finding.profiles) == ("PKG-047", ())


def test_a_limit_says_more_than_the_general_advice(tmp_path: Path) -> None:
    case = Case(CASES, "scorm12", {"broken": {"sizes": {"media/film.mp4": 300 << 20}}})
    package = case.package("broken", tmp_path)
    general = validate_package(package)
    assert [finding.rule.id for finding in general] == ["PKG-051"]
    (finding,) = held(package, general, [profile("cornerstone")])
    assert finding.rule.id == "PKG-122"
    assert finding.message.startswith(
        "Cornerstone: 300 MB, and 250 MB is the most that is taken (help.csod.com"
    )
    assert [one.rule.id for one in held(package, general, [profile("talentlms")])] == ["PKG-051"]


@pytest.mark.parametrize("lms", profile_ids())
def test_a_sound_package_is_sound_everywhere(lms: str) -> None:
    package = Package("kurs.zip", base("scorm12"))
    found = {finding.rule.id for finding in held(package, (), [profile(lms)])}
    assert found == (set() if profile(lms).takes else {"PKG-131"})


@pytest.mark.parametrize(
    ("kind", "refusing"),
    [("xapi", {"moodle", "learn365", "totara"}), ("cmi5", {"moodle", "docebo", "canvas"})],
)
def test_what_a_profile_takes_decides(kind: str, refusing: set[str]) -> None:
    package = Package("kurs.zip", base(kind))
    for lms in refusing:
        found = {finding.rule.id for finding in held(package, (), [profile(lms)])}
        assert found == ({"PKG-120"} if profile(lms).takes else {"PKG-131"}), lms


def test_what_is_no_package_is_no_matter_of_lmss() -> None:
    empty = Package("kurs.zip", FileTree({}))
    (finding,) = held(empty, validate_package(empty), [profile("itslearning")])
    assert finding.rule.id == "PKG-002"


def test_the_command_tells_people_and_machines(tmp_path: Path) -> None:
    kurs = str(tmp_path / "kurs.zip")
    with ZipFile(kurs, "w") as whole:
        for path, file in base("scorm12").items():
            whole.writestr(f"kurs/{path}", file.read())
    plain = run("validate", kurs)
    assert "PKG-003 manifest-not-at-root" in plain.out
    assert "      minded by: docebo, moodle, moodle-app, successfactors, talentlms, totara\n" in plain.out
    asked = run("validate", kurs, "--profile", "moodle,open-edx", "--profile", "totara")
    assert "Totara: a manifest in a folder is not found (help.totaralearning.com" in asked.out
    assert "minded by: docebo" not in asked.out
    document = json.loads(run("validate", kurs, "--profile", "totara", "--report", "json").out)
    profiles = {finding["rule"]: finding["profiles"] for finding in document["targets"][0]["findings"]}
    assert profiles["PKG-003"] == ["totara"]
    everyone = json.loads(run("validate", kurs, "--report", "json").out)
    assert "moodle" in everyone["targets"][0]["findings"][0]["profiles"]


def test_a_file_is_as_good_as_an_id() -> None:
    wish = Wish(profiles=(str(RULES / "profiles" / "streng.yaml"),))
    assert pickle.loads(pickle.dumps(wish)) == wish  # noqa: S301 - our own bytes
    package = CASES.parent / "base" / "cmi5"
    (report,) = validate_paths([str(package)], wish)
    assert "PKG-120" in {finding.rule.id for finding in report.findings}


def test_explain_says_who_minds_and_why() -> None:
    told = run("explain", "PKG-003").out
    assert "LMSs that mind:" in told
    assert "TalentLMS (talentlms): a manifest in a folder is not found\n  help.talentlms.com" in told
    assert "LMSs that mind" not in run("explain", "SRC-001").out


@pytest.mark.parametrize("kind", BASES)
def test_no_damage_breaks_what_lmss_say(kind: str) -> None:
    choose = random.Random(kind)  # noqa: S311  # the same damage in every run
    lmss = [chosen(str(RULES / "profiles" / "streng.yaml")), profile("docebo"), profile("moodle")]
    sound = {path: file.read() for path, file in base(kind).items()}
    for _ in range(60):
        files = dict(sound)
        path = choose.choice([name for name in files if name.endswith(TEXTS)])
        for _ in range(choose.randint(1, 4)):
            files[path] = damaged(path, files[path], choose)
        package = Package("kurs.zip", FileTree({name: File(data) for name, data in files.items()}))
        assert all(finding.message for finding in held(package, (), lmss))
