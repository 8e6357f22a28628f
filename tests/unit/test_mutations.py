"""Hundreds of small accidents to the real course: each gives findings or a package, and never anything else."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import etree

from kurspakke import assemble
from kurspakke.findings import Finding, KurspakkeError, Severity
from kurspakke.render import COORDINATOR_PAGE
from kurspakke.rules.source import validate_source
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from tests.courses import REAL, TODAY, copy

SEEDS = range(400)
BATCH = 20
QUICK = 100

MUTATED = (".yaml", ".vtt", ".svg")
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

ODD = [
    *"\t\r\0\x07\x1b\x7f\x85\xa0\xad\u200b\u200d\u2028\u2029\u202e\ufeff\ufffd\uffff\U0001f926\u0301æÅß",
    "\U0001f469\u200d\U0001f4bb",
    "e\u0301\u0301\u0301",
]
SIGNS = [
    *"-?:,[]{}#&*!|>'\"%@`~=<\\/.+_",
    *(
        ": ",
        " #",
        "- ",
        "? ",
        "---\n",
        "...\n",
        "<<: ",
        "!!int ",
        "!x ",
        "&a ",
        "*a ",
        "|2\n",
        ">-\n",
        "%YAML 9\n",
    ),
    *(r'"\x00"', r'"\U0010FFFF"', r'"\uFFFE"', '""', "''", "null", "~", "{}", "[]", "{a: b}", "[[[["),
]
MARKS = [
    *("<script>alert(1)</script>", "<b", "-->", "&#0;", "&amp;", "![x](y.png)", "[x](javascript:alert(1))"),
    *(
        "# ",
        "###### ",
        "====",
        "```\n",
        "> " * 60,
        "*" * 90,
        "| a |\n|---|\n",
        "[x][x]",
        "[" * 300,
        "\\",
        "{{ c }}",
        "{%",
    ),
]
VALUES = [
    *(
        "",
        "null",
        "no",
        "yes",
        "true",
        "0",
        "-1",
        "1.5",
        "1e9",
        "9" * 5000,
        "[]",
        "[a, b]",
        "{}",
        "{id: x}",
        "'12'",
    ),
    *(
        "x" * 300,
        "|",
        ">",
        "2024-01-01",
        "12:30",
        "nb",
        "æøå",
        '"\\0"',
        "../x",
        "a b",
        "[nb, nn]",
        "[no]",
        "all",
    ),
]

Mutate = Callable[[str, random.Random], str]


def a_line(lines: list[str], chance: random.Random) -> int:
    return chance.randrange(len(lines))


def without_a_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[a_line(lines, chance)]
    return "".join(lines)


def with_a_line_twice(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    number = a_line(lines, chance)
    return "".join([*lines[: number + 1], *lines[number:]])


def with_two_lines_swapped(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    one, other = a_line(lines, chance), a_line(lines, chance)
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def with_a_line_indented(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    number, change = a_line(lines, chance), chance.choice([-3, -2, -1, 1, 2, 3])
    lines[number] = " " * change + lines[number] if change > 0 else lines[number][-change:]
    return "".join(lines)


def with_another_value(text: str, chance: random.Random) -> str:
    keys = list(re.finditer(r"(?m)^([ -]*[a-z_]+:)[ \n].*$", text)) or list(re.finditer(r"(?m)^.*$", text))
    key = chance.choice(keys)
    name = key.group(1) if key.re.groups else ""
    return f"{text[: key.start()]}{name} {chance.choice(VALUES)}{text[key.end() :]}"


def without_some_characters(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + text[place + chance.choice([1, 1, 1, 5, 60]) :]


def with_two_characters_swapped(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def with_a_piece_again(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    piece = text[start : start + chance.choice([1, 10, 400])]
    return text[:start] + piece * chance.choice([2, 3, 40]) + text[start:]


def cut_off(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def with_one_of(pieces: list[str]) -> Mutate:
    def change(text: str, chance: random.Random) -> str:
        place = chance.randrange(len(text))
        return text[:place] + chance.choice(pieces) + text[place:]

    return change


TO_TEXT: list[Mutate] = [
    *(without_a_line, with_a_line_twice, with_two_lines_swapped, with_a_line_indented, with_another_value),
    *(without_some_characters, with_two_characters_swapped, with_a_piece_again, cut_off),
    *(with_one_of(ODD), with_one_of(SIGNS), with_one_of(MARKS), with_another_value),
]


def with_other_text(file: Path, chance: random.Random) -> None:
    text = file.read_text("utf-8")
    for _ in range(chance.choice([1, 1, 2, 4])):
        text = chance.choice(TO_TEXT)(text, chance) or "\n\n"
    file.write_bytes(text.encode())


def with_other_bytes(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 10])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(data)


def under_another_name(file: Path, chance: random.Random) -> None:
    name = chance.choice(
        [file.name.upper(), file.stem, f"{file.name}.bak", "x y.yaml", "æ.svg", f".{file.name}", "x\udcff"]
    )
    file.rename(file.with_name(name))


def gone(file: Path, _: random.Random) -> None:
    file.unlink()


def a_folder(file: Path, _: random.Random) -> None:
    file.unlink()
    file.mkdir()


def a_link(file: Path, chance: random.Random) -> None:
    file.unlink()
    file.symlink_to(chance.choice([file.name, "..", "/", "nowhere", "/dev/zero", "../module.yaml"]))


TO_FILES = [with_other_text] * 14 + [
    with_other_bytes,
    with_other_bytes,
    under_another_name,
    gone,
    a_folder,
    a_link,
]


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(REAL, tmp_path_factory.mktemp("real") / "course")


@contextmanager
def mutated(course: Path, seed: int) -> Iterator[str]:
    """The course with an accident in one of its files, and afterwards without it; tells seed, file and accident."""
    chance = random.Random(seed)  # noqa: S311 - accidents, not secrets
    names = sorted(path for path in course.rglob("*") if path.suffix in MUTATED and "film" not in path.parts)
    file = chance.choice(names)
    folder, data = file.parent, file.read_bytes()
    others = set(folder.iterdir())
    accident = chance.choice(TO_FILES)
    accident(file, chance)
    try:
        yield f"seed {seed}: {file.relative_to(course)} {accident.__name__}"
    finally:
        for new in set(folder.iterdir()) - others:
            new.unlink()
        if file.is_dir() and not file.is_symlink():
            file.rmdir()
        file.unlink(missing_ok=True)
        file.write_bytes(data)


def check_finding(course: Path, finding: Finding, name: str) -> None:
    place = finding.location
    assert finding.message, name
    assert finding.hint, name
    if place.path == "course.yaml" and not (course / place.path).exists():
        return
    path = course / place.path
    assert path.exists() or path.is_symlink(), f"{name}: {place}"
    if place.line and path.stat().st_size < 1 << 20:
        lines = LINE_BREAK.split(path.read_bytes().decode("utf-8-sig", errors="replace"))
        assert place.line <= len(lines), f"{name}: {place} is below the file's {len(lines)} lines"
        assert place.column <= len(lines[place.line - 1].encode()) + 1, f"{name}: {place} is beside the line"


def check_package(package: assemble.Assembled) -> None:
    for name, file in package.tree.items():
        if name.endswith(".xml"):
            etree.fromstring(file.read())
        if name.endswith(".html"):
            assert b"\0" not in file.read()
            assert file.read().count(b"<script") == (0 if name == COORDINATOR_PAGE else 2)


def check_course(course: Path, name: str) -> None:
    source = read_source(course)
    findings = validate_source(source, TODAY)
    for finding in findings:
        check_finding(course, finding, name)
    if source.course and not any(finding.severity is Severity.ERROR for finding in findings):
        module = re.findall(r"modules/([a-z]+)/", name) or ["teknologi"]
        wanted = Selection(formats=("scorm12", "cmi5"), modules=tuple(module))
        for package in assemble.packages(source, source.course, wanted):
            check_package(package)


@pytest.mark.parametrize(
    "first",
    [pytest.param(first, marks=[pytest.mark.slow] if first >= QUICK else []) for first in SEEDS[::BATCH]],
)
def test_an_accident_gives_findings_or_packages(first: int, course: Path) -> None:
    for seed in range(first, first + BATCH):
        with mutated(course, seed) as name:
            if any(path.name.lower() == "course.yaml" and path.is_file() for path in course.iterdir()):
                check_course(course, name)
            else:
                with pytest.raises(KurspakkeError) as refusal:
                    check_course(course, name)
                assert refusal.value.hint


def test_the_course_is_whole_again_after_each_accident(course: Path, tmp_path: Path) -> None:
    before = copy(course, tmp_path / "before")
    for seed in SEEDS[::7]:
        with mutated(course, seed):
            pass
    names = sorted(path.relative_to(before) for path in before.rglob("*"))
    assert names == sorted(path.relative_to(course) for path in course.rglob("*"))
    assert all(
        (before / name).is_dir() or (before / name).read_bytes() == (course / name).read_bytes()
        for name in names
    )
    shutil.rmtree(before)
