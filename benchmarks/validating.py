"""How fast packages are validated: one in this process, two hundred in one call, and a gigabyte beside reading it."""

from __future__ import annotations

import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.bench import KURSPAKKE, Bench, Result
from benchmarks.measure import Run, medians, repeated, run
from benchmarks.reference import Size
from benchmarks.textpackage import write_text_package
from kurspakke.rules.validate import validate_package
from kurspakke.targets import package_at

ONE = 300_000
"""Bytes of the package that is validated again and again."""
MANY = 200
LARGE = 1_000_000_000
READING = (
    "import sys, zipfile\n"
    "with zipfile.ZipFile(sys.argv[1]) as archive:\n"
    "    for name in archive.namelist():\n"
    "        with archive.open(name) as member:\n"
    "            while member.read(1 << 20): pass\n"
)
"""The same as `_read`, as a program: the floor under a whole process."""


def validating_results(bench: Bench) -> Iterator[Result]:
    """Every line, as soon as it is measured."""
    course = bench.course("reference", Size())
    if not bench.out(course).exists():
        run(bench.build(course))
    package = _of_size(next(iter(sorted(bench.out(course).glob("*-scorm12.zip")))), bench.folder / "one.zip")
    yield _one(package, "a package", bench.times)
    yield from _many(package, bench)
    yield _one(write_text_package(bench.folder / "text.zip"), "nothing but text", bench.times)
    yield from _large(package, bench)


def _of_size(package: Path, to: Path) -> Path:
    """The package with so many noisy bytes in a picture that it has 300 kB."""
    shutil.copy(package, to)
    with zipfile.ZipFile(to) as archive:
        picture = next(name for name in archive.namelist() if name.endswith((".png", ".jpg", ".svg")))
        manifest = archive.read("imsmanifest.xml")
        members = {name: archive.read(name) for name in archive.namelist()}
    more = max(ONE - to.stat().st_size, 0)
    name = f"media/stor{Path(picture).suffix}"
    members["imsmanifest.xml"] = manifest.replace(
        b"</resource>", f'<file href="{name}"/></resource>'.encode()
    )
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(path, data)
        archive.writestr(name, _noise(more), zipfile.ZIP_STORED)
    return to


def _noise(size: int) -> bytes:
    """Bytes that do not pack, the same in every run."""
    import random

    return random.Random(1).randbytes(size)


def _one(package: Path, called: str, times: int) -> Result:
    """In this process, opened anew each time, as one of many."""
    walls, cpus = [], []
    for _ in range(3 * times + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        validate_package(package_at(str(package)))
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    figures = Run(median(walls[1:]), median(cpus[1:]), 0)
    what = f"validate {called}, {package.stat().st_size / 1000:.0f} kB, in-process"
    note = f"median {figures.wall * 1000:.0f} ms"
    return Result(what, figures, note, "0.06 s", figures.wall <= 0.06)


def _many(package: Path, bench: Bench) -> Iterator[Result]:
    folder = bench.folder / "many"
    folder.mkdir(exist_ok=True)
    for number in range(MANY):
        shutil.copy(package, folder / f"{number:03}.zip")
    alone = repeated(
        [KURSPAKKE, "validate", folder, "--report", "json", "--jobs", "1"], max(1, bench.times // 2)
    )
    yield Result(f"validate {MANY} of them in one call, one process", alone)
    both = repeated(
        [KURSPAKKE, "validate", folder, "--report", "json", "--jobs", "2"], max(1, bench.times // 2)
    )
    yield Result(f"validate {MANY} of them in one call, two processes", both, "", "4 s", both.wall <= 4)


def _large(package: Path, bench: Bench) -> Iterator[Result]:
    """A gigabyte of film, read with its CRCs by the standard library and validated, turn by turn."""
    large = bench.folder / "large.zip"
    shutil.copy(package, large)
    film = _noise(1 << 20)
    with (
        zipfile.ZipFile(large, "a") as archive,
        archive.open(zipfile.ZipInfo("media/film.mp4"), "w") as member,
    ):
        for _ in range(LARGE >> 20):
            member.write(film)
    reads, validations, inside = [], [], []
    for _ in range(max(3, bench.times)):
        reads.append(run([sys.executable, "-c", READING, large]))
        validations.append(run([KURSPAKKE, "validate", large, "--report", "json"]))
        inside.append(
            (_seconds(lambda: _read(large)), _seconds(lambda: validate_package(package_at(str(large)))))
        )
    reading, validating = medians(reads), medians(validations)
    yield Result("read a zip of 1 GB once, with CRC", reading)
    whole = validating.wall / reading.wall
    note = f"{whole:.2f} x reading it; the program's start is in both"
    yield Result("validate a zip of 1 GB", validating, note, "1.3 x", whole <= 1.3)
    yield Result(
        "  peak memory of it", None, f"{validating.memory:.0f} MB", "200 MB", validating.memory <= 200
    )
    times = median(validated / read for read, validated in inside)
    note = f"{times:.2f} x reading it, turn by turn in one process"
    yield Result("  without starting anything", None, note, "1.3 x", times <= 1.3)
    large.unlink()


def _read(package: Path) -> None:
    """Every member once, with its CRC, by the standard library."""
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                while member.read(1 << 20):
                    pass


def _seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun
