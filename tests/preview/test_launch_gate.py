from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.types import Message, Receive, Scope, Send

from kurspakke.preview import cmi5terms as terms
from kurspakke.preview import gate as gates
from kurspakke.preview.gate import Gate, Judged
from kurspakke.preview.heard import heard
from tests.launching import AuPlayer, Statement, World, au, cmi5, tincan

MIXED = "multipart/mixed; boundary=grense"
ORIGIN = "http://0123456789abcdef0123456789abcdef.localhost:8123"


@dataclass
class Behind:
    """What stands behind the gate: it notes the bodies that come through, and answers with one status."""

    status: int = 204
    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        message = await receive()
        self.bodies.append(message["body"])
        assert (await receive())["type"] == "http.disconnect"
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Door:
    """A gate with a world in front of it and what is behind."""

    player: AuPlayer
    behind: Behind = field(default_factory=Behind)
    told: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate = Gate(self.behind, self.player.world.launches, self.told.append)

    def asks(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        query: str = "",
    ) -> Answer:
        given = {"authorization": self.player.authorization, "origin": ORIGIN, **(headers or {})}
        scope = {
            "type": "http",
            "method": method,
            "path": f"/xapi/{path}",
            "root_path": "/xapi",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        return asyncio.run(self._exchange(scope, body))

    async def _exchange(self, scope: Scope, body: bytes) -> Answer:
        parts = [body[:3], body[3:]]
        coming: list[Message] = [
            {"type": "http.request", "body": parts[0], "more_body": True},
            {"type": "http.request", "body": parts[1], "more_body": False},
            {"type": "http.disconnect"},
        ]
        sent: list[Message] = []

        async def receive() -> Message:
            return coming.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        await self.gate(scope, receive, send)
        start, *rest = sent
        headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], headers, b"".join(each.get("body", b"") for each in rest))

    def posts(self, *statements: Statement, **headers: str) -> Answer:
        kind = {"content-type": "application/json", **headers}
        return self.asks("POST", "statements", json.dumps(list(statements)).encode(), kind)


@pytest.fixture
def door() -> Door:
    player = World(cmi5(au())).launch()
    player.fetches()
    return Door(player)


def test_what_cmi5_allows_goes_through_as_it_came(door: Door) -> None:
    statement = door.player.statement("initialized")
    answer = door.posts(statement)
    assert answer.status == 204
    assert [json.loads(body) for body in door.behind.bodies] == [[statement]]


def test_what_cmi5_forbids_is_answered_with_the_reasons(door: Door) -> None:
    answer = door.posts(door.player.statement("completed"))
    assert answer.status == 403
    (line,) = json.loads(answer.body)["error"]
    assert line.endswith("(cmi5 9.3, 9.3.0.0-4)")
    assert line.startswith("«completed» før initialized")
    assert door.behind.bodies == []
    (judged,) = door.told
    assert (judged.status, judged.grant.label) == (403, door.player.launch.session)
    # A page of another origin has to be able to read why.
    assert answer.headers["access-control-allow-origin"] == ORIGIN


def test_what_is_only_noted_goes_through_and_is_told() -> None:
    player = World(cmi5(au())).launch()
    player.fetches()
    door = Door(player)
    assert door.posts(player.statement("initialized")).status == 204
    (judged,) = door.told
    assert judged.status == 0
    assert {each.rule for each in judged.breaches} == {"10.2.1.0-4", "11.0.0.0-3"}


def test_what_was_stored_has_its_consequences(door: Door) -> None:
    world, player = door.player.world, door.player
    for verb in ("initialized", "completed", "terminated"):
        statement = player.statement(verb)
        assert door.posts(statement).status == 204
        world.records.keep("kurs", [statement])
        if verb == "completed":
            world.launches.sittings.stored(player.launch.session, [statement])
    assert world.records.said("satisfied")
    session = world.store.session(player.launch.session)
    assert session
    assert session.end == "terminated"


def test_what_the_lrs_does_not_store_has_none(door: Door) -> None:
    door.behind.status = 409
    for verb in ("initialized", "terminated"):
        statement = door.player.statement(verb)
        assert door.posts(statement).status == 409
        door.player.world.records.keep("kurs", [statement])
    session = door.player.world.store.session(door.player.launch.session)
    assert session
    assert session.end == ""


@pytest.mark.parametrize("body", [b"{", b"[3]", b'{"verb": 1}', b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_statement_is_the_lrss_to_tell(door: Door, body: bytes) -> None:
    door.behind.status = 400
    assert door.asks("POST", "statements", body, {"content-type": "application/json"}).status == 400
    assert door.behind.bodies == [body]


def test_documents_are_judged_too(door: Door) -> None:
    query = urlencode({"stateId": terms.LAUNCH_DATA, "agent": door.player.query["actor"]})
    assert door.asks("PUT", "activities/state", b"{}", query=query).status == 403
    assert door.asks("GET", "activities/state", query=query).status == 204
    session = door.player.world.store.session(door.player.launch.session)
    assert session
    assert session.read == {terms.LAUNCH_DATA}


def test_who_is_not_let_in_is_left_to_the_lrs(door: Door) -> None:
    door.behind.status = 401
    door.player.authorization = "Basic feil"
    assert door.posts(door.player.statement("completed")).status == 401
    assert door.told == []


def test_tin_can_passes_untouched() -> None:
    player = World(tincan()).launch()
    player.authorization = player.query["auth"]
    door = Door(player)
    statement = {
        "actor": {"mbox": "mailto:a@b.no"},
        "verb": {"id": terms.COMPLETED},
        "object": {"id": "https://a.no"},
    }
    assert door.posts(statement).status == 204
    assert door.told == []


def test_nothing_is_read_without_end(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MOST_BYTES", 10)
    assert door.asks("POST", "statements", b"x" * 11).status == 413
    assert door.behind.bodies == []


def test_a_request_that_breaks_off_is_not_done(door: Door) -> None:
    async def broken() -> list[Any]:
        sent: list[Message] = []
        coming = [{"type": "http.request", "body": b"[", "more_body": True}, {"type": "http.disconnect"}]

        async def receive() -> Message:
            return coming.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/statements", "query_string": b"", "headers": []}
        await door.gate(scope, receive, send)
        return sent

    assert asyncio.run(broken()) == []
    assert door.behind.bodies == []


# The forms of requests


def test_a_statement_put_has_the_id_of_its_address() -> None:
    request = heard(
        "PUT", "/statements", "statementId=abc", {"content-type": "application/json"}, b'{"verb": {}}'
    )
    assert request.brings_statements
    assert request.statements() == [{"id": "abc", "verb": {}}]
    own = heard("PUT", "/statements", "statementId=abc", {}, b'{"id": "def"}')
    assert own.statements() == [{"id": "def"}]


def test_the_alternate_syntax_is_what_it_means(door: Door) -> None:
    statement = door.player.statement("completed")
    form = {
        "Authorization": door.player.authorization,
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
        "statementId": statement["id"],
        "content": json.dumps(statement),
    }
    headers = {"authorization": "", "content-type": "application/x-www-form-urlencoded"}
    answer = door.asks("POST", "statements", urlencode(form).encode(), headers, query="method=PUT")
    assert answer.status == 403
    request = heard(
        "POST", "statements", "method=GET", headers, urlencode({"verb": "x", "limit": "3"}).encode()
    )
    assert (request.method, request.query) == ("GET", {"verb": "x", "limit": "3"})
    assert not request.brings_statements


def test_statements_with_attachments_are_found(door: Door) -> None:
    statement = json.dumps(door.player.statement("completed"))
    parts = (
        "--grense\r\nContent-Type: application/json\r\n\r\n"
        f"{statement}\r\n--grense\r\nContent-Type: text/plain\r\nX-Experience-API-Hash: abc\r\n\r\nhei\r\n--grense--\r\n"
    )
    assert door.asks("POST", "statements", parts.encode(), {"content-type": MIXED}).status == 403
    assert heard("POST", "statements", "", {"content-type": MIXED}, b"noe annet").statements() == ()
