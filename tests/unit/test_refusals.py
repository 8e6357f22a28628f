"""What is not the course's fault: one line, a remedy, exit code 3, and the packages from before are whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command import Answer, contents, run, run_alone
from tests.courses import BASE, copy, edit

MOUNTS = ("unshare", "--map-root-user", "--mount")
"""Starts a command where it can mount what it likes, and nobody else sees it."""


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a course, what a build has made of it in dist/, and a change since then."""
    folder = tmp_path_factory.mktemp("good")
    course = copy(BASE, folder / "course")
    assert run("build", course, "-o", folder / "dist").code == 0
    edit(course / "modules/post/module.yaml", "title: Post", "title: Posten")
    return folder


@pytest.fixture
def project(good: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to do harm to."""
    return Path(shutil.copytree(good, tmp_path / "project"))


def packages(folder: Path) -> dict[str, bytes]:
    """What a user sees in dist/."""
    return {name: data for name, data in contents(folder).items() if not name.startswith(".kurspakke/")}


def refused(answer: Answer, message: str, remedy: str) -> None:
    assert answer.code == 3, answer
    first, second = answer.err.splitlines()
    assert first.startswith("kurspakke: ")
    assert message in first
    assert remedy in second
    assert answer.out == ""


def build(project: Path, wrapper: tuple[str, ...] = ()) -> Answer:
    words = ("build", project / "course", "-o", project / "dist")
    return run_alone(*words, wrapper=wrapper) if wrapper else run(*words)


def test_no_such_folder(tmp_path: Path) -> None:
    refused(run("build", tmp_path / "kurs", "-o", tmp_path / "dist"), "no such folder", "course.yaml")


def test_a_folder_without_a_course(tmp_path: Path) -> None:
    refused(run("build", tmp_path, "-o", tmp_path / "dist"), "no course.yaml here", "kurspakke new DIR")


def test_another_build_at_work(project: Path) -> None:
    before = contents(project / "dist")
    with (project / "dist/.kurspakke/lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(build(project), "another build is writing to", "wait until it has ended")
    assert contents(project / "dist") == before
    assert build(project).code == 0


def test_a_file_in_place_of_the_folder(project: Path) -> None:
    shutil.rmtree(project / "dist")
    (project / "dist").write_text("a file")
    refused(build(project), "can't write", "a file is in the way")
    assert (project / "dist").read_text() == "a file"


def test_a_folder_in_place_of_a_package(project: Path) -> None:
    before = packages(project / "dist")
    name = "prove-post-nb-web.zip"
    (project / "dist" / name).unlink()
    (project / "dist" / name / "mine").mkdir(parents=True)
    refused(build(project), "is a folder, not a file", "remove or rename it")
    del before[name]
    assert packages(project / "dist") == before


def test_a_limit_on_the_size_of_files(project: Path) -> None:
    """What a disk without room looks like to everybody, whoever they are: a write that stops half-way."""
    before = packages(project / "dist")
    refused(build(project, ("sh", "-c", 'ulimit -f 40 && exec "$0" "$@"')), "can't write", "no file so large")
    assert packages(project / "dist") == before
    assert build(project).code == 0


def mounting() -> bool:
    """Whether this system lets the tests mount file systems of their own."""
    trial = [*MOUNTS, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return (
        bool(shutil.which(MOUNTS[0]))
        and subprocess.run(trial, capture_output=True, check=False).returncode == 0
    )


mounted = pytest.mark.skipif(not mounting(), reason="nobody may mount a file system here")


@mounted
def test_a_full_disk(project: Path) -> None:
    before = packages(project / "dist")
    used = sum(map(len, contents(project / "dist").values()))
    script = f"""
        set -e
        cp -a "$1/dist" "$1/before"
        mount -t tmpfs -o size={used // 1024 + 100}k tmpfs "$1/dist"
        cp -a "$1/before/." "$1/dist"
        shift
        set +e
        "$@"
        code=$?
        rm -r "$0/after" 2>/dev/null
        cp -a "$0/dist" "$0/after"
        exit $code
    """
    answer = build(project, (*MOUNTS, "sh", "-c", script, str(project), str(project)))
    refused(answer, "No space left on device", "free some room")
    assert packages(project / "after") == before


@mounted
def test_a_read_only_disk(project: Path) -> None:
    before = contents(project / "dist")
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    answer = build(project, (*MOUNTS, "sh", "-c", script, str(project / "dist")))
    refused(answer, "Read-only file system", "it is read-only: choose another folder with -o")
    assert contents(project / "dist") == before


@pytest.fixture
def open_project(project: Path) -> Iterator[Path]:
    """The project where others than its owner may look into it; tmp_path lets nobody in."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(project, Path(name), dirs_exist_ok=True)
        Path(name).chmod(0o755)
        yield Path(name)
        for folder in [path for path in Path(name).rglob("*") if path.is_dir()]:
            folder.chmod(0o755)


def test_a_folder_that_may_not_be_written(open_project: Path) -> None:
    dist = open_project / "dist"
    before = contents(dist)
    for path in (dist, *dist.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with without_root():
        answer = build(open_project)
    refused(answer, "Permission denied", "give yourself permission to write there")
    assert contents(dist) == before


@pytest.mark.parametrize(
    "name",
    ["course.yaml", "modules/post/pages/boks.yaml", "modules/post/media/reisen.nb.vtt", "modules/post/media"],
)
def test_what_may_not_be_read(name: str, open_project: Path) -> None:
    before = packages(open_project / "dist")
    (open_project / "course" / name).chmod(0o000)
    with without_root():
        answer = build(open_project)
    assert answer.code == 3
    first, second = answer.err.splitlines()
    assert f"{name}: Permission denied" in first
    assert second.strip()
    assert packages(open_project / "dist") == before


@contextmanager
def without_root() -> Iterator[None]:
    """Root may write anywhere: be nobody for a while."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_module_that_the_course_does_not_have(project: Path) -> None:
    before = contents(project / "dist")
    answer = run("build", project / "course", "-o", project / "dist", "--module", "posten")
    assert answer.code == 2
    assert answer.err == "kurspakke: the course has no module «posten»\n  did you mean «post»?\n"
    assert contents(project / "dist") == before


def test_a_failure_in_the_middle_leaves_all_packages_as_they_were(project: Path) -> None:
    before = packages(project / "dist")
    (project / "course/templates").mkdir()
    (project / "course/templates/document.html.j2").write_text(
        '{% if format == "cmi5" %}{{ nothing }}{% else %}{% include "default:document.html.j2" %}{% endif %}'
    )
    refused(build(project), "document.html.j2", "correct the template")
    assert packages(project / "dist") == before
