"""Many editions in one go: the bytes are those of each package made by itself, whatever was kept or shared."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kurspakke import pipeline
from kurspakke.findings import ContentError, Finding, Location
from kurspakke.package import Package
from kurspakke.pipeline import Progress
from kurspakke.press import press as press_module
from kurspakke.project import Project
from kurspakke.record import FILE, Record
from kurspakke.rules.validate import package_rules
from kurspakke.selection import Selection
from kurspakke.shard import Shard
from kurspakke.staging import Published
from tests.command import run, run_alone
from tests.courses import edit
from tests.press.nation import FORMATS, PLAIN, empty, nation, one_by_one, zips

ALL = Selection(formats=FORMATS, all_editions=True)


class Heard(Progress):
    """What a build told while it worked."""

    def __init__(self) -> None:
        self.packages: list[Published] = []

    def made(self, package: Published) -> None:
        self.packages.append(package)

    @property
    def rendered(self) -> Counter[str]:
        """How many documents were made, by module."""
        count: Counter[str] = Counter()
        for package in self.packages:
            count[package.record.label.module] += package.rendered
        return count


def build(course: Path, out: Path, selection: Selection = ALL, jobs: int = 1) -> Heard:
    heard = Heard()
    pipeline.build(Project(course, out), selection, heard, jobs)
    return heard


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nation(tmp_path_factory.mktemp("nation") / "course")


@pytest.fixture(scope="module")
def expected(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return one_by_one(course, tmp_path_factory.mktemp("expected"))


def test_shared_and_alone_are_the_same_bytes(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    build(course, tmp_path / "all")
    assert zips(tmp_path / "all") == expected
    build(course, tmp_path / "one", Selection(formats=FORMATS, editions=("egnes",)))
    alone = zips(tmp_path / "one")
    assert alone
    assert alone.items() <= expected.items()


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes_makes_the_same_bytes(
    course: Path, expected: dict[str, bytes], tmp_path: Path, jobs: int
) -> None:
    build(course, tmp_path, jobs=jobs)
    assert zips(tmp_path) == expected
    record = Record.loads((tmp_path / FILE).read_bytes())
    assert record
    assert {package.path for package in record.packages} == expected.keys()


def test_a_process_that_was_not_forked_makes_the_same(
    course: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kurspakke.sidebyside.sys.platform", "darwin")
    build(course, tmp_path, Selection(formats=("xapi",), editions=("adal", "bo")), jobs=2)
    made = zips(tmp_path)
    assert len(made) == 4
    assert made.items() <= expected.items()


def test_an_emptied_folder_is_filled_from_what_was_kept(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert build(course, tmp_path).rendered.total() > 0
    empty(tmp_path)
    again = build(course, tmp_path, jobs=2)
    assert again.rendered.total() == 0
    assert not any(package.reused for package in again.packages)
    assert zips(tmp_path) == expected
    sums = {package.path: package.record.sha256 for package in again.packages}
    record = Record.loads((tmp_path / FILE).read_bytes())
    assert record
    assert {package.path: package.sha256 for package in record.packages} == sums


@pytest.mark.parametrize("at", [3, 40, -5])
def test_what_was_kept_and_is_damaged_is_made_anew(
    course: Path, expected: dict[str, bytes], tmp_path: Path, at: int
) -> None:
    first = build(course, tmp_path).rendered.total()
    kept = sorted((tmp_path / ".kurspakke" / "press").iterdir())
    assert len(kept) > len(expected)
    for path in kept:
        data = bytearray(path.read_bytes())
        data[max(at, -len(data)) if at < 0 else min(at, len(data) - 1)] ^= 1
        path.write_bytes(data)
    empty(tmp_path)
    assert build(course, tmp_path).rendered.total() == first
    assert zips(tmp_path) == expected


def test_what_was_kept_under_another_name_is_not_taken(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    build(course, tmp_path)
    kept = sorted((tmp_path / ".kurspakke" / "press").iterdir())
    contents = [path.read_bytes() for path in kept]
    for path, content in zip(kept, [*contents[1:], contents[0]], strict=True):
        path.write_bytes(content)
    empty(tmp_path)
    build(course, tmp_path)
    assert zips(tmp_path) == expected


@pytest.mark.parametrize("system", ["is told what to let go of", "can't be told"])
def test_a_changed_page_is_made_anew_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    if system == "can't be told":
        monkeypatch.delattr(os, "posix_fadvise", raising=False)
    course, out = nation(tmp_path / "course"), tmp_path / "out"
    build(course, out)
    before = zips(out)
    edit(course / "modules" / "takk" / "pages" / "huske.yaml", "title: Hva husker", "title: Og hva husker")
    heard = build(course, out)
    assert heard.rendered["post"] == 0
    # Its documents, not the coordinator's page beside each of them.
    packages = [package for package in heard.packages if package.record.label.module == "takk"]
    assert heard.rendered["takk"] == len(packages)
    assert all(package.reused for package in heard.packages if package.record.label.module == "post")
    after = zips(out)
    assert after == one_by_one(course, out)
    assert {name for name in after if after[name] != before[name]} == {p.path for p in packages}


def test_what_is_no_file_in_a_packages_place_is_replaced_unread(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    build(course, tmp_path)
    there = min(tmp_path.glob("*.zip"))
    there.unlink()
    os.mkfifo(there)  # whoever opened it would wait for ever
    options = ("--all-editions", "--format", ",".join(FORMATS), "--jobs", "1")
    answer = run_alone("build", course, "-o", tmp_path, *options, wrapper=("timeout", "120"))
    assert answer.code == 0, answer.err
    assert zips(tmp_path) == expected


def test_where_nothing_is_kept_any_more_packages_stay_where_they_are(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    build(course, tmp_path)
    before = {path.name: path.stat().st_ino for path in tmp_path.glob("*.zip")}
    for path in (tmp_path / ".kurspakke" / "press").iterdir():
        path.unlink()
    (tmp_path / ".kurspakke" / "fresh.json").unlink()
    again = build(course, tmp_path)
    assert again.rendered.total() > 0
    assert all(package.reused for package in again.packages)
    assert {path.name: path.stat().st_ino for path in tmp_path.glob("*.zip")} == before
    assert zips(tmp_path) == expected


def test_packages_that_a_release_has_linked_are_not_made_again(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    out, linked = tmp_path / "out", tmp_path / "release"
    build(course, out)
    linked.mkdir()
    for path in out.glob("*.zip"):
        os.link(path, linked / path.name)
    again = build(course, out)
    assert len(again.packages) == len(expected)  # their stamps are others, so they were looked at
    assert all(package.reused for package in again.packages)
    assert all((linked / name).samefile(out / name) for name in expected)
    changed = out / "golden-takk-bo-nb-web.zip"
    data = bytearray(changed.read_bytes())
    data[99] ^= 1
    changed.write_bytes(data)
    assert [one.path for one in build(course, out).packages if not one.reused] == [changed.name]
    assert zips(out) == expected


def test_nothing_is_kept_for_ever(tmp_path: Path) -> None:
    course, out = nation(tmp_path / "course"), tmp_path / "out"
    everything = Selection(all_editions=True)
    build(course, out, everything)
    folder = out / ".kurspakke" / "press"
    before = {path.name for path in folder.iterdir()}
    stray = folder / ("0" * 64)
    stray.write_bytes(b"?")
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    edit(course / "course.yaml", "publisher: Prøvekommunen", "publisher: Kommunen")
    build(course, out, everything)
    after = {path.name for path in folder.iterdir()}
    assert stray.name not in after
    assert not before & after - {path.name for path in folder.iterdir() if path.stat().st_size == 32}


def test_templates_of_a_course_may_do_anything_with_a_name(tmp_path: Path) -> None:
    course = nation(tmp_path / "course")
    (course / "templates").mkdir()
    (course / "templates" / "document.html.j2").write_text(
        "{% if course.edition and course.edition.title | length > 3 %}"
        "{% set title = course.edition.title | upper %}{% endif %}"
        '{% extends "default:document.html.j2" %}',
        "utf-8",
    )
    build(course, tmp_path / "out")
    assert zips(tmp_path / "out") == one_by_one(course, tmp_path)


def test_each_shape_is_proven_once(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def proof(package: Package) -> tuple[Finding, ...]:
        looked_at.append(package.path)
        return ()

    monkeypatch.setattr(press_module, "proof", proof)
    build(course, tmp_path, Selection(formats=("scorm12",), editions=PLAIN))
    assert looked_at == [f"golden-{module}-{PLAIN[0]}-nb-scorm12.zip" for module in ("post", "takk")]
    looked_at.clear()
    # A name that is no plain word, and a contact of its own: each is looked at for itself.
    build(course, tmp_path, Selection(formats=("scorm12",), editions=("bo", "egnes", "fjord")))
    assert looked_at == [
        f"golden-{module}-{name}-nb-scorm12.zip" for name in ("egnes", "fjord") for module in ("post", "takk")
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_package_that_is_not_sound_stops_the_build(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    build(course, tmp_path, Selection(formats=("web",), editions=("bo",)))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    fault = Finding(package_rules()[0], "feil", "rett", Location("pakke.zip"))
    monkeypatch.setattr(press_module, "proof", lambda _: (fault,))
    with pytest.raises(ContentError) as raised:
        build(course, tmp_path, Selection(formats=("web",), editions=("adal", "egnes", "fjord")), jobs)
    assert raised.value.findings == (fault,)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert not (tmp_path / ".kurspakke" / "staged").exists()


def test_a_plain_build_leaves_the_editions_of_the_same_version(
    course: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    source, out = tmp_path / "course", tmp_path / "out"
    shutil.copytree(course, source)
    build(source, out)
    stay = "not built, and left as they were: 56 of 7 local editions (kurspakke build --all-editions"
    edit(source / "modules/takk/pages/huske.yaml", "title: Hva husker", "title: Og hva husker")
    answer = run("build", source, "-o", out)
    assert answer.code == 0, answer.err
    assert stay in answer.out
    assert "removed" not in answer.out
    after = zips(out)
    assert after.keys() == expected.keys()
    changed = {name for name in after if after[name] != expected[name]}
    assert changed == {f"golden-takk-nb-{form}.zip" for form in FORMATS}
    record = Record.loads((out / FILE).read_bytes())
    assert record
    assert {package.path for package in record.packages} == expected.keys()
    # Nothing of them has to be made again but what the change is in.
    assert {one.path for one in build(source, out).packages if not one.reused} == {
        name for name in expected if name.startswith("golden-takk-") and name not in changed
    }
    # Another version is another release: what would be of two versions at once goes, and that is said.
    edit(source / "course.yaml", "version: 1.2.3", "version: 1.2.4")
    answer = run("build", source, "-o", out)
    assert answer.code == 0, answer.err
    assert "removed, since they are made no more: golden-post-adal-nb-cmi5.zip, " in answer.out
    assert " and 53 more\n" in answer.out
    assert zips(out).keys() == {name for name in expected if name.count("-") == 3}


def test_a_plain_build_leaves_no_part_of_the_editions(course: Path, tmp_path: Path) -> None:
    build(course, tmp_path, Selection(formats=("web",), all_editions=True, shard=Shard(2, 3)))
    build(course, tmp_path, Selection())
    record = Record.loads((tmp_path / FILE).read_bytes())
    assert record
    assert {package.path for package in record.packages} == zips(tmp_path).keys()
    assert {package.label.edition for package in record.packages} == {None}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("modules/takk/module.yaml", "pages: [", "pages: [borte, ", "SRC-020"),
        (
            "modules/post/pages/svare.yaml",
            "rund.svg",
            "rud.svg",
            "SRC-020",
        ),  # nobody can make a package of it
        ("course.yaml", "publisher: Prøvekommunen", "publisher: Prøvekommunen\nlms: ukjent", "SRC-170"),
    ],
)
def test_a_course_that_became_faulty_is_refused_by_its_findings(
    tmp_path: Path, *, jobs: int, file: str, old: str, new: str, rule: str
) -> None:
    course, out = nation(tmp_path / "course"), tmp_path / "out"
    build(course, out)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    edit(course / file, old, new)
    with pytest.raises(ContentError) as raised:
        build(course, out, jobs=jobs)
    assert rule in {finding.rule.id for finding in raised.value.findings}
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    assert not (out / ".kurspakke" / "staged").exists()


@pytest.mark.parametrize("parts", [2, 3])
def test_shards_are_everything_once(
    course: Path, expected: dict[str, bytes], tmp_path: Path, parts: int
) -> None:
    found: dict[str, bytes] = {}
    for number in range(1, parts + 1):
        out = tmp_path / str(number)
        build(course, out, Selection(formats=FORMATS, all_editions=True, shard=Shard(number, parts)))
        mine = zips(out)
        assert not mine.keys() & found.keys()
        found |= mine
        plain = json.loads((out / FILE).read_bytes())
        assert plain["shard"] == f"{number}/{parts}"
        record = Record.loads((out / FILE).read_bytes())
        assert record
        assert record.shard == plain["shard"]
    assert found == expected


def test_two_shards_in_one_folder_are_no_shard(course: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        build(course, tmp_path, Selection(formats=("web",), all_editions=True, shard=Shard(number, 2)))
    plain = json.loads((tmp_path / FILE).read_bytes())
    assert "shard" not in plain
    assert {package["path"] for package in plain["packages"]} == zips(tmp_path).keys()


@pytest.mark.parametrize("text", ["", "0/4", "5/4", "1", "1/0", "a/b", "1/1001", "-1/2", "1/2/3"])
def test_what_is_no_shard_is_refused(course: Path, tmp_path: Path, text: str) -> None:
    answer = run("build", course, "-o", tmp_path / "out", "--all-editions", "--shard", text)
    assert answer.code == 2
    assert "is no part of a build" in answer.err
    assert not (tmp_path / "out").exists()


def test_every_package_passes_the_validator(course: Path, tmp_path: Path) -> None:
    build(course, tmp_path, jobs=2)
    answer = run("validate", tmp_path, "--jobs", "2")
    assert answer.code == 0, answer.out + answer.err


def test_the_report_names_what_nobody_is_sure_of(course: Path, tmp_path: Path) -> None:
    answer = run("build", course, "-o", tmp_path, "--all-editions", "--jobs", "2")
    assert answer.code == 0, answer.err
    assert "1 edition has a language form that nobody has confirmed:\n  cerne-dal\n" in answer.out
    assert answer.out.splitlines()[-1].startswith("64 packages in ")
    assert (
        "cerne-dal"
        not in run("build", course, "-o", tmp_path, "--edition", "bo", "--jobs", "1").out.split("\n\n", 1)[1]
    )
