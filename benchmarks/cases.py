"""What is measured, and the budgets that the measures are held to."""

from __future__ import annotations

import shutil
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import FORMATS, Bench, Result
from benchmarks.measure import Run, medians, repeated, run
from benchmarks.reference import Size

# What a build imports, and nothing else: the floor under a cold build.
IMPORTS = "import click, jinja2, lxml.etree, markdown_it, nh3, pydantic, yaml, deflate"


def results(bench: Bench, *, media: bool) -> Iterator[Result]:
    """Every line, as soon as it is measured."""
    yield Result("Python starts", repeated([sys.executable, "-c", "pass"], bench.times))
    yield Result(
        "Python starts and imports the libraries", repeated([sys.executable, "-c", IMPORTS], bench.times)
    )
    yield from _reference(bench)
    if media:
        yield from _media(bench, "scorm12")
        yield from _media(bench, FORMATS)


def _reference(bench: Bench) -> Iterator[Result]:
    small, large = bench.course("reference", Size()), bench.course("ten-times", Size(times=10))
    one_format = repeated(bench.build(small, "scorm12"), bench.times, lambda: bench.forget(small))
    yield Result("4 modules, SCORM 1.2, cold", one_format, _total(bench.out(small)))
    cold = repeated(bench.build(small), bench.times, lambda: bench.forget(small))
    yield Result("4 modules x 3 formats, cold", cold, _total(bench.out(small)), "0.6 s", cold.wall <= 0.6)
    yield Result("  peak memory of it", None, f"{cold.memory:.0f} MB", "120 MB", cold.memory <= 120)
    most, name = max(_overheads(bench.out(small)))
    yield Result(
        "  largest package without media", None, f"{most / 1000:.1f} kB ({name})", "80 kB", most <= 80_000
    )
    unchanged = repeated(bench.build(small), bench.times)
    yield Result("nothing changed", unchanged, "", "0.25 s", unchanged.wall <= 0.25)
    page = small / "modules" / "del-1" / "pages" / "side-1.yaml"
    changed = repeated(bench.build(small), bench.times, lambda: _edit(page))
    yield Result("one text changed", changed)
    ten = repeated(bench.build(large), max(3, bench.times // 2), lambda: bench.forget(large))
    ratio = ten.wall / cold.wall
    note = f"{ratio:.1f} x the 4 modules, {ten.cpu / cold.cpu:.1f} x by CPU"
    yield Result("40 modules x 3 formats, cold", ten, note, "5 x", ratio <= 5)


def _media(bench: Bench, formats: str) -> Iterator[Result]:
    """240 MB of film: builds and `cp` of the packages they made, turn by turn, since the disk's mood changes."""
    course = bench.course("media", Size(film_megabytes=240))
    bench.forget(course)
    number = formats.count(",") + 1
    label = f"240 MB of film, {number} format{'s' if number > 1 else ''}"
    _settle(course)
    yield Result(f"{label}, cold", run(bench.build(course, formats)), _total(bench.out(course)))
    one = [course / "modules" / "del-1" / "pages" / "side-1.yaml"]
    every = sorted(course.glob("modules/*/pages/side-1.yaml"))
    for what, pages, budget in (
        ("second build", [], 1.5),
        ("one text changed", one, 1.5),
        ("a text changed in every module", every, None),
    ):
        build, copy = _turn_by_turn(bench, course, formats, pages)
        ratio = build.wall / copy.wall
        held = None if budget is None else ratio <= budget
        note = f"{ratio:.2f} x cp of all packages ({copy.wall:.2f} s)"
        yield Result(f"{label}, {what}", build, note, f"{budget} x cp" if budget else "", held)


def _turn_by_turn(bench: Bench, course: Path, formats: str, pages: list[Path]) -> tuple[Run, Run]:
    builds, copies = [], []
    copy = bench.folder / "copy"
    for _ in range(max(3, bench.times // 2)):
        for page in pages:
            _edit(page)
        builds.append(run(bench.build(course, formats)))
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        copies.append(run(["cp", *sorted(bench.out(course).glob("*.zip")), copy]))
        shutil.rmtree(copy)
    return medians(builds), medians(copies)


def _settle(course: Path) -> None:
    """Wait until the course is no longer brand new: stamps of files of this very moment prove nothing."""
    newest = max(path.stat().st_mtime for path in course.rglob("*"))
    time.sleep(max(0.0, newest + 2.5 - time.time()))


def _edit(page: Path) -> None:
    """One more word in the page."""
    page.write_text(page.read_text(encoding="utf-8").replace("text: |\n      ", "text: |\n      Endret. ", 1))


def _total(out: Path) -> str:
    sizes = [path.stat().st_size for path in out.glob("*.zip")]
    return f"{len(sizes)} packages, {sum(sizes) / 1e6:.1f} MB"


def _overheads(out: Path) -> Iterator[tuple[int, str]]:
    """The bytes of each package that are not media, with its name."""
    for path in out.glob("*.zip"):
        with zipfile.ZipFile(path) as package:
            media = sum(
                info.compress_size for info in package.infolist() if info.filename.startswith("media/")
            )
        yield path.stat().st_size - media, path.name
