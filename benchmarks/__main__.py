"""Measure, and print the figures beside those of the peers."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.bench import Bench, Result
from benchmarks.cases import results
from benchmarks.editions import editions_results
from benchmarks.learner import learner_results
from benchmarks.measure import busy, machine
from benchmarks.peers import MEASURED, PEERS, PLAYERS
from benchmarks.reloading import reload_results
from benchmarks.seeing import seeing_results
from benchmarks.serving import serving_results
from benchmarks.validating import validating_results


def main() -> int:
    """Measure everything; 1 when a budget does not hold and `--strict` was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="how many runs a median is of (default: 7)")
    parser.add_argument(
        "--only",
        choices=("build", "validate", "learner", "serving", "reload", "editions"),
        help="measure the builds, the validator, what packages ask of the learner, the preview's server or its reload, "
        "or all local editions of the real course (30 GB of disk; only when asked for)",
    )
    parser.add_argument("--no-media", action="store_true", help="leave out the course with 240 MB of film")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a budget does not hold")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    asked = parser.parse_args()
    print(machine())
    if busy():
        print("Other programs keep this machine busy: believe the CPU seconds rather than the wall times.")
    print(
        f"Medians of {asked.times} whole processes; the file cache is warm, the output folder empty where cold.\n"
    )
    with tempfile.TemporaryDirectory(prefix="kurspakke-bench-", dir=asked.folder) as folder:
        bench = Bench(Path(folder), asked.times)
        held = print_results(
            (
                line
                for part, lines in (
                    ("build", results(bench, media=not asked.no_media)),
                    ("validate", validating_results(bench)),
                    ("learner", learner_results(bench)),
                    ("serving", serving_results(bench)),
                    ("reload", chain(reload_results(bench), seeing_results(bench))),
                    ("editions", editions_results(bench)),
                )
                if asked.only in (None, part) and (part != "editions" or asked.only)
                for line in lines
            )
        )
    print_peers()
    return 1 if asked.strict and not held else 0


def print_results(lines: Iterable[Result]) -> bool:
    """Print each line as it comes; whether every budget holds."""
    print(f"{'':54} {'wall':>8} {'CPU':>8} {'memory':>8}  {'budget':10}")
    held = True
    for line in lines:
        figures = line.figures
        numbers = (
            f"{figures.wall:6.3f} s {figures.cpu:6.3f} s {figures.memory:5.0f} MB" if figures else f"{'':26}"
        )
        verdict = {True: "holds", False: "BROKEN", None: ""}[line.held]
        budget = f"{line.budget}: {verdict}" if line.budget else ""
        print(f"{line.what:54} {numbers}  {budget:18} {line.note}".rstrip(), flush=True)
        held = held and line.held is not False
    return held


def print_peers() -> None:
    """The peers' tables."""
    print(f"\nPeers, one SCORM 1.2 package of the reference course, measured on {MEASURED}")
    costs = ("", "wall, s", "CPU, s", "memory", "x10, s", "same bytes", "package")
    rows = [(p.name, p.wall, p.cpu, p.memory, p.ten_times, p.same_bytes, p.package) for p in PEERS]
    print_table((26, 22, 8, 12, 8, 12, 0), (costs, *rows))
    print()
    loads = ("", "script, gzip", "first content", "LMS calls at launch", "characters of state")
    print_table(
        (26, 28, 14, 20, 0),
        (loads, *((p.name, p.script, p.first_content, p.calls, p.state) for p in PLAYERS)),
    )


def print_table(widths: Sequence[int], rows: Iterable[Sequence[str]]) -> None:
    """Columns of these widths; "-" for what was not measured."""
    for number, row in enumerate(rows):
        cells = [cell or ("-" if number else "") for cell in row]
        print(" ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main())
