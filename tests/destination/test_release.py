"""`kurspakke release -o URL`: what is there is the release before, and whatever is refused is not sent."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import contents, run_alone
from tests.destination.bucket import Bucket
from tests.release.making import build, course_in, exchanged_options, new_page

NAME = "prove-post-nb-scorm12.zip"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    made = course_in(tmp_path)
    build(made, tmp_path / "dist")
    return made


def _release(course: Path, url: str, *words: str) -> str:
    answer = run_alone("release", course, "--from", course.parent / "dist", "-o", url, "--jobs", "1", *words)
    assert answer.code == 0, answer.err
    return answer.out


@pytest.mark.slow
def test_what_is_there_is_what_a_folder_would_hold(store: Bucket, course: Path, tmp_path: Path) -> None:
    said = _release(course, store.url)
    assert said.startswith(f"2 packages in {store.url}\n")
    assert said.splitlines()[-1].endswith(f"0 there already: {store.url}")
    _release(course, str(tmp_path / "hylle"))
    assert store.seen() == contents(tmp_path / "hylle")
    store.asked.clear()
    assert "0 files sent" in _release(course, store.url)
    assert not store.uploads()


@pytest.mark.slow
def test_the_next_is_compared_with_the_one_that_is_there(store: Bucket, course: Path) -> None:
    _release(course, store.url)
    new_page(course)
    build(course, course.parent / "dist")
    said = _release(course, store.url)
    assert "beside version 1.0.0:\n      2  safe to replace\n" in said
    assert json.loads(store.seen()["build.json"])["course"]["version"] == "1.1.0"


@pytest.mark.slow
def test_another_machine_knows_only_what_its_record_says(store: Bucket, course: Path, cache: Path) -> None:
    _release(course, store.url)
    shutil.rmtree(cache)
    new_page(course)
    build(course, course.parent / "dist")
    assert "2  not known whether safe" in _release(course, store.url)


@pytest.mark.slow
def test_an_unsafe_one_is_refused_and_nothing_is_sent(store: Bucket, course: Path) -> None:
    _release(course, store.url)
    exchanged_options(course)
    build(course, course.parent / "dist")
    before = store.seen()
    store.asked.clear()
    answer = run_alone("release", course, "--from", course.parent / "dist", "-o", store.url, "--jobs", "1")
    assert answer.code == 3
    assert "learners would lose results or progress" in answer.err
    assert not store.uploads()
    assert store.seen() == before
    said = _release(course, store.url, "--breaking")
    assert "to be uploaded as new activities" in said
    assert store.seen()[NAME] == (course.parent / "dist" / NAME).read_bytes()


@pytest.mark.slow
def test_one_that_was_not_sent_whole_is_compared_with_what_is_there(store: Bucket, course: Path) -> None:
    _release(course, store.url)
    new_page(course)
    build(course, course.parent / "dist")
    store.mood = lambda asked: (
        "503 Slow Down" if asked.path.endswith("index.html") and asked.is_upload else None
    )
    assert (
        run_alone("release", course, "--from", course.parent / "dist", "-o", store.url, "--jobs", "1").code
        == 3
    )
    store.mood = lambda _: None
    assert "beside version 1.0.0:\n      2  safe to replace\n" in _release(course, store.url)


@pytest.mark.slow
def test_a_release_leaves_what_was_built_for_the_same_address_alone(
    store: Bucket, course: Path, cache: Path
) -> None:
    _release(course, store.url)
    built = run_alone("build", course, "-o", store.url, "--format", "web")
    assert built.code == 0, built.err
    found = [path for path in cache.rglob("build.json") if list(path.parent.glob("*-web.zip"))]
    (record,) = (path for path in found if not (path.parent / NAME).exists())
    before = record.read_bytes()
    assert before != store.seen()["build.json"]
    # As if another machine had released: of that release there is only the record in the store.
    shutil.rmtree(record.parent / "release")
    new_page(course)
    build(course, course.parent / "dist")
    assert "2  not known whether safe" in _release(course, store.url)
    assert record.read_bytes() == before
