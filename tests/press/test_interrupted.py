"""Ended at any moment, or out of room: what was published before is whole, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kurspakke import pipeline
from kurspakke.findings import KurspakkeError
from kurspakke.pipeline import Progress
from kurspakke.project import Project
from kurspakke.record import FILE
from kurspakke.selection import Selection
from kurspakke.staging import Published
from tests.courses import edit
from tests.press.nation import FORMATS, nation, one_by_one, zips

ALL = Selection(formats=FORMATS, all_editions=True)


class Count(Progress):
    """How many documents a build had to make."""

    rendered = 0

    def made(self, package: Published) -> None:
        self.rendered += package.rendered


def rendered(course: Path, out: Path) -> int:
    count = Count()
    pipeline.build(Project(course, out), ALL, count)
    return count.rendered


def visible(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def killed_after(course: Path, out: Path, packages: int) -> None:
    """Start a build with two processes beside it, and kill it once so many packages are ready."""
    command = [sys.executable, "-m", "kurspakke", "build", course, "-o", out, "--all-editions", "--jobs", "2"]
    process = subprocess.Popen(
        [*map(str, command), "--format", ",".join(FORMATS)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    staged = out / ".kurspakke" / "staged"
    while process.poll() is None and len(list(staged.glob("*.zip"))) < packages:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    _wait_for_lock(out)


def _wait_for_lock(out: Path) -> None:
    """Until the processes beside it have noticed, too: they hold its lock until then."""
    import fcntl

    with (out / ".kurspakke" / "lock").open("ab") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)


def test_kill_9_and_the_next_run_goes_on(tmp_path: Path) -> None:
    course, out = nation(tmp_path / "course"), tmp_path / "out"
    whole = rendered(course, out)
    before = visible(out)
    edit(course / "course.yaml", "publisher: Prøvekommunen", "publisher: Kommunen")
    left = []
    for packages in (2, 20):
        killed_after(course, out, packages)
        assert visible(out) == before
        kept = len(list((out / ".kurspakke" / "press").iterdir()))
        left.append(kept)
    assert left == sorted(left)
    more = rendered(course, out)
    assert 0 < more < whole
    assert zips(out) == one_by_one(course, tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk(tmp_path: Path, small_disk: Path, jobs: int) -> None:
    course = nation(tmp_path / "course")
    project = Project(course, small_disk)
    few = Selection(formats=("web",), editions=("bo",))
    pipeline.build(project, few, Progress())
    before = visible(small_disk)
    assert FILE in before
    with pytest.raises(KurspakkeError, match="No space left on device"):
        pipeline.build(project, ALL, Progress(), jobs)
    assert visible(small_disk) == before
    assert not (small_disk / ".kurspakke" / "staged").exists()
