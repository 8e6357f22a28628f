"""Releases into a real S3 server on this machine: what is sent, in which order, and what is there then."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from tests.destination.bucket import NAME, Asked, Bucket, sha256
from tests.destination.trees import noise, packages, release, send, start

pytestmark = pytest.mark.slow


def local(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_all_is_there_by_name_and_by_sum_and_the_record_comes_last(store: Bucket, tmp_path: Path) -> None:
    folder = release(tmp_path / "v1", packages("1") | {"nb/veiledning.html": b"<title>Slik</title>"})
    (folder / ".hidden").write_text("not for others")
    files, size, there, removed = send(folder, store.url)
    made = local(folder)
    del made[".hidden"]
    assert (files, size, there, removed) == (len(made), sum(map(len, made.values())), 0, 0)
    assert store.seen() == made
    found = store.files()
    for path, data in made.items():
        assert found[f"by-sha256/{sha256(data)}/{path.rpartition('/')[2]}"] == data
    order = [asked.path.removeprefix("kurs/") for asked in store.asked if asked.copy]
    assert sorted(order[:12]) == sorted(packages("1"))
    assert sorted(order[12:14]) == ["index.html", "nb/veiledning.html"]
    assert order[14:] == ["build.json"]
    # Nothing is seen before all is there.
    assert max(store.asked.index(asked) for asked in store.uploads()) < min(
        store.asked.index(asked) for asked in store.asked if asked.copy
    )


def test_a_browser_is_told_what_the_files_are(store: Bucket, tmp_path: Path) -> None:
    send(release(tmp_path / "v1", packages("1", 1)), store.url)
    client = store.client()
    kinds = {
        name: client.head_object(Bucket=NAME, Key=f"kurs/{name}")["ContentType"]
        for name in ("index.html", "build.json", "kurs-00.zip")
    }
    assert kinds == {
        "index.html": "text/html",
        "build.json": "application/json",
        "kurs-00.zip": "application/zip",
    }


def test_what_has_not_changed_is_not_sent_and_costs_two_requests(store: Bucket, tmp_path: Path) -> None:
    folder = release(tmp_path / "v1", packages("1"))
    send(folder, store.url)
    before = store.files()
    store.asked.clear()
    assert send(folder, store.url) == (0, 0, 14, 0)
    assert [(asked.verb, asked.path) for asked in store.asked] == [
        ("GET", ""),
        ("GET", "kurs/.kurspakke/published.json"),
    ]
    assert store.files() == before


def test_only_what_has_changed_is_sent(store: Bucket, tmp_path: Path) -> None:
    send(release(tmp_path / "v1", packages("1", changed=3)), store.url)
    store.asked.clear()
    folder = release(tmp_path / "v2", packages("2", changed=3))
    assert send(folder, store.url)[0] == 5
    names = sorted(asked.path.rpartition("/")[2] for asked in store.uploads())
    assert names == ["build.json", "index.html", "kurs-00.zip", "kurs-01.zip", "kurs-02.zip"]
    copied = sorted(asked.path.removeprefix("kurs/") for asked in store.asked if asked.copy)
    assert copied == names
    assert store.seen() == local(folder)


def test_what_an_earlier_release_left_goes_last_and_what_is_others_stays(
    store: Bucket, tmp_path: Path
) -> None:
    first = packages("1") | {"gammel.zip": b"old", "mappe/side.html": b"old"}
    send(release(tmp_path / "v1", first), store.url)
    store.client().put_object(Bucket=NAME, Key="kurs/annet.txt", Body=b"somebody else's")
    store.client().put_object(Bucket=NAME, Key="kurs/by-sha256/README", Body=b"somebody else's")
    store.asked.clear()
    second = release(tmp_path / "v2", packages("2"))
    assert send(second, store.url)[3] == 2
    removing = [asked.verb for asked in store.asked].index("POST")
    copies = [number for number, asked in enumerate(store.asked) if asked.copy]
    assert max(copies) < removing
    assert store.seen() == local(second) | {"annet.txt": b"somebody else's"}
    # Whoever has read the former record still gets all of it, until the next release.
    found = store.files()
    assert all(f"by-sha256/{sha256(data)}/{path.rpartition('/')[2]}" in found for path, data in first.items())
    third = release(tmp_path / "v3", packages("3"))
    send(third, store.url)
    sums = {
        path.split("/")[1] for path in store.files() if path.startswith("by-sha256/") and path.count("/") == 2
    }
    assert sums == {sha256(data) for folder in (second, third) for data in local(folder).values()}
    assert store.files()["by-sha256/README"] == b"somebody else's"


def test_publishing_the_same_again_leaves_the_former_release_in_peace(store: Bucket, tmp_path: Path) -> None:
    send(release(tmp_path / "v1", packages("1")), store.url)
    second = release(tmp_path / "v2", packages("2"))
    send(second, store.url)
    before = store.files()
    assert send(second, store.url) == (0, 0, 14, 0)
    assert store.files() == before


def test_back_to_the_former_release_sends_nothing(store: Bucket, tmp_path: Path) -> None:
    first, second = release(tmp_path / "v1", packages("1")), release(tmp_path / "v2", packages("2"))
    send(first, store.url)
    send(second, store.url)
    assert send(first, store.url)[:2] == (0, 0)
    assert store.seen() == local(first)


@pytest.mark.parametrize("by_sum", [False, True])
def test_what_somebody_has_changed_there_is_mended(store: Bucket, tmp_path: Path, *, by_sum: bool) -> None:
    folder = release(tmp_path / "v1", packages("1"))
    send(folder, store.url)
    before = store.seen()
    data = packages("1")["kurs-03.zip"]
    key = f"kurs/by-sha256/{sha256(data)}/kurs-03.zip" if by_sum else "kurs/kurs-03.zip"
    store.client().put_object(Bucket=NAME, Key=key, Body=bytes(len(data)))
    assert send(folder, store.url)[0] == by_sum
    assert store.seen() == before
    assert store.client().get_object(Bucket=NAME, Key=key)["Body"].read() == data


@pytest.mark.parametrize("damage", [None, b'{"version":1,"files":'])
def test_a_lost_or_damaged_memory_sends_nothing(store: Bucket, tmp_path: Path, damage: bytes | None) -> None:
    folder = release(tmp_path / "v1", packages("1", 2) | {"film.zip": noise("film", 17 << 20)})
    send(folder, store.url)
    before = store.files()
    client, key = store.client(), "kurs/.kurspakke/published.json"
    if damage is None:
        client.delete_object(Bucket=NAME, Key=key)
    else:
        client.put_object(Bucket=NAME, Key=key, Body=damage)
    store.asked.clear()
    assert send(folder, store.url)[:2] == (0, 0)
    assert store.uploads() == []
    after = store.files()
    assert (
        json.loads(after[".kurspakke/published.json"])["files"].keys()
        == json.loads(before[".kurspakke/published.json"])["files"].keys()
    )


def test_a_memory_can_not_lead_to_others_files(store: Bucket, tmp_path: Path) -> None:
    client = store.client()
    client.put_object(Bucket=NAME, Key="kurs/../annet.txt", Body=b"not ours")
    client.put_object(Bucket=NAME, Key="annet.txt", Body=b"not ours")
    wild = {
        "version": 1,
        "files": {},
        "owned": ["../annet.txt", "/annet.txt", ""],
        "current": ["annet.txt"],
        "former": [],
    }
    client.put_object(Bucket=NAME, Key="kurs/.kurspakke/published.json", Body=json.dumps(wild).encode())
    assert send(release(tmp_path / "v1", packages("1", 1)), store.url)[3] == 0
    for key in ("annet.txt", "kurs/../annet.txt"):
        assert client.get_object(Bucket=NAME, Key=key)["Body"].read() == b"not ours"
        client.delete_object(Bucket=NAME, Key=key)


def test_no_more_than_eight_files_are_on_their_way_at_once(store: Bucket, tmp_path: Path) -> None:
    lock, under_way, most = threading.Lock(), 0, 0

    def mood(asked: Asked) -> None:
        nonlocal under_way, most
        if asked.is_upload:
            with lock:
                under_way += 1
                most = max(most, under_way)
            time.sleep(0.1)
            with lock:
                under_way -= 1

    store.mood = mood
    send(release(tmp_path / "v1", packages("1", 30)), store.url)
    assert 4 <= most <= 8


def test_large_files_take_little_memory(store: Bucket, tmp_path: Path) -> None:
    def peak(name: str, files: dict[str, bytes]) -> int:
        process = start(release(tmp_path / name, files), store.url)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return int(out.split()[-1])

    none = peak("none", {"kurs.zip": b"x"})
    one = peak("one", {"film.zip": bytes(80_000_000)})
    many = peak("many", {f"kurs-{n}.zip": bytes([n]) * 10_000_000 for n in range(12)})
    assert one - none < 50_000_000
    assert many - none < 200_000_000
