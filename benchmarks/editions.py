"""All local editions of the real course: 372 of them and the national one, against `cp -r` of what they became."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from benchmarks.bench import FORMATS, KURSPAKKE, Bench, Result
from benchmarks.measure import Run, run

COURSE = Path(__file__).parents[1] / "course_source"
CURVE = (1, 10, 100)
_MEGABYTES = 500
_RELEASED = 180
_EVERY = 0.2


def editions_results(bench: Bench) -> Iterator[Result]:
    """The curve over editions, each built cold, and then all of them, cold, again, unchanged and changed.

    Each is built once: what is measured is gigabytes, and `cp` of them runs in turn with the builds.
    """
    course = bench.folder / "nation"
    shutil.copytree(COURSE, course)
    time.sleep(3)  # stamps of files of this very moment prove nothing
    names = _names(course)
    for number in CURVE:
        out = bench.folder / f"dist-{number}"
        cold = run(_build(course, out, "--edition", ",".join(names[:number])))
        yield Result(f"{number} edition{'s' if number > 1 else ''}, cold", cold, _total(out))
        if number == 10:
            wall = run([KURSPAKKE, "validate", out, "--report", f"json={bench.folder / 'report.json'}"])
            yield Result("  `kurspakke validate` of them, beside it", wall)
        shutil.rmtree(out)
    yield from _nation(bench, course)


def _nation(bench: Bench, course: Path) -> Iterator[Result]:
    out = bench.folder / "dist-nation"
    command = _build(course, out, "--all-editions")
    with _Memory() as memory:
        cold = memory.run(command)
    floor = _copy(out, bench.folder / "copy")
    yield Result("cp -r of all packages", floor, _total(out))
    yield _held("all editions, cold, with proof", cold, cold.wall / floor.wall, 3.0)
    most = memory.most / 1e6
    yield Result("  peak memory of all its processes", None, f"{most:.0f} MB", "500 MB", most <= _MEGABYTES)
    _empty(out)
    with _Memory() as memory:
        again = memory.run(command)
    floor = _copy(out, bench.folder / "copy")
    yield Result("cp -r of all packages, again", floor)
    yield _held("all editions, output emptied, all else kept", again, again.wall / floor.wall, 1.5)
    same = run(command)
    yield Result("nothing changed", same, "", "5 s", same.wall <= 5)
    page = course / "modules" / "strategi" / "pages" / "hvorfor.yaml"
    _edit(page)
    os.sync()  # what was written before must not be waited for now
    changed = run(command)
    share = changed.wall / cold.wall
    yield Result("one page changed", changed, f"{share:.0%} of cold", "20 %", share <= 0.2)
    release: list[str | Path] = [KURSPAKKE, "release", course, "--from", out, "-o", bench.folder / "release"]
    yield from _released("all editions released, the first time", release)
    _edit(page)
    run(command)
    yield from _released("one page changed, built, and all released again", release)
    shutil.rmtree(out)


def _released(what: str, command: list[str | Path]) -> Iterator[Result]:
    """Every package looked at, whole or by its likeness, with its pages and reports."""
    with _Memory() as memory:
        released = memory.run(command)
    yield Result(what, released, "", "180 s", released.wall <= _RELEASED)
    most = memory.most / 1e6
    yield Result("  peak memory of all its processes", None, f"{most:.0f} MB", "500 MB", most <= _MEGABYTES)


def _held(what: str, figures: Run, ratio: float, most: float) -> Result:
    return Result(what, figures, f"{ratio:.2f} x cp", f"{most} x cp", ratio <= most)


def _names(course: Path) -> list[str]:
    """The ids of the municipalities, in the order of the table."""
    with (course / "editions" / "localities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [row["id"] for row in rows if row["kind"] == "municipality"]


def _build(course: Path, out: Path, *options: str) -> list[str | Path]:
    return [KURSPAKKE, "build", course, "-o", out, "--format", FORMATS, *options]


def _copy(out: Path, copy: Path) -> Run:
    """`cp -r` of the packages, and of nothing that is remembered about them."""
    copy.mkdir()
    os.sync()
    taken = run(["sh", "-c", 'cp -r "$0"/* "$1"', out, copy])
    shutil.rmtree(copy)
    return taken


def _empty(out: Path) -> None:
    """Remove what a user sees in the output folder."""
    for path in out.iterdir():
        if path.is_file():
            path.unlink()
    os.sync()


def _edit(page: Path) -> None:
    """Another title for the page."""
    lines = page.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    lines[at] = lines[at].rstrip("\n").rstrip('"') + (
        ' igjen"\n' if lines[at].rstrip().endswith('"') else " igjen\n"
    )
    page.write_text("".join(lines), "utf-8")


def _total(out: Path) -> str:
    sizes = [path.stat().st_size for path in out.glob("*.zip")]
    return f"{len(sizes)} packages, {sum(sizes) / 1e6:,.0f} MB"


class _Memory:
    """Looks again and again at what all processes of a command need, each shared page counted once (PSS), in bytes."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        self._watch.join()

    def run(self, command: list[str | Path]) -> Run:
        """Run it and measure it."""
        return run(command)

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.most = max(self.most, sum(map(_pss, _below(os.getpid()))))


def _below(process: int) -> Iterator[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    for child in map(int, listed.stdout.split()):
        yield child
        yield from _below(child)


def _pss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
