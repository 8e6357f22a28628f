"""Launches at the LRS itself, over ASGI: what gets through, what does not, and who hears of it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from starlette.types import Message

from kurspakke.lrs.exchange import Exchange
from kurspakke.preview import gate as gates
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.gate import gated_lrs
from kurspakke.preview.sessions import End
from tests.launching import AuPlayer, Statement, World, au, cmi5, tincan
from tests.previewing import run_apart

VERSION = {"x-experience-api-version": "1.0.3"}
JSON = {"content-type": "application/json"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        return str(json.loads(self.body)["error"])


@dataclass
class Door:
    """The LRS, as the AU of `player` comes to it."""

    player: AuPlayer
    heard: list[Exchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        world = self.player.world
        self.app = gated_lrs(world.records.store, world.launches, self.heard.append)

    def asks(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        given = {"authorization": self.player.authorization, **VERSION, **JSON, **(headers or {})}
        scope = {
            "type": "http",
            "method": method,
            "path": f"/xapi/{path}",
            "root_path": "/xapi",
            "query_string": urlencode(query or {}).encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        sent = run_apart(lambda: self.exchanged(scope, [body[:3], body[3:]]))
        start, *rest = sent
        answered = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], answered, b"".join(each.get("body", b"") for each in rest))

    async def exchanged(
        self, scope: dict[str, object], parts: list[bytes], *, whole: bool = True
    ) -> list[Message]:
        last = len(parts) - 1
        coming: list[Message] = [
            {"type": "http.request", "body": part, "more_body": number < last or not whole}
            for number, part in enumerate(parts)
        ]
        sent: list[Message] = []

        async def receive() -> Message:
            return coming.pop(0) if coming else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return sent

    def posts(self, *statements: Statement) -> Answer:
        return self.asks("POST", "statements", body=json.dumps(list(statements)).encode())

    def says(self, *verbs: str) -> int:
        return self.posts(*(self.player.statement(verb) for verb in verbs)).status

    def end(self) -> End:
        session = self.player.world.store.session(self.player.launch.session)
        assert session
        return session.end


@pytest.fixture
def door() -> Door:
    player = World(cmi5(au())).launch()
    player.reads()
    return Door(player)


def state(door: Door, **changes: str) -> dict[str, str]:
    query = door.player.query
    own = {"activityId": query["activityId"], "agent": query["actor"], "registration": query["registration"]}
    return {**own, "stateId": terms.LAUNCH_DATA, **changes}


# A whole session


def test_an_au_from_its_launch_to_its_end(door: Door) -> None:
    player, records = door.player, door.player.world.records
    launch_data = door.asks("GET", "activities/state", state(door))
    assert json.loads(launch_data.body)["launchMode"] == "Normal"
    preferences = {"agent": player.query["actor"], "profileId": terms.PREFERENCES}
    assert door.asks("GET", "agents/profile", preferences).status == 404
    assert door.says("initialized") == 200
    assert door.asks("PUT", "activities/state", state(door, stateId="bookmark"), b'{"side": 3}').status == 204
    assert door.says("completed", "terminated") == 200
    assert records.verbs() == ["launched", "initialized", "completed", "terminated", "satisfied"]
    assert {each["authority"]["account"]["name"] for each in records.statements} == {"lms"}
    assert door.end() is End.TERMINATED
    assert [each.problems for each in door.heard] == [()] * 5
    player.world.clock.passes(seconds=20)
    assert door.asks("GET", "activities/state", state(door)).status == 401


def test_what_cmi5_forbids_is_answered_with_the_reasons(door: Door) -> None:
    answer = door.posts(door.player.statement("completed"))
    assert answer.status == 403
    assert answer.error.startswith("«completed» før initialized")
    assert answer.error.endswith("(cmi5 9.3, 9.3.0.0-4)")
    # A page of another origin has to be able to read why.
    assert answer.headers["access-control-allow-origin"] == "*"
    assert door.player.world.records.verbs() == ["launched"]
    (heard,) = door.heard
    assert (heard.reply.status, heard.grant and heard.grant.label) == (403, door.player.launch.session)
    assert [(each.path, each.clause) for each in heard.problems] == [("verb.id", "cmi5 9.3.0.0-4")]
    assert len(heard.statements()) == 1


def test_what_is_only_noted_is_stored_and_told(door: Door) -> None:
    door.says("initialized")
    statement = door.player.statement("completed")
    statement["actor"]["name"] = "Kari"
    assert door.posts(statement).status == 200
    heard = door.heard[-1]
    assert [each.clause for each in heard.problems] == ["cmi5 8.1.3.0-3"]
    assert door.asks("GET", "about").status == 200
    assert door.heard[-1].problems == ()


def test_what_the_lrs_does_not_store_has_no_consequences(door: Door) -> None:
    door.says("initialized")
    ended = door.player.statement("terminated")
    assert (
        door.asks(
            "POST", "statements", body=json.dumps(ended).encode(), headers={"x-experience-api-version": "0.9"}
        ).status
        == 400
    )
    assert door.end() is End.OPEN
    assert door.posts(ended).status == 200
    assert door.end() is End.TERMINATED


@pytest.mark.parametrize("body", [b"{", b"[3]", b'{"verb": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_statement_is_told_as_such(door: Door, body: bytes) -> None:
    assert door.asks("POST", "statements", body=body).status == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_launch_data_can_not_be_changed(door: Door, method: str) -> None:
    before = door.player.world.records.launch_data(door.player.query)
    assert door.asks(method, "activities/state", state(door), b"{}").status == 403
    assert door.player.world.records.launch_data(door.player.query) == before


def test_many_that_say_the_same_at_once_say_it_once(door: Door) -> None:
    door.says("initialized")
    statements = [door.player.statement("completed") for _ in range(8)]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/statements",
        "query_string": b"",
        "headers": [
            (name.encode(), value.encode())
            for name, value in {"authorization": door.player.authorization, **VERSION, **JSON}.items()
        ],
    }

    async def all_at_once() -> list[list[Message]]:
        bodies = [json.dumps(each).encode() for each in statements]
        return await asyncio.gather(*(door.exchanged(dict(scope), [body]) for body in bodies))

    statuses = [sent[0]["status"] for sent in run_apart(all_at_once)]
    assert sorted(statuses) == [200] + [403] * 7


# Who comes in


def test_nobody_comes_in_without_a_launch(door: Door) -> None:
    door.player.authorization = "Basic feil"
    assert door.posts(door.player.statement("initialized")).status == 401
    assert door.asks("OPTIONS", "statements").status == 204


def test_a_launch_sees_nothing_of_another_package() -> None:
    world = World(tincan())
    player = world.launch()
    player.authorization = player.query["auth"]
    door = Door(player)
    world.records.keep("annet", [plain_statement()])
    assert json.loads(door.asks("GET", "statements").body)["statements"] == []
    assert door.posts(plain_statement()).status == 200
    assert len(json.loads(door.asks("GET", "statements").body)["statements"]) == 1


def plain_statement() -> Statement:
    return {
        "actor": {"mbox": "mailto:per@kurs.example"},
        "verb": {"id": terms.COMPLETED},
        "object": {"id": "https://kurs.example/aktivitet"},
    }


def test_tin_can_is_not_held_to_cmi5() -> None:
    player = World(tincan()).launch()
    player.authorization = player.query["auth"]
    door = Door(player)
    assert door.posts(plain_statement()).status == 200
    assert [each.problems for each in door.heard] == [()]


def test_an_abandoned_session_is_shut_out() -> None:
    world = World(cmi5(au()))
    door = Door(world.launch().begins())
    assert door.says("completed") == 200
    world.launch()
    late = door.player.statement("terminated")
    assert door.posts(late).status == 401
    assert world.records.verbs().count("abandoned") == 1
    # Whoever looks on is told whose request that was, and why it came to nothing.
    assert door.heard[-1].grant == door.heard[0].grant
    assert "is abandoned" in door.heard[-1].error


def test_who_has_been_left_is_abandoned_as_soon_as_somebody_asks() -> None:
    world = World(cmi5(au()), patience=3)
    world.launch().begins()
    door = Door(world.launch())
    door.player.fetches()
    assert "abandoned" not in world.records.verbs()
    world.clock.passes(seconds=5)
    door.asks("GET", "about")
    assert world.records.verbs().count("abandoned") == 1


# The forms of requests


def test_nothing_is_read_without_end(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MOST_BYTES", 10)
    assert door.asks("POST", "statements", body=b"x" * 11).status == 413


def test_a_request_that_breaks_off_is_not_done(door: Door) -> None:
    scope = {"type": "http", "method": "POST", "path": "/statements", "query_string": b"", "headers": []}
    assert run_apart(lambda: door.exchanged(scope, [b"["], whole=False)) == []
    assert door.heard == []


def test_a_statement_put_has_the_id_of_its_address(door: Door) -> None:
    statement = door.player.statement("initialized")
    name = statement.pop("id")
    body = json.dumps(statement).encode()
    assert door.asks("PUT", "statements", {"statementId": name}, body).status == 204


def test_the_alternate_syntax_is_held_to_the_same(door: Door) -> None:
    statement = door.player.statement("completed")
    form = {
        "Authorization": door.player.authorization,
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
        "statementId": statement["id"],
        "content": json.dumps(statement),
    }
    headers = {"authorization": "", "content-type": "application/x-www-form-urlencoded"}
    answer = door.asks("POST", "statements", {"method": "PUT"}, urlencode(form).encode(), headers)
    assert (answer.status, "9.3.0.0-4" in answer.error) == (403, True)


def test_statements_with_attachments_are_held_to_the_same(door: Door) -> None:
    sha2 = hashlib.sha256(b"hei").hexdigest()
    attached = {
        "usageType": "https://kurs.example/vedlegg",
        "display": {"nb": "Vedlegg"},
        "contentType": "text/plain",
        "length": 3,
        "sha2": sha2,
    }

    def sent(verb: str) -> int:
        statement = {**door.player.statement(verb), "attachments": [attached]}
        head = (
            f"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}"
        )
        parts = (
            f"--grense\r\nContent-Type: application/json\r\n\r\n{json.dumps(statement)}\r\n"
            f"--grense\r\n{head}\r\n\r\nhei\r\n--grense--\r\n"
        )
        kind = {"content-type": "multipart/mixed; boundary=grense"}
        return door.asks("POST", "statements", body=parts.encode(), headers=kind).status

    assert [sent(verb) for verb in ("completed", "initialized", "completed")] == [403, 200, 200]
