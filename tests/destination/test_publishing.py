"""Publishing without a server: into fsspec's own memory and into a folder by URL, where files are renamed into place."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from kurspakke.destination.address import Address
from kurspakke.destination.checksum import etags
from kurspakke.destination.kinds import PART
from kurspakke.destination.ledger import Ledger
from kurspakke.destination.publishing import Sending, Sent, publish_tree, reserved
from kurspakke.destination.refusals import refusing
from kurspakke.destination.release import Item, Release, by_hash, is_by_hash, is_inside
from kurspakke.destination.store import Store
from kurspakke.destination.streams import each
from kurspakke.findings import KurspakkeError
from kurspakke.reporters.sending import SendReport, line
from kurspakke.statefolder import Stamp, StateFolder
from kurspakke.sums import Sums
from tests.destination.bucket import sha256
from tests.destination.test_bucket import local
from tests.destination.trees import packages, release


@pytest.fixture(params=["memory", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]
    yield "memory://sted/kurs" if request.param == "memory" else f"file://{tmp_path}/sted/kurs"
    MemoryFileSystem.store.clear()


def found(url: str) -> dict[str, bytes]:
    """Everything at the URL."""
    store = Store.at(Address.of(url))
    return {path: store.read(path) or b"" for path in store.listing()}


def seen(url: str) -> dict[str, bytes]:
    """The files under their stable names."""
    return {path: data for path, data in found(url).items() if not path.startswith((".", "by-sha256/"))}


class Puts(Sending):
    """Counts."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, int]] = []
        self.paths: list[str] = []

    def begin(self, files: int, size: int) -> None:
        self.begun.append((files, size))

    def sent(self, path: str, size: int) -> None:
        assert size > 0
        self.paths.append(path)


def test_a_release_after_another(url: str, tmp_path: Path) -> None:
    first = release(tmp_path / "v1", packages("1", changed=3) | {"gammel.zip": b"old", "tom.txt": b""})
    puts = Puts()
    (first / "tom.txt").write_bytes(b"x")
    sent = publish_tree(first, url, sending=puts)
    made = local(first)
    assert sent == Sent(len(made), sum(map(len, made.values())), 0, 0, Address.of(url).shown)
    assert puts.begun == [(sent.files, sent.size)]
    assert sorted(puts.paths) == sorted(by_hash(sha256(data), path) for path, data in made.items())
    assert seen(url) == made
    before = found(url)
    assert publish_tree(first, url).files == 0
    assert found(url) == before
    second = release(tmp_path / "v2", packages("2", changed=3))
    sent = publish_tree(second, url)
    assert (sent.files, sent.there, sent.removed) == (5, 9, 2)
    assert seen(url) == local(second)
    assert by_hash(sha256(b"old"), "gammel.zip") in found(url)
    publish_tree(release(tmp_path / "v3", packages("3")), url)
    assert by_hash(sha256(b"old"), "gammel.zip") not in found(url)


@pytest.mark.parametrize("calls", range(0, 60, 4))
def test_an_end_at_any_call_is_completed_by_the_next_run(
    url: str, tmp_path: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = release(tmp_path / "v1", packages("1", 4)), release(tmp_path / "v2", packages("2", 4))
    publish_tree(first, url)
    kind = type(Store.at(Address.of(url))._system)
    left = calls

    def ending(name: str) -> None:
        real = getattr(kind, name)

        def call(self: Any, *args: Any, **more: Any) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return real(self, *args, **more)

        monkeypatch.setattr(kind, name, call)

    with monkeypatch.context():
        for name in ("put_file", "pipe_file", "mv", "rm_file"):
            ending(name)
        with suppress(KeyboardInterrupt):
            publish_tree(second, url)
        # A publication makes at least so many.
        assert left < 0 or calls > 24
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    there = found(url)
    record = there["build.json"]
    assert record in {local(first)["build.json"], local(second)["build.json"]}
    folder = first if record == local(first)["build.json"] else second
    for path, data in local(folder).items():
        assert there[by_hash(sha256(data), path)] == data
    if folder is second:
        assert all(there[path] == data for path, data in local(second).items())
    publish_tree(second, url)
    assert seen(url) == local(second)
    assert not [path for path in found(url) if path.endswith(".new")]


def test_the_record_must_be_there(tmp_path: Path, url: str) -> None:
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1/kurs.zip").write_bytes(b"x")
    with pytest.raises(KurspakkeError, match=r"build\.json is not there"):
        publish_tree(tmp_path / "v1", url)
    assert found(url) == {}


def test_pointers_come_last_in_their_order(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = Store.put

    def put(self: Store, file: Path, path: str) -> None:
        order.append(path)
        real(self, file, path)

    monkeypatch.setattr(Store, "put", put)
    folder = release(tmp_path / "v1", {"a/kurs.zip": b"1", "film.mp4": b"2", "feed.xml": b"3"})
    (folder / "SHA256SUMS").write_text("sums")
    publish_tree(folder, url, last=("SHA256SUMS", "build.json"))
    names = [path for path in order if not is_by_hash(path)]
    assert names == ["a/kurs.zip", "film.mp4", "feed.xml", "index.html", "SHA256SUMS", "build.json"]


def test_a_file_that_changes_under_way_is_not_published(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = release(tmp_path / "v1", {"kurs.zip": b"1"})
    real = Store.put

    def put(self: Store, file: Path, path: str) -> None:
        if file.name == "kurs.zip":
            file.write_bytes(b"another")
        real(self, file, path)

    monkeypatch.setattr(Store, "put", put)
    with pytest.raises(KurspakkeError, match="was changed while it was being sent"):
        publish_tree(folder, url)
    assert seen(url) == {}
    assert b"another" not in found(url).values()


def test_one_publication_at_a_time_from_this_machine(tmp_path: Path, url: str) -> None:
    folder = release(tmp_path / "v1", {"kurs.zip": b"1"})
    with reserved(Address.of(url)), pytest.raises(KurspakkeError, match="another build is writing to"):
        publish_tree(folder, url)
    assert publish_tree(folder, url).files == 3


def test_a_cache_that_can_not_be_made(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(KurspakkeError, match="can't make"):
        publish_tree(release(tmp_path / "v1", {"kurs.zip": b"1"}), url)


# Paths and sums


@pytest.mark.parametrize("path", ["", "/x", "../x", "a/../x", ".kurspakke/x", "a//b", "by-sha256/x"])
def test_a_release_has_no_such_path(path: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    with pytest.raises(ValueError, match="no path"):
        Release({path: Item.of(tmp_path / "x", "0" * 64)}, (), {})
    assert not is_inside(path) or path.startswith("by-sha256/")


def test_files_with_the_same_bytes_and_name_are_sent_once(tmp_path: Path, url: str) -> None:
    folder = release(tmp_path / "v1", {"a/kurs.zip": b"1", "b/kurs.zip": b"1"})
    assert publish_tree(folder, url).files == 3
    assert seen(url) == local(folder)


def test_the_sums_of_a_release_are_worked_out_once(tmp_path: Path) -> None:
    folder = release(tmp_path / "v1", packages("1", 2))
    made = Release.in_folder(folder, ("build.json",), Sums(StateFolder(tmp_path)))
    assert {path: item.sha256 for path, item in made.items.items()} == {
        path: sha256(data) for path, data in local(folder).items()
    }
    assert made.items["kurs-00.zip"].stamp == Stamp.at(folder / "kurs-00.zip")


def test_etags_are_those_of_one_piece_and_of_parts(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hei")
    piece = hashlib.md5(b"hei", usedforsecurity=False)
    part = hashlib.md5(piece.digest(), usedforsecurity=False)
    assert etags(tmp_path / "x") == {piece.hexdigest(), f"{part.hexdigest()}-1"}
    (tmp_path / "x").write_bytes(bytes(PART + 1))
    assert any(tag.endswith("-2") for tag in etags(tmp_path / "x"))


def test_a_memory_survives_writing_and_reading() -> None:
    one = by_hash("0" * 64, "kurs.zip")
    ledger = Ledger({"kurs.zip": ("0" * 64, "v")}, frozenset({"kurs.zip"}), frozenset({one}), frozenset())
    assert Ledger.loads(ledger.dumps()) == ledger


@pytest.mark.parametrize(
    "damage",
    [
        None,
        b"",
        b"{",
        b"[[]]",
        b"3",
        b"\xff",
        b'{"version":99}',
        b'{"version":1}',
        b'{"version":1,"files":3}',
        b"[" * 9999,
    ],
)
def test_a_damaged_memory_is_none(damage: bytes | None) -> None:
    assert Ledger.loads(damage) == Ledger.empty()


# Streams


def test_at_most_so_many_at_once_and_each_once() -> None:
    lock, now, most, done = threading.Lock(), 0, 0, []
    together = threading.Barrier(3, timeout=10)

    def do(number: int) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait()
        with lock:
            now -= 1
            done.append(number)

    assert sorted(each(do, range(9), 3)) == list(range(9)) == sorted(done)
    assert most == 3


def test_after_a_failure_nothing_more_is_begun() -> None:
    begun: list[int] = []

    def do(number: int) -> None:
        begun.append(number)
        if number == 2:
            raise KurspakkeError("no")

    with pytest.raises(KurspakkeError):
        list(each(do, range(100), 1))
    assert begun == [0, 1, 2]


# Refusals


class OddError(Exception):
    """What some library may raise."""

    def __init__(self, text: str, code: object = None) -> None:
        super().__init__(text)
        self.response = {"Error": {"Code": code, "Message": text}}


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (PermissionError("key hemmelig"), "no access (PermissionError)", "AWS_ACCESS_KEY_ID"),
        (
            OddError("hemmelig", "AccessDenied"),
            "no access (AccessDenied)",
            "may list, read, write and delete",
        ),
        (FileNotFoundError("hemmelig"), "there is no such bucket or folder", "make it first"),
        (TimeoutError("hemmelig"), "can't be reached (TimeoutError)", "run the same command again"),
        (ConnectionResetError("hemmelig"), "can't be reached", "network"),
        (OSError(errno.ENOSPC, "hemmelig"), "there is no room left", "make room there"),
        (NotImplementedError("hemmelig"), "nothing can be written to that kind of store", "choose another"),
        (OddError("hemmelig", "SlowDown"), "the store refused (SlowDown)", "run the same command again"),
        (
            OddError("hemmelig", "hemmelig er nøkkelen"),
            "the store refused (OddError)",
            "run the same command again",
        ),
        (OddError("hemmelig", 7), "the store refused (7)", "run the same command again"),
    ],
)
def test_what_went_wrong_is_told_in_words_of_ours(error: Exception, message: str, hint: str) -> None:
    with pytest.raises(KurspakkeError) as refusal, refusing("s3://b/x", "in AWS_ACCESS_KEY_ID"):
        raise error
    assert refusal.value.message.startswith("s3://b/x: ")
    assert message in refusal.value.message
    assert hint in refusal.value.hint
    assert "hemmelig" not in refusal.value.message + refusal.value.hint


def test_what_the_system_says_of_a_file_here_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), refusing("s3://b/x", "in AWS_ACCESS_KEY_ID"):
        (tmp_path / "none").read_bytes()


def test_a_store_that_nothing_can_be_put_into(tmp_path: Path) -> None:
    folder = release(tmp_path / "v1", {"kurs.zip": b"1"})
    with pytest.raises(KurspakkeError, match="data://x: "):
        publish_tree(folder, "data://x")


# What is told


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (Sent(1, 2_300_000, 4, 0, "s3://b/x"), "1 file sent (2.3\xa0MB), 4 there already: s3://b/x\n"),
        (Sent(0, 0, 5, 0, "s3://b/x"), "0 files sent, 5 there already: s3://b/x\n"),
        (
            Sent(2, 4000, 0, 1, "s3://b/x"),
            "2 files sent (4\xa0kB), 0 there already, 1 file of earlier releases removed: s3://b/x\n",
        ),
    ],
)
def test_the_last_line(sent: Sent, said: str) -> None:
    assert line(sent) == said


def test_a_bar_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed: list[bool] = []
    before: Callable[[], None] = lambda: closed.append(True)  # noqa: E731 - in a word
    with SendReport(before) as report:
        report.begin(3, 3000)
        report.sent("x/kurs.zip", 1000)
    assert (closed, capsys.readouterr().err) == ([], "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with SendReport(before) as report:
        report.begin(0, 0)
        assert closed == []
        report.begin(3, 3000)
        report.sent("x/kurs.zip", 1000)
    assert closed == [True]
    assert "1.0/3.0 kB" in capsys.readouterr().err
