"""A publication that is killed, refused or cut off: what was there stays whole, and the next one goes on."""

from __future__ import annotations

import json
import threading
from collections import Counter
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.destination.bucket import KEY, NAME, SECRET, Asked, Bucket, sha256, slowly
from tests.destination.test_bucket import local
from tests.destination.trees import packages, refused, release, send, start

pytestmark = pytest.mark.slow


class Killer:
    """A mood: when so many requests of a kind have come, the process is killed, and everything after is too late."""

    def __init__(self, after: int, kind: str) -> None:
        self.after = after
        self.kind = kind
        self.process: Popen[str] | None = None
        self.ready = threading.Event()
        self.lock = threading.Lock()
        self.seen = 0

    def __call__(self, asked: Asked) -> str | None:
        if (asked.is_upload if self.kind == "upload" else asked.copy) or (
            self.kind == "any" and asked.verb in {"PUT", "POST"}
        ):
            with self.lock:
                self.seen += 1
                if self.seen > self.after:
                    self.ready.wait(10)
                    assert self.process
                    self.process.kill()
                    return "503 SlowDown"
        return None


def kill(store: Bucket, folder: Path, after: int, kind: str) -> bool:
    """Publish, and kill it then; False when it had ended before."""
    killer = Killer(after, kind)
    store.mood = killer
    process = killer.process = start(folder, store.url)
    killer.ready.set()
    process.communicate(timeout=120)
    store.mood = lambda _: None
    store.quiet()
    return process.returncode == -9


def whole(found: dict[str, bytes]) -> None:
    """What the record names is there by its sums, and so is the record itself."""
    record = found["build.json"]
    assert found[f"by-sha256/{sha256(record)}/build.json"] == record
    for package in json.loads(record)["packages"]:
        data = found[f"by-sha256/{package['sha256']}/{package['path']}"]
        assert sha256(data) == package["sha256"]


@pytest.mark.parametrize("after", [0, 3, 9])
def test_killed_while_it_sends_the_next_one_sends_the_rest(store: Bucket, tmp_path: Path, after: int) -> None:
    first = release(tmp_path / "v1", packages("1"))
    send(first, store.url)
    second = release(tmp_path / "v2", packages("2"))
    assert kill(store, second, after, "upload")
    found = store.files()
    assert store.seen() == local(first)
    whole(found)
    there = {path for path, data in local(second).items() if f"by-sha256/{sha256(data)}/{path}" in found}
    # The last ones may have been cut off on their way.
    assert max(0, after - 8) <= len(there) <= after
    store.asked.clear()
    assert send(second, store.url)[0] == 14 - len(there)
    sent = {asked.path.rpartition("/")[2] for asked in store.uploads()}
    assert sent == local(second).keys() - there
    assert store.seen() == local(second)


@pytest.mark.parametrize("after", [0, 5, 13])
def test_killed_while_the_names_change_the_next_one_sends_nothing(
    store: Bucket, tmp_path: Path, after: int
) -> None:
    first, second = release(tmp_path / "v1", packages("1")), release(tmp_path / "v2", packages("2"))
    send(first, store.url)
    assert kill(store, second, after, "copy")
    seen = store.seen()
    assert seen["build.json"] == local(first)["build.json"]
    whole(store.files())
    # Under each name there is all of one of the two.
    assert all(data in {local(first)[path], local(second)[path]} for path, data in seen.items())
    store.asked.clear()
    assert send(second, store.url)[:2] == (0, 0)
    assert store.uploads() == []
    assert store.seen() == local(second)


def test_killed_at_any_request_it_is_completed_by_another_release_too(store: Bucket, tmp_path: Path) -> None:
    first, second = release(tmp_path / "v1", packages("1", 3)), release(tmp_path / "v2", packages("2", 4))
    third = release(tmp_path / "v3", packages("3", 2))
    after = 0
    send(first, store.url)
    while kill(store, second, after, "any"):
        whole(store.files())
        send(third, store.url)
        assert store.seen() == local(third)
        send(first, store.url)
        assert store.seen() == local(first)
        after += 8
    assert after > 9
    assert store.seen() == local(second)


def test_a_server_that_has_much_to_do_is_asked_again(store: Bucket, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()

    def mood(asked: Asked) -> str | None:
        seen[f"{asked.verb} {asked.path}"] += 1
        return "503 SlowDown" if asked.verb == "PUT" and seen[f"PUT {asked.path}"] == 1 else None

    store.mood = mood
    folder = release(tmp_path / "v1", packages("1", 4))
    assert send(folder, store.url)[0] == 6
    assert store.seen() == local(folder)


@pytest.mark.parametrize("status", ["403 AccessDenied", "403 ExpiredToken", "400 EntityTooLarge"])
def test_one_file_refused_is_named_and_the_others_need_not_go_again(
    store: Bucket, tmp_path: Path, status: str
) -> None:
    first, second = release(tmp_path / "v1", packages("1")), release(tmp_path / "v2", packages("2"))
    send(first, store.url)
    store.mood = lambda asked: status if asked.is_upload and asked.path.endswith("kurs-07.zip") else None
    said = refused(second, store.url)
    assert "kurs-07.zip" in said
    assert status.partition(" ")[2] in said
    assert SECRET not in said
    assert store.seen() == local(first)
    store.mood = lambda _: None
    before = len(store.uploads())
    send(second, store.url)
    assert sum(asked.path.endswith("kurs-07.zip") for asked in store.uploads()[before:]) == 1
    sent = Counter(asked.path for asked in store.uploads())
    assert max(sent.values()) == 1
    assert store.seen() == local(second)


def test_where_nothing_may_be_removed_the_release_is_out_all_the_same(store: Bucket, tmp_path: Path) -> None:
    send(release(tmp_path / "v1", packages("1") | {"gammel.zip": b"old"}), store.url)
    second = release(tmp_path / "v2", packages("2"))
    store.mood = lambda asked: "403 AccessDenied" if asked.verb == "POST" else None
    said = refused(second, store.url)
    assert "the release is out" in said
    assert store.seen() == local(second) | {"gammel.zip": b"old"}
    store.mood = lambda _: None
    assert send(second, store.url)[3] == 1
    assert store.seen() == local(second)


def test_a_file_that_disappears_there_meanwhile_is_noticed_before_the_record(
    store: Bucket, tmp_path: Path
) -> None:
    first, second = release(tmp_path / "v1", packages("1")), release(tmp_path / "v2", packages("2"))
    send(first, store.url)

    def mood(asked: Asked) -> None:
        if asked.copy and asked.path.endswith("index.html"):
            store.client().put_object(Bucket=NAME, Key="kurs/kurs-05.zip", Body=b"another one's release")

    store.mood = mood
    assert "nobody else publishes there" in refused(second, store.url)
    assert store.seen()["build.json"] == local(first)["build.json"]
    store.mood = lambda _: None
    send(second, store.url)
    assert store.seen() == local(second)


def test_the_network_goes(store: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing listens at port 9 here.
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    said = refused(release(tmp_path / "v1", packages("1", 1)), store.url)
    assert f"s3://{NAME}/kurs: the store can't be reached" in said
    assert "run the same command again" in said


def test_wrong_keys(store: Bucket, tmp_path: Path) -> None:
    store.mood = lambda _: "403 InvalidAccessKeyId"
    said = refused(release(tmp_path / "v1", packages("1", 1)), store.url)
    assert "no access (InvalidAccessKeyId)" in said
    assert "AWS_ACCESS_KEY_ID" in said
    assert not any(word in said for word in (KEY, SECRET))


def test_no_keys_at_all(store: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    store.mood = lambda _: "403 AccessDenied"
    said = refused(release(tmp_path / "v1", packages("1", 1)), store.url)
    assert "no access" in said


class Reader(threading.Thread):
    """Reads the record, then all that it names, over and over; notes whatever does not fit."""

    def __init__(self, store: Bucket, known: dict[str, set[bytes]], last: bytes) -> None:
        super().__init__(daemon=True)
        self.last = last
        self.client: Any = store.client()
        self.known = known
        self.faults: list[str] = []
        self.records: set[bytes] = set()
        self.rounds = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
                self.faults.append(repr(error))
            self.rounds += 1

    def look(self) -> None:
        record = self.get("build.json")
        self.records.add(record)
        packages = json.loads(record)["packages"]
        plain = {package["path"]: self.get(package["path"]) for package in packages}
        for package in packages:
            path, expected = package["path"], package["sha256"]
            if sha256(self.get(f"by-sha256/{expected}/{path}")) != expected:
                self.faults.append(f"{path} by its sum")
            if plain[path] not in self.known[path]:
                self.faults.append(f"{path} is half of something")
            # The last record there will be: what it names has got its own name before it.
            if record == self.last and sha256(plain[path]) != expected:
                self.faults.append(f"{path} behind the record")

    def get(self, path: str) -> bytes:
        try:
            return bytes(self.client.get_object(Bucket=NAME, Key=f"kurs/{path}")["Body"].read())
        except ClientError as error:
            raise AssertionError(f"{path}: {error}") from None


def test_whoever_reads_meanwhile_sees_one_release_or_the_other(store: Bucket, tmp_path: Path) -> None:
    folders = [release(tmp_path / f"v{n}", packages(str(n), 6)) for n in range(3)]
    known: dict[str, set[bytes]] = {}
    for folder in folders:
        for path, data in local(folder).items():
            known.setdefault(path, set()).add(data)
    send(folders[0], store.url)
    reader = Reader(store, known, local(folders[2])["build.json"])
    reader.start()
    store.mood = slowly(0.1)
    for folder in folders[1:]:
        send(folder, store.url)
        rounds = reader.rounds
        while reader.rounds < rounds + 2:
            reader.over.wait(0.05)
    reader.over.set()
    reader.join()
    assert reader.faults == []
    assert len(reader.records) == 3
