"""Whatever ends a release: what was there is there, and what others see is the old one or the new one, never half."""

import ctypes
import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from kurspakke.findings import KurspakkeError
from kurspakke.release import wholefolder
from kurspakke.release.wholefolder import WholeFolder, whole_folder
from tests.command import contents
from tests.release.making import build, course_in, new_page, release

ROUNDS = 8


def whole(out: Path) -> str:
    """The version in the folder, once every sum in it has been found right."""
    checked = subprocess.run(
        ["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"],
        cwd=out,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = {line.split("  ", 1)[1] for line in (out / "SHA256SUMS").read_text().splitlines()}
    assert told == contents(out).keys() - {"SHA256SUMS"}
    return (out / "build.json").read_text("utf-8").split('"version": "')[1].split('"')[0]


@pytest.mark.slow
def test_kill_9_at_any_moment_leaves_a_whole_release(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    out = tmp_path / "release"
    assert release(course, out).code == 0
    new_page(course)
    build(course, tmp_path / "dist")
    command = [
        sys.executable,
        "-m",
        "kurspakke",
        "release",
        str(course),
        "--from",
        str(tmp_path / "dist"),
        "-o",
        str(out),
    ]
    start = time.monotonic()
    subprocess.run([*command[:-1], str(tmp_path / "annen"), "--jobs", "1"], check=True, capture_output=True)
    long = time.monotonic() - start
    ended = 0
    for number in range(3 * ROUNDS):
        start = time.monotonic()
        process = subprocess.Popen(
            [*command, "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=long * (0.3 + 0.75 * (number % ROUNDS) / ROUNDS))
            # The machine has less to do than when the time was taken.
            long = min(long, time.monotonic() - start)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            ended += 1
        assert whole(out) in {"1.0.0", "1.1.0"}
        if ended == ROUNDS:
            break
    assert ended > ROUNDS / 2
    assert release(course, out).code == 0
    assert whole(out) == "1.1.0"
    assert {path.name for path in tmp_path.iterdir()} == {
        *("kurs", "dist", "release", "annen"),
        *(".release.kurspakke-lock", ".annen.kurspakke-lock"),
    }


class KilledError(BaseException):
    """Stands for the end of the process: nothing of the program runs after it."""


def filled(target: Path, text: str) -> None:
    with whole_folder(target) as folder:
        folder.add("mappe/fil.txt", text.encode())
        folder.put()


@pytest.mark.parametrize("can_exchange", [True, False])
def test_an_end_between_any_two_moves_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    target = tmp_path / "ut"
    filled(target, "gammel")
    if not can_exchange:
        monkeypatch.setattr(wholefolder, "_exchanged", lambda *_: False)
    real = Path.rename
    for last in range(2):
        done = 0

        def rename(self: Path, to: Path, *, last: int = last) -> Path:
            nonlocal done
            if done == last:
                raise KilledError
            done += 1
            return real(self, to)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", rename)
            patched.setattr(WholeFolder, "clear", lambda _: None)
            if can_exchange:
                filled(target, f"ny{last}")
            else:
                with pytest.raises(KilledError):
                    filled(target, f"ny{last}")
        # The next run finds what was there, wherever it was left, before it does anything else.
        with whole_folder(target):
            wanted = f"ny{last}" if can_exchange else "gammel"
            assert (target / "mappe/fil.txt").read_text() == wanted
        assert {path.name for path in tmp_path.iterdir()} == {"ut", ".ut.kurspakke-lock"}


def test_where_names_can_not_be_exchanged_the_folder_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace())
    filled(tmp_path / "ut", "en")
    filled(tmp_path / "ut", "to")
    assert (tmp_path / "ut/mappe/fil.txt").read_text() == "to"


def test_a_failure_while_it_is_filled_leaves_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "ut", "gammel")
    with pytest.raises(TypeError), whole_folder(tmp_path / "ut") as folder:
        folder.add("x", None)  # type: ignore[arg-type]
    assert contents(tmp_path / "ut") == {"mappe/fil.txt": b"gammel"}
    assert {path.name for path in tmp_path.iterdir()} == {"ut", ".ut.kurspakke-lock"}


def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "ut"), pytest.raises(KurspakkeError, match="another build is writing to"):
        filled(tmp_path / "ut", "x")


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    (tmp_path / "fil").write_text("x")
    answer = release(course, tmp_path / "fil" / "release", "--from", tmp_path / "dist")
    assert answer.code == 3
    assert f"{tmp_path}/fil" in answer.err
    assert "choose another folder with -o" in answer.err


@pytest.mark.parametrize("number", [1, 5, 12])
def test_a_full_disk_leaves_the_release_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    out = tmp_path / "release"
    assert release(course, out).code == 0
    before, real, written = contents(out), Path.write_bytes, 0

    def write(self: Path, data: bytes) -> int:
        nonlocal written
        written += 1
        if written == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    answer = release(course, out)
    assert answer.code == 3
    assert "free some room on the disk" in answer.err
    assert contents(out) == before
    assert not (tmp_path / ".release.kurspakke-new").exists()


def test_no_second_name_means_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(18, os.strerror(18))

    (tmp_path / "pakke.zip").write_bytes(b"pakke")
    monkeypatch.setattr(os, "link", refused)
    with whole_folder(tmp_path / "ut") as folder:
        folder.take("pakke.zip", tmp_path / "pakke.zip")
        folder.put()
    assert contents(tmp_path / "ut") == {"pakke.zip": b"pakke"}
    assert not (tmp_path / "ut/pakke.zip").samefile(tmp_path / "pakke.zip")
