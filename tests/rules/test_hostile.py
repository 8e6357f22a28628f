"""Attacks as real zips, each in a process of its own: told by the right rules, in little memory, nothing written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import ATTACKS, TIRING

MEGABYTES = 200
SECONDS = 20
"""On a busy machine; alone, none takes five."""
ENDED, AFTER = 10, 4
"""So many seconds the clock gives, and so many more may pass until it is heard."""

LOOK = r"""
import json, re, resource, sys
written = []
def hook(event, args):
    if event == "open" and args[0] != "/dev/null" and isinstance(args[2], int) and args[2] & 0o3:
        written.append(str(args[0]))
    elif event in ("os.mkdir", "os.rename", "os.symlink", "os.link", "os.remove"):
        written.append(event)
sys.addaudithook(hook)
from kurspakke.limits import limits_from
from kurspakke.validation import Wish, validate_paths
(report,) = validate_paths([sys.argv[1]], Wish(limits=limits_from(sys.argv[2:]), describes=bool(sys.argv[2:])))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "rules": sorted({finding.rule.id for finding in report.findings}),
    "megabytes": int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) * 1024 / 1e6,
    "seconds": used.ru_utime + used.ru_stime,
    "written": written,
}))
"""


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_told_and_does_no_harm(attack: str, tmp_path: Path) -> None:
    write, expected = ATTACKS[attack]
    place = tmp_path / "attack.zip"
    write(place)
    before = sorted(tmp_path.rglob("*"))

    told = _look(place)

    assert expected <= set(told["rules"]), told
    assert told["megabytes"] <= MEGABYTES, told
    assert told["seconds"] <= SECONDS, told
    assert told["written"] == []
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("attack", TIRING)
def test_a_package_that_takes_long_is_ended_by_the_clock(attack: str, tmp_path: Path) -> None:
    place = tmp_path / "attack.zip"
    TIRING[attack](place)

    told = _look(place, f"seconds={ENDED}")

    assert told["megabytes"] <= MEGABYTES, told
    assert told["seconds"] <= ENDED + AFTER, told
    assert told["written"] == []


def _look(place: Path, *limits: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", LOOK, str(place), *limits],
        capture_output=True,
        text=True,
        cwd=place.parent,
        check=False,
    )
    assert not done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
