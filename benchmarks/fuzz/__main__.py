"""`python -m benchmarks.fuzz [--minutes N] [--seed S]`: damaged packages and courses for as long as wanted.

Prints how many cases there were and which was the slowest; a case that breaks the program ends the run with its
traceback and its number: `--seed NUMBER --minutes 0` runs that one again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fuzz.cases import SLOWEST, Fuzzer
from tests.courses import BASE
from tests.packages import BASES, base


def main() -> None:
    """Run cases until the time is over."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long; at least one case is run")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the number of the first case")
    asked = parser.parse_args()
    packages = {kind: {path: file.read() for path, file in base(kind).items()} for kind in BASES}
    with tempfile.TemporaryDirectory() as work:
        fuzzer = Fuzzer(packages, BASE, Path(work))
        end = time.monotonic() + asked.minutes * 60
        number, slowest = asked.seed, (0.0, asked.seed)
        while True:
            try:
                outcome = fuzzer.run(number)
            except Exception:
                print(f"case {number} broke the program:", file=sys.stderr)
                raise
            slowest = max(slowest, (outcome.seconds, number))
            number += 1
            if time.monotonic() >= end:
                break
    print(
        f"{number - asked.seed} cases, the slowest {slowest[0]:.2f} s (case {slowest[1]}; at most {SLOWEST:.0f} s)"
    )
    sys.exit(slowest[0] > SLOWEST)


if __name__ == "__main__":
    main()
