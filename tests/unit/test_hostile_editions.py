"""Editions that nobody should have written: each is a finding at its place, told soon, and no traceback."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kurspakke.locality.edition import MAX_LAYERS
from kurspakke.locality.table import MAX_BYTES
from kurspakke.rules.source import hindrances
from kurspakke.sourcereader import read_source
from tests.command import run
from tests.courses import TODAY, findings
from tests.localcourse import FACTS, VIK, opened, own_page, put, table
from tests.unit.test_bad_input import BOMB

HEAD = "editions/vik/edition.yaml"
FIGURE = "{{type: figure, id: vik-hus, src: '{}', alt: Et hus.}}"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return opened(tmp_path / "kurs")


def raw(name: str, data: bytes) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_bytes(data)

    return change


def figure(src: str) -> Callable[[Path], object]:
    return lambda course: put(
        course, "vik", f"{VIK}add:\n  - page: post/rad\n    components:\n      - {FIGURE.format(src)}\n"
    )


def linked(name: str) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        put(course, "vik")
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).unlink(missing_ok=True)
        (course / name).symlink_to("/etc/passwd")

    return change


def a_page(course: Path) -> None:
    put(course, "vik", f"{VIK}pages:\n  - {{module: post, page: rad2}}\n")
    own_page(
        course, "vik", "rad2", FIGURE.format("../../../../course.yaml").replace("{{", "{").replace("}}", "}")
    )


def great_table(course: Path) -> None:
    raw("editions/localities.yaml", FACTS.encode())(course)
    raw("editions/localities.csv", b"")(course)
    with (course / "editions/localities.csv").open("r+b") as file:
        file.truncate(MAX_BYTES << 10)


CASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "inherits from itself": (
        lambda course: put(course, "vik", f"{VIK}inherits: vik\n"),
        f"SRC-203 {HEAD}:4:11",
    ),
    "inherits from a folder above": (
        lambda course: put(course, "vik", f"{VIK}inherits: ..\n"),
        f"SRC-014 {HEAD}:4:11",
    ),
    "another id": (raw(HEAD, f"id: oy\n{VIK}".encode()), f"SRC-026 {HEAD}:1:5"),
    "a path as id": (raw(HEAD, f"id: ../vik\n{VIK}".encode()), f"SRC-014 {HEAD}:1:5"),
    "an absolute path as page": (
        lambda course: put(course, "vik", f"{VIK}pages:\n  - {{module: post, page: /etc/passwd}}\n"),
        f"SRC-014 {HEAD}:5:26",
    ),
    "a folder of another name": (
        raw("editions/Vik by/edition.yaml", f"id: vik\n{VIK}".encode()),
        "SRC-026 editions/Vik by/edition.yaml:1:5",
    ),
    "no edition.yaml": (raw("editions/vik/media/hus.svg", b"<svg/>"), "SRC-020 editions/vik"),
    "a folder for edition.yaml": (raw(f"{HEAD}/hus.svg", b"<svg/>"), "SRC-020 editions/vik"),
    "a bomb": (raw(HEAD, BOMB.encode()), f"SRC-007 {HEAD}:1:8"),
    "deep": (raw(HEAD, b"[" * 5000), f"SRC-006 {HEAD}:1:41"),
    "large": (raw(HEAD, b"#" * (3 << 20)), f"SRC-004 {HEAD}:1:1"),
    "NUL": (raw(HEAD, b"id: vik\ntitle: V\x00k\n"), f"SRC-002 {HEAD}:2:9"),
    "not UTF-8": (raw(HEAD, "id: vik\ntitle: Våk\n".encode("latin-1")), f"SRC-001 {HEAD}:2:9"),
    "a list": (raw(HEAD, b"- vik\n"), f"SRC-014 {HEAD}:1:1"),
    "empty": (raw(HEAD, b""), f"SRC-014 {HEAD}:1:1"),
    "media outside its folder": (figure("../../../modules/post/media/postkasse.svg"), f"SRC-021 {HEAD}:7:42"),
    "media by an absolute path": (figure("/etc/passwd.svg"), f"SRC-021 {HEAD}:7:42"),
    "media of another edition": (figure("//editions/oy/media/hus.svg"), f"SRC-021 {HEAD}:7:42"),
    "media that is not there": (figure("hus.svg"), f"SRC-020 {HEAD}:7:42"),
    "a page's media outside its folder": (a_page, "SRC-021 editions/vik/modules/post/pages/rad2.yaml:5:38"),
    "a link for edition.yaml": (linked(HEAD), f"SRC-022 {HEAD}"),
    "a link for a picture": (linked("editions/vik/media/hus.svg"), "SRC-022 editions/vik/media/hus.svg"),
    "a logo that is not there": (
        lambda course: put(course, "vik", f"{VIK}brand: {{logo: brand/vik.svg, logo_alt: Vik}}\n"),
        f"SRC-020 {HEAD}:4:15",
    ),
    "a logo outside its folder": (
        lambda course: put(course, "vik", f"{VIK}brand: {{logo: brand/../../../x.svg, logo_alt: Vik}}\n"),
        f"SRC-014 {HEAD}:4:15",
    ),
    "a table that is not UTF-8": (
        raw("editions/localities.csv", b"\xff\xfe"),
        "SRC-209 editions/localities.csv:1",
    ),
    "a great table": (great_table, "SRC-209 editions/localities.csv:1"),
    "a table without its facts": (raw("editions/localities.csv", b"x\n"), "SRC-020 editions/localities.csv"),
    "a folder for the table": (
        raw("editions/localities.csv/x", b""),
        "SRC-020 editions/localities.csv",
    ),
    "a row called as a module": (
        lambda course: table(course, "post;county;46;Post;Post;;;;unknown;"),
        "SRC-205 editions/localities.csv:2",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_a_finding_at_its_place(name: str, course: Path) -> None:
    change, expected = CASES[name]
    change(course)
    begun = time.monotonic()
    found = findings(course)
    assert expected in [f"{one.rule.id} {one.location}" for one in found]
    assert all(one.message and one.hint for one in found)
    assert hindrances(read_source(course), TODAY)
    assert time.monotonic() - begun < 20


def test_a_build_says_the_same_and_writes_nothing(course: Path, tmp_path: Path) -> None:
    figure("../../course.yaml")(course)
    answer = run("build", course, "-o", tmp_path / "ut", "--edition", "vik", "--format", "web")
    assert answer.code == 1
    assert f"{HEAD}:7:42" in answer.out + answer.err
    assert "Traceback" not in answer.out + answer.err
    assert not list((tmp_path / "ut").glob("*.zip"))


def test_an_edition_with_a_folder_that_cannot_be_read_is_told_of_once(course: Path) -> None:
    put(course, "nett", "title: [\n")
    put(course, "vik", f"{VIK}inherits: nett\n")
    assert {one.location.path for one in findings(course)} == {"editions/nett/edition.yaml"}


def test_a_picture_of_an_editions_is_none_of_the_nations(course: Path) -> None:
    put(course, "vik")
    page = course / "modules/post/pages/bilde.yaml"
    page.write_text(page.read_text("utf-8").replace("postkasse.svg", "//editions/vik/media/hus.svg"), "utf-8")
    assert "SRC-021" in {one.rule.id for one in findings(course)}


def test_names_of_packages_that_would_be_the_same_are_found(course: Path) -> None:
    for name in ("vik", "vik-leder"):
        put(course, name)
    found = [one for one in findings(course) if one.rule.id == "SRC-205"]
    assert [str(one.location) for one in found] == ["editions/vik-leder/edition.yaml:1:5"]
    assert "all-vik-leder" in found[0].message or "post-vik-leder" in found[0].message


def test_inheriting_has_an_end(course: Path) -> None:
    names = [f"e{number}" for number in range(300)]
    for above, name in zip(["", *names], names, strict=False):
        put(course, name, f"{VIK}{f'inherits: {above}' if above else ''}\n")
    begun = time.monotonic()
    found = findings(course)
    assert time.monotonic() - begun < 60
    assert {one.rule.id for one in found} == {"SRC-203"}
    assert {one.location.path for one in found} == {
        f"editions/{name}/edition.yaml" for name in names[MAX_LAYERS:]
    }


def test_a_circle_of_many_is_told_at_each_of_them(course: Path) -> None:
    names = [f"e{number}" for number in range(20)]
    for above, name in zip([names[-1], *names], names, strict=False):
        put(course, name, f"{VIK}inherits: {above}\n")
    found = findings(course)
    assert [one.rule.id for one in found] == ["SRC-203"] * 20
    assert all("inherits from itself" in one.message for one in found)


def test_five_thousand_rows_cost_little(course: Path) -> None:
    rows = (
        f"k{number};municipality;;Kommune {number};Kommune {number};nett;;;sum;" for number in range(5000)
    )
    table(course, "nett;county;46;Nett;Nett;;;;unknown;", *rows)
    begun = time.monotonic()
    assert findings(course) == ()
    assert len(read_source(course).editions.whole) == 5001
    assert time.monotonic() - begun < 20
