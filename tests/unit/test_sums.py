"""Sums of files on disk, worked out once."""

import json
import os
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

import pytest

from kurspakke.filetree import Digests, File, FileTree
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums

LONG_AGO = 1_600_000_000_000_000_000


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    folder = StateFolder(tmp_path / "dist")
    folder.make()
    return folder


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"film")
    return path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every reading of a whole file to sum it up."""
    read: list[str] = []
    real = Digests.of

    def of(stream: BinaryIO) -> Digests:
        if isinstance(stream, BufferedReader):
            read.append(Path(str(stream.name)).name)
        return real(stream)

    monkeypatch.setattr(Digests, "of", of)
    return read


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds later: everything has settled."""
    monkeypatch.setattr("time.time_ns", lambda: 4_000_000_000_000_000_000)


def test_a_file_is_read_once_in_a_build(state: StateFolder, film: Path, readings: list[str]) -> None:
    sums = Sums(state)
    trees = [sums.summed(FileTree({"a.mp4": File(path=film), "b.txt": File(data=b"b")})) for _ in range(3)]
    assert {tree["a.mp4"].sha256 for tree in trees} == {File(data=b"film").sha256}
    assert readings == ["film.mp4"]


def test_a_settled_file_is_not_read_by_the_next_build(
    state: StateFolder, film: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    for _ in range(3):
        sums = Sums(state)
        assert sums.of(film) == File(data=b"film").digests
        sums.save()
    assert readings == ["film.mp4"]


def test_a_file_of_this_very_moment_is_read_again(
    state: StateFolder, film: Path, readings: list[str]
) -> None:
    """It could change again without a change of its stamp."""
    for _ in range(2):
        sums = Sums(state)
        sums.of(film)
        sums.save()
    assert readings == ["film.mp4"] * 2


@pytest.mark.parametrize("data", [b"FILM", b"longer film"])
def test_a_changed_file_is_read_again(
    state: StateFolder, film: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    os.utime(film, ns=(LONG_AGO, LONG_AGO))
    sums = Sums(state)
    sums.of(film)
    sums.save()
    film.write_bytes(data)
    os.utime(film, ns=(LONG_AGO, LONG_AGO))
    assert Sums(state).of(film) == File(data=data).digests


def test_what_was_known_is_forgotten_with_the_file(
    state: StateFolder, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    sums = Sums(state)
    sums.of(film)
    sums.save()
    film.unlink()
    other = film.with_name("other.mp4")
    other.write_bytes(b"other")
    sums = Sums(state)
    sums.of(other)
    sums.save()
    assert list(state.read("sums.json")["files"]) == [str(other)]
    with pytest.raises(FileNotFoundError):
        sums.of(film)


@pytest.mark.parametrize(
    "stored",
    [
        {"version": 2, "files": {}},
        {"version": 1, "files": []},
        {"version": 1, "files": {"film": [1, 2, 3, 4, "short", 5]}},
        {"version": 1, "files": {"film": None}},
        {"version": 1},
    ],
)
def test_a_damaged_memory_is_no_memory(state: StateFolder, film: Path, stored: dict[str, object]) -> None:
    text = json.dumps(stored).replace('"film"', json.dumps(str(film)))
    (state.path / "sums.json").write_text(text)
    assert Sums(state).of(film) == File(data=b"film").digests


def test_where_nothing_can_be_remembered_nothing_fails(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    sums = Sums(StateFolder(tmp_path / "missing"))
    sums.of(film)
    sums.save()
    assert not (tmp_path / "missing").exists()


def test_a_state_is_written_wholly_or_not_at_all(state: StateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    state.write("a.json", {"a": 1})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            state.write("a.json", {"a": 2})
    assert state.read("a.json") == {"a": 1}
    assert [path.name for path in state.path.iterdir()] == ["a.json"]
    (state.path / "a.json.123.new").write_text("{")
    state.clear()
    assert [path.name for path in state.path.iterdir()] == ["a.json"]
