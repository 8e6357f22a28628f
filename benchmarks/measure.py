"""Whole processes, measured from outside: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, seconds of processor time, peak memory in megabytes (10^6 bytes)."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str | Path]) -> Run:
    """Run a command to its end and measure it; CalledProcessError, with what it said, when it fails."""
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), stdout=said, stderr=subprocess.STDOUT, env=_environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, said.read().decode())
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def _environment() -> dict[str, str]:
    """As a user has it: Python may keep the bytecode of what it imports."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def medians(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    figures = zip(*((run.wall, run.cpu, run.memory) for run in runs), strict=True)
    return Run(*(median(values) for values in figures))


def repeated(command: Sequence[str | Path], times: int, before: Callable[[], None] = lambda: None) -> Run:
    """The medians of several runs of one command, after one that does not count and warms the file cache.

    `before` puts something in place in front of each run, unmeasured.
    """
    runs = []
    for _ in range(times + 1):
        before()
        runs.append(run(command))
    return medians(runs[1:])


def machine() -> str:
    """The machine and the Python, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{os.cpu_count()} cores {_processor()}, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} before the first run"
    )


def busy() -> bool:
    """Whether other programs want so much of the processors that wall times mean little."""
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
