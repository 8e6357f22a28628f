"""Measure, and print the figures beside those of the peers."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.bench import Bench, Result
from benchmarks.cases import results
from benchmarks.learner import learner_results
from benchmarks.measure import busy, machine
from benchmarks.peers import MEASURED, PEERS


def main() -> int:
    """Measure everything; 1 when a budget does not hold and `--strict` was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="how many runs a median is of (default: 7)")
    parser.add_argument(
        "--only", choices=("build", "learner"), help="measure the builds, or what packages ask of the learner"
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
                    ("learner", learner_results(bench)),
                )
                if asked.only in (None, part)
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
    """The peers' table."""
    print(f"\nPeers, one SCORM 1.2 package of the reference course, measured on {MEASURED}")
    print(f"{'':26} {'wall, s':22} {'CPU, s':8} {'memory':12} {'x10, s':8} {'same bytes':12} package")
    for peer in PEERS:
        shown = (peer.wall, peer.cpu, peer.memory, peer.ten_times, peer.same_bytes)
        cells = [cell or "-" for cell in shown]
        print(
            f"{peer.name:26} {cells[0]:22} {cells[1]:8} {cells[2]:12} {cells[3]:8} {cells[4]:12} {peer.package or '-'}"
        )


if __name__ == "__main__":
    sys.exit(main())
