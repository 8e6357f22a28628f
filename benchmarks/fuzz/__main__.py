"""`python -m benchmarks.fuzz [--minutes N] [--seed S]`: damaged packages and courses for as long as wanted.

Prints how many cases there were and which was the slowest; a case that breaks the program, or hangs in it, ends the
run with its traceback and its number: `--seed NUMBER --minutes 0` runs that one again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from ctypes import c_longlong
from functools import partial
from pathlib import Path

from benchmarks.fuzz.cases import SLOWEST, Fuzzer
from benchmarks.fuzz.watch import PATIENCE, watched
from tests.courses import BASE
from tests.packages import BASES, base


def main() -> None:
    """Run cases until the time is over."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long; at least one case is run")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the number of the first case")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="the seconds that a case may take")
    asked = parser.parse_args()
    packages = {kind: {path: file.read() for path, file in base(kind).items()} for kind in BASES}
    with tempfile.TemporaryDirectory() as work:
        fuzzer = Fuzzer(packages, BASE, Path(work))
        sys.exit(watched(partial(_run, fuzzer, asked.seed, asked.minutes * 60), asked.patience))


def _run(fuzzer: Fuzzer, seed: int, seconds: float, note: c_longlong) -> None:
    """Case after case from `seed` on; the last one that was begun stands in `note`."""
    end = time.monotonic() + seconds
    number, slowest = seed, (0.0, seed)
    while number == seed or time.monotonic() < end:
        note.value = number
        slowest = max(slowest, (fuzzer.run(number).seconds, number))
        number += 1
    print(
        f"{number - seed} cases, the slowest {slowest[0]:.2f} s (case {slowest[1]}; at most {SLOWEST:.0f} s)"
    )
    if slowest[0] > SLOWEST:
        note.value = slowest[1]
        sys.exit(1)


if __name__ == "__main__":
    main()
