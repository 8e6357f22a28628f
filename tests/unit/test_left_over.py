"""A build of some packages after the course's version was raised: the others stay, and are no part of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kurspakke.publish import Build, current, publish
from kurspakke.record import CourseRecord, Record
from kurspakke.staging import Package
from tests.command import Answer, run
from tests.courses import edit, two_modules
from tests.localcourse import VIK, put
from tests.unit.test_publish import package, visible

NAMES = {module: f"kurs-{module}-nb-scorm12.zip" for module in "abcd"}
BREV, POST = "prove-brev-nb-web.zip", "prove-post-nb-web.zip"


def of(version: str, *, whole: bool = False, national: bool = False, shard: str = "") -> Build:
    course = CourseRecord("kurs", version, "Kurs")
    return Build("kurspakke 0.1.0", course, whole=whole, national=national, shard=shard)


def local(module: str) -> Package:
    """A package of a local edition."""
    plain = package(module)
    return replace(plain, label=replace(plain.label, edition="vik"))


def told(record: Record) -> tuple[list[str], list[tuple[str, str]]]:
    """The modules of the build's packages, and of those left over with their versions."""
    left = [(one.package.label.module, one.version) for one in record.left_over]
    return [one.label.module for one in record.packages], left


def test_packages_of_another_version_are_named_apart(tmp_path: Path) -> None:
    publish(tmp_path, [package(module) for module in "abc"], of("1.0.0", whole=True))
    before = visible(tmp_path)
    record = publish(tmp_path, [package("b", "nytt")], of("1.1.0"))
    assert told(record) == (["b"], [("a", "1.0.0"), ("c", "1.0.0")])
    assert record == current(tmp_path)
    after = visible(tmp_path)
    assert {name for name in before if before[name] == after[name]} == {NAMES["a"], NAMES["c"]}
    plain = json.loads(after["build.json"])
    assert list(plain) == ["version", "tool", "course", "packages", "left_over"]
    assert plain["course"]["version"] == "1.1.0"
    first = plain["left_over"][0]
    assert first.pop("course_version") == "1.0.0"
    assert first == json.loads(before["build.json"])["packages"][0]


def test_they_stay_named_until_they_are_made_anew(tmp_path: Path) -> None:
    publish(tmp_path, [package(module) for module in "abcd"], of("1.0.0", whole=True))
    publish(tmp_path, [package("b")], of("1.1.0"))
    assert told(publish(tmp_path, [package("c")], of("1.1.0"))) == (
        ["b", "c"],
        [("a", "1.0.0"), ("d", "1.0.0")],
    )
    record = publish(tmp_path, [package("d")], of("1.2.0"))
    assert told(record) == (["d"], [("a", "1.0.0"), ("b", "1.1.0"), ("c", "1.1.0")])
    assert record == current(tmp_path)
    # Back to a version, those of it are its packages again.
    assert told(publish(tmp_path, [], of("1.1.0"))) == (["b", "c"], [("a", "1.0.0"), ("d", "1.2.0")])


def test_a_whole_build_makes_them_anew_or_removes_them(tmp_path: Path) -> None:
    publish(tmp_path, [package(module) for module in "abc"], of("1.0.0", whole=True))
    publish(tmp_path, [package("b")], of("1.1.0"))
    record = publish(tmp_path, [package("a"), package("b")], of("1.1.0", whole=True))
    assert told(record) == (["a", "b"], [])
    assert visible(tmp_path).keys() == {"build.json", NAMES["a"], NAMES["b"]}


def test_local_ones_of_another_version_do_not_outlast_a_whole_build(tmp_path: Path) -> None:
    publish(tmp_path, [local("a"), local("c"), package("b")], of("1.0.0", whole=True))
    publish(tmp_path, [local("c")], of("1.1.0"))
    record = publish(tmp_path, [package("b")], of("1.1.0", whole=True, national=True))
    assert told(record) == (["b", "c"], [])
    assert visible(tmp_path).keys() == {"build.json", NAMES["b"], NAMES["c"]}


def test_those_that_vanished_or_changed_drop_out(tmp_path: Path) -> None:
    publish(tmp_path, [package(module) for module in "abcd"], of("1.0.0", whole=True))
    publish(tmp_path, [package("d")], of("1.1.0"))
    (tmp_path / NAMES["a"]).unlink()
    (tmp_path / NAMES["b"]).write_bytes(b"another")
    assert told(publish(tmp_path, [package("d")], of("1.1.0"))) == (["d"], [("c", "1.0.0")])


def test_another_course_takes_over_none(tmp_path: Path) -> None:
    publish(tmp_path, [package("a"), package("b")], of("1.0.0", whole=True))
    publish(tmp_path, [package("a")], of("1.1.0"))
    other = replace(of("1.1.0"), course=CourseRecord("annet", "1.1.0", "Annet"))
    assert told(publish(tmp_path, [package("c")], other)) == (["c"], [])
    assert (tmp_path / NAMES["b"]).is_file()


def test_a_part_of_a_divided_build_says_which_beside_them(tmp_path: Path) -> None:
    publish(tmp_path, [package("a"), package("b")], of("1.0.0", whole=True))
    record = publish(tmp_path, [package("a")], of("1.1.0", shard="1/2"))
    assert record.shard == "1/2"
    assert told(record) == (["a"], [("b", "1.0.0")])


@pytest.mark.parametrize("path", ["../ute.zip", ".skjult.zip", "notat.txt"])
def test_they_can_not_lead_out_of_the_folder(tmp_path: Path, path: str) -> None:
    out = tmp_path / "dist"
    publish(out, [package("a"), package("b")], of("1.0.0", whole=True))
    publish(out, [package("a")], of("1.1.0"))
    victim = out / path
    victim.write_text("keep")
    plain = json.loads((out / "build.json").read_bytes())
    plain["left_over"][0]["path"] = path
    (out / "build.json").write_text(json.dumps(plain))
    assert told(publish(out, [package("a")], of("1.1.0"))) == (["a"], [])
    (out / "build.json").write_text(json.dumps(plain))
    publish(out, [package("a")], of("1.1.0", whole=True))
    assert victim.read_text() == "keep"


@pytest.mark.parametrize("left", [3, [{}], [{"course_version": "1.0.0"}], {"a": 1}, [7]])
def test_a_damaged_record_of_them_is_none(left: Any, tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], of("1.0.0"))
    plain = json.loads((tmp_path / "build.json").read_bytes())
    assert Record.loads(json.dumps({**plain, "left_over": left}).encode()) is None


# ---- as a user meets it


def build(course: Path, *words: str) -> Answer:
    answer = run("build", course, "-o", course.parent / "dist", "--format", "web", *words)
    assert answer.code == 0, answer.err
    return answer


@pytest.fixture
def raised(tmp_path: Path) -> Path:
    """A course whose two modules were built, with a newer version since."""
    course = two_modules(tmp_path / "kurs")
    edit(course / "course.yaml", "modules:", "formats: [web]\nmodules:")
    build(course)
    edit(course / "course.yaml", "version: 1.0.0", "version: 1.1.0")
    return course


def test_the_build_says_what_is_of_another_version_and_what_to_do(raised: Path) -> None:
    said = build(raised, "--module", "brev").out
    line = (
        f"left as they were, of version 1.0.0 and so no part of this build of 1.1.0: {POST}"
        " (kurspakke build makes all anew)"
    )
    assert said.splitlines().count(line) == 1
    assert line in build(raised, "--module", "brev").out
    assert json.loads(build(raised, "--module", "brev", "--json").out)["left_over"][0]["path"] == POST
    (raised.parent / "dist" / POST).unlink()
    assert "left as they were" not in build(raised, "--module", "brev").out


def test_the_remedy_is_one(raised: Path) -> None:
    build(raised, "--module", "brev")
    answer = run("build", raised, "-o", raised.parent / "dist")
    assert answer.code == 0
    assert "left as they were" not in answer.out
    assert "removed" not in answer.out
    record = current(raised.parent / "dist")
    assert record
    assert [one.path for one in record.packages] == [BREV, POST]
    assert record.left_over == ()


def test_what_a_whole_build_then_removes_is_said(raised: Path) -> None:
    build(raised, "--module", "brev")
    edit(raised / "course.yaml", "modules: [post, brev]", "modules: [brev]")
    answer = run("build", raised, "-o", raised.parent / "dist")
    assert f"removed, since they are made no more: {POST}\n" in answer.out
    assert not (raised.parent / "dist" / POST).exists()


def test_local_editions_are_made_anew_with_all(raised: Path) -> None:
    put(raised, "vik", VIK)
    build(raised, "--edition", "vik")
    edit(raised / "course.yaml", "version: 1.1.0", "version: 1.2.0")
    said = build(raised, "--module", "brev").out
    assert "of version 1.0.0 and 1.1.0 and so no part of this build of 1.2.0" in said
    assert "(kurspakke build --all-editions makes all anew)" in said
    answer = run("release", raised, "--from", raised.parent / "dist", "-o", raised.parent / "release")
    assert answer.code == 3
    assert "-vik-nb-web.zip and 2 more: still of version 1.1.0, and the rest of 1.2.0" in answer.err
    assert "`kurspakke build --all-editions`" in answer.err


def test_a_release_takes_no_half_of_a_version(raised: Path, tmp_path: Path) -> None:
    build(raised, "--module", "brev")
    words = ("release", raised, "--from", tmp_path / "dist", "-o", tmp_path / "release", "--jobs", "1")
    answer = run(*words)
    assert answer.code == 3
    assert f"{POST}: still of version 1.0.0, and the rest of 1.1.0" in answer.err
    assert "build them again: `kurspakke build`" in answer.err
    assert not (tmp_path / "release").exists()
    build(raised)
    assert run(*words).code == 0
