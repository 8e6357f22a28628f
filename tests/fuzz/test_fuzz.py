"""Twenty thousand damaged packages and courses: findings or none, never a traceback, never for long, nothing written."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.fuzz.cases import SLOWEST, Fuzzer
from tests.courses import BASE
from tests.packages import BASES, base

CASES = 20_000
BATCHES = 20
PATIENCE = 60
"""Seconds after which a case is taken to hang, however busy the machine is."""

pytestmark = pytest.mark.slow


@contextmanager
def hanging_is_an_error(number: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"case {number} hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_damage_breaks_the_program(batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work, nowhere = tmp_path / "work", tmp_path / "nowhere"
    work.mkdir()
    nowhere.mkdir()
    monkeypatch.chdir(nowhere)
    packages = {kind: {path: file.read() for path, file in base(kind).items()} for kind in BASES}
    fuzzer = Fuzzer(packages, BASE, work)
    size = CASES // BATCHES
    some, slowest = 0, (0.0, 0)
    for number in range(batch * size, (batch + 1) * size):
        with hanging_is_an_error(number):
            try:
                outcome = fuzzer.run(number)
            except Exception as error:
                raise AssertionError(
                    f"case {number}: python -m benchmarks.fuzz --seed {number} --minutes 0"
                ) from error
        some += bool(outcome.findings)
        slowest = max(slowest, (outcome.seconds, number))
        assert all(finding.message and finding.rule.id for finding in outcome.findings)
    assert slowest[0] <= SLOWEST, f"case {slowest[1]} took {slowest[0]:.1f} s"
    assert some > size // 2, "most damage is found"
    assert list(nowhere.iterdir()) == []
    assert list(work.iterdir()) == []
