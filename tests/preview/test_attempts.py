"""What is kept of learners, and what a session hands to the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.findings import KurspakkeError
from kurspakke.lrs.store import LrsStore
from kurspakke.preview.attempts import Attempts, Commit, Session, Whose
from kurspakke.preview.carryover import kept, score_of, status_of, total_12, total_2004
from kurspakke.preview.launchstore import SqliteLaunchStore

WHOSE = Whose("pakke", "kari", "item-1")


@pytest.fixture
def attempts() -> Attempts:
    return Attempts(None)


def session_of(values: dict[str, str], *, mode: str = "normal", finished: bool = True) -> Session:
    return Session("s", WHOSE, mode, "", "", 0, finished, values)


def test_there_are_learners_with_norwegian_names_and_more_can_come(attempts: Attempts) -> None:
    assert "Ødegård, Kari" in [learner.name for learner in attempts.learners()]
    added = attempts.enrol("  Åsnes,   Jørgen ")
    assert added.name == "Åsnes, Jørgen"
    assert attempts.learners()[-1] == added


@pytest.mark.parametrize("name", ["", "   ", "x" * 256])
def test_a_name_that_is_none_is_refused(attempts: Attempts, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 255"):
        attempts.enrol(name)


def test_what_is_committed_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "attempts.sqlite"
    first = Attempts(path)
    first.keep("a", WHOSE, "review", Commit(0, {"cmi.suspend_data": "æøå"}, [{"name": "LMSCommit"}]))
    key = first.key()
    first.close()
    again = Attempts(path)
    (session,) = again.sessions("pakke", "kari")
    assert (session.values, session.finished, session.mode) == ({"cmi.suspend_data": "æøå"}, False, "review")
    assert again.calls("a") == [{"name": "LMSCommit"}]
    assert again.key() == key


def test_what_arrives_late_or_twice_overwrites_nothing(attempts: Attempts) -> None:
    attempts.keep("a", WHOSE, "normal", Commit(2, {"x": "later"}, [{"name": "c"}], 1, finished=True))
    for _ in range(2):
        attempts.keep("a", WHOSE, "normal", Commit(1, {"x": "earlier"}, [{"name": "b"}, {"name": "c"}], 0))
    (session,) = attempts.sessions("pakke")
    assert (session.values, session.serial, session.finished) == ({"x": "later"}, 2, True)
    assert [call["name"] for call in attempts.calls("a")] == ["b", "c"]


def test_one_package_can_not_write_into_another_ones_session(attempts: Attempts) -> None:
    attempts.keep("a", WHOSE, "normal", Commit(0, {"x": "mine"}))
    attempts.keep("a", Whose("annen", "kari", "i"), "normal", Commit(9, {"x": "theirs"}))
    assert [each.values for each in attempts.sessions("pakke")] == [{"x": "mine"}]
    assert attempts.sessions("annen") == []


def test_reset_forgets_one_learner_in_one_package(attempts: Attempts) -> None:
    for name, whose in (("a", WHOSE), ("b", Whose("pakke", "per", "item-1")), ("c", Whose("x", "kari", "i"))):
        attempts.keep(name, whose, "normal", Commit(0, {"x": name}, [{"n": name}]))
    assert attempts.reset("pakke", "kari") == 1
    assert [each.id for each in attempts.sessions("pakke")] == ["b"]
    assert [each.id for each in attempts.sessions("x")] == ["c"]
    assert attempts.calls("a") == []


def test_many_threads_may_keep_at_once(attempts: Attempts) -> None:
    def work(name: str) -> None:
        for serial in range(20):
            commit = Commit(serial, {"n": str(serial)}, [serial], serial)
            attempts.keep(name, Whose("pakke", name, "i"), "normal", commit)

    threads = [Thread(target=work, args=(f"t{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.values["n"] for each in attempts.sessions("pakke")] == ["19"] * 8
    assert attempts.calls("t3") == list(range(20))


@pytest.mark.parametrize("store", [Attempts, LrsStore, SqliteLaunchStore])
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    tmp_path: Path, store: Callable[[Path], object]
) -> None:
    path = tmp_path / "attempts.sqlite"
    path.write_bytes(b"somebody's notes" * 100)
    with pytest.raises(KurspakkeError, match="nothing can be kept in"):
        store(path)
    assert path.read_bytes() == b"somebody's notes" * 100


def test_two_previews_share_a_store(tmp_path: Path) -> None:
    one, two = Attempts(tmp_path / "a.sqlite"), Attempts(tmp_path / "a.sqlite")
    two.keep("a", WHOSE, "normal", Commit(0, {"x": "y"}))
    assert one.sessions("pakke")[0].values == {"x": "y"}
    assert sqlite3.connect(tmp_path / "a.sqlite").execute("SELECT count(*) FROM sessions").fetchone() == (1,)


# What the next session begins with


def test_a_session_that_suspends_is_resumed_with_its_time(attempts: Attempts) -> None:
    del attempts
    sessions = [
        session_of({"cmi.core.exit": "suspend", "cmi.core.session_time": "0000:01:30.50", "cmi.suspend_data": "a"}),
        session_of({"cmi.core.exit": "suspend", "cmi.core.session_time": "00:00:40.6", "cmi.suspend_data": "b"}),
    ]  # fmt: skip
    assert kept(sessions, is_2004=False) == {
        "cmi.suspend_data": "b",
        "cmi.core.entry": "resume",
        "cmi.core.total_time": "0000:02:11.10",
    }


@pytest.mark.parametrize(
    ("values", "finished", "entry"),
    [
        ({"cmi.core.exit": ""}, True, ""),
        ({"cmi.core.exit": "logout"}, True, ""),
        ({"cmi.core.exit": "suspend"}, True, "resume"),
        ({"cmi.core.lesson_location": "3"}, False, "resume"),
    ],
)
def test_entry_follows_from_how_the_last_session_ended(
    values: dict[str, str], entry: str, *, finished: bool
) -> None:
    assert kept([session_of(values, finished=finished)], is_2004=False)["cmi.core.entry"] == entry


def test_review_and_browse_leave_nothing() -> None:
    normal = session_of({"cmi.core.lesson_status": "incomplete"})
    review = session_of({"cmi.core.lesson_status": "browsed"}, mode="review")
    browse = session_of({"cmi.core.lesson_status": "browsed"}, mode="browse")
    assert kept([normal, review, browse], is_2004=False)["cmi.core.lesson_status"] == "incomplete"
    assert kept([review], is_2004=False) == {}


def test_scorm_2004_has_its_own_names_and_times() -> None:
    sessions = [
        session_of({"cmi.exit": "suspend", "cmi.session_time": "PT1M30.5S", "cmi.location": "2"}),
        session_of({"cmi.exit": "suspend", "cmi.session_time": "P1DT1H", "cmi.location": "3"}),
    ]
    assert kept(sessions, is_2004=True) == {
        "cmi.location": "3",
        "cmi.entry": "resume",
        "cmi.total_time": "PT90090.50S",
    }


@given(st.lists(st.integers(0, 3_599_999), max_size=6))
def test_times_add_up(hundredths: list[int]) -> None:
    def written(time: int) -> str:
        seconds, rest = divmod(time, 100)
        return f"{seconds // 3600:04}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"

    assert total_12(map(written, hundredths)) == written(sum(hundredths))


@pytest.mark.parametrize("time", ["", "nonsense", "1:2:3", "٠٠:٠٠:١٠"])
def test_what_is_no_time_counts_as_nothing(time: str) -> None:
    assert total_12([time, "00:00:01"]) == "0000:00:01.00"
    assert total_2004([time, "PT1S"]) == "PT1.00S"


def test_status_and_score_as_an_lms_lists_them() -> None:
    assert status_of({"cmi.core.lesson_status": "passed"}) == "passed"
    assert status_of({"cmi.completion_status": "completed", "cmi.success_status": "unknown"}) == "completed"
    assert status_of({}) == "not attempted"
    assert score_of({"cmi.core.score.raw": "80"}) == "80"
    assert score_of({"cmi.score.scaled": "0.8"}) == "0.8"
    assert score_of({}) == ""
