"""Attacks as real zips, each in a process of its own: told by the right rules, in little memory, nothing written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import ATTACKS

MEGABYTES = 200
SECONDS = 20
"""On a busy machine; alone, none takes five."""

LOOK = r"""
import json, re, resource, sys
written = []
def hook(event, args):
    if event == "open" and args[0] != "/dev/null" and isinstance(args[2], int) and args[2] & 0o3:
        written.append(str(args[0]))
    elif event in ("os.mkdir", "os.rename", "os.symlink", "os.link", "os.remove"):
        written.append(event)
sys.addaudithook(hook)
from kurspakke.validation import Wish, validate_paths
(report,) = validate_paths([sys.argv[1]], Wish())
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "rules": sorted({finding.rule.id for finding in report.findings}),
    "megabytes": int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024,
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

    done = subprocess.run(
        [sys.executable, "-B", "-c", LOOK, str(place)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )

    assert not done.stderr
    told = json.loads(done.stdout)
    assert expected <= set(told["rules"]), told
    assert told["megabytes"] <= MEGABYTES, told
    assert told["seconds"] <= SECONDS, told
    assert told["written"] == []
    assert sorted(tmp_path.rglob("*")) == before
