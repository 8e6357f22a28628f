from __future__ import annotations

import statistics
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.store import LrsStore
from tests.recordstore import ACTIVITY, BASIC, KARI, RecordStore

STATE = {"activityId": ACTIVITY, "agent": {"mbox": "mailto:a@b.no"}, "stateId": "teller"}


def test_many_at_once_lose_nothing(lrs: RecordStore) -> None:
    def send(number: int) -> str:
        return lrs.keep({**BASIC, "context": {"extensions": {"urn:x:number": number}}})

    with ThreadPoolExecutor(16) as pool:
        names = list(pool.map(send, range(120)))
    kept = lrs.store.statements("one")
    assert sorted(each["id"] for each in kept) == sorted(names)
    assert sorted(each["context"]["extensions"]["urn:x:number"] for each in kept) == list(range(120))
    assert len({each["stored"] for each in kept}) == 120


def test_one_id_sent_by_many_is_one_statement(lrs: RecordStore) -> None:
    one = str(uuid.uuid4())

    def send(number: int) -> int:
        given = {**BASIC, "object": {"id": f"urn:x:{number % 2}"}}
        return lrs.ask("PUT", "statements", given, {"statementId": one}).status

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(40)))
    (kept,) = lrs.store.statements("one")
    first = int(kept["object"]["id"][-1])
    assert answers == [204 if number % 2 == first else 409 for number in range(40)]


def test_who_compares_versions_overwrites_nobody(lrs: RecordStore) -> None:
    assert lrs.ask("PUT", "activities/state", "0", STATE).status == 204

    def count(_: int) -> None:
        while True:
            got = lrs.ask("GET", "activities/state", query=STATE)
            answer = lrs.ask(
                "PUT", "activities/state", str(int(got.body) + 1), STATE, {"If-Match": got.headers["etag"]}
            )
            if answer.status == 204:
                return
            assert answer.status == 412

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count, range(24)))
    assert lrs.ask("GET", "activities/state", query=STATE).body == b"24"


def test_what_is_merged_at_once_is_all_there(lrs: RecordStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda n: lrs.ask("POST", "activities/state", {f"m{n}": n}, STATE).status, range(40))
        )
    assert answers == [204] * 40
    assert lrs.ask("GET", "activities/state", query=STATE).json == {
        f"m{number}": number for number in range(40)
    }


def test_two_programs_share_a_file(tmp_path: Path) -> None:
    stores = [LrsStore(tmp_path / "lrs.sqlite") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda store: [store.record("space", KARI, [BASIC]) for _ in range(30)], stores))
    assert [len(store.statements("space")) for store in stores] == [60, 60]
    for store in stores:
        store.close()


def test_a_transaction_that_fails_leaves_nothing() -> None:
    store = LrsStore(None)
    one = store.record("space", KARI, [BASIC])[0]
    other = {**BASIC, "id": one, "object": {"id": "urn:x:other"}}
    with pytest.raises(RefusalError) as refused:
        store.record("space", KARI, [BASIC, other])
    assert refused.value.status == 409
    assert [each["id"] for each in store.statements("space")] == [one]


def test_a_statement_is_kept_at_once(tmp_path: Path) -> None:
    store = LrsStore(tmp_path / "lrs.sqlite")
    times = []
    for _ in range(300):
        start = time.thread_time()
        store.record("space", KARI, [{**BASIC, "id": str(uuid.uuid4())}])
        times.append(time.thread_time() - start)
    store.close()
    assert statistics.median(times) < 0.005
