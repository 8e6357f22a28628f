from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.preview.content import content_app
from kurspakke.preview.guard import guarded, separated
from kurspakke.preview.listening import LOOPBACK, listen
from kurspakke.preview.origins import INSPECTOR_HEADERS, inspector_hosts, origin_of, package_of, secret_id
from tests.previewing import Served, serving

A, B = secret_id(b"key", "a.zip"), secret_id(b"key", "b.zip")
TREES = {
    A: FileTree({"index.html": File(data=b"A")}),
    B: FileTree({"index.html": File(data=b"B")}),
}


async def inspector(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("inspector")(scope, receive, send)


def whole(port: int) -> ASGIApp:
    """Put together as the preview does."""
    hosts = inspector_hosts(port)
    lrs = guarded(inspector, hosts, packages=True)
    own = guarded(inspector, hosts)

    async def by_path(scope: Scope, receive: Receive, send: Send) -> None:
        await (lrs if scope["path"].startswith("/xapi/") else own)(scope, receive, send)

    return separated(by_path, {"/content": content_app(TREES.get)})


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await whole(scope["server"][1])(scope, receive, send)

    with serving(late) as served:
        yield served


def test_the_inspector_answers_at_its_own_addresses(served: Served) -> None:
    for name in (LOOPBACK, "localhost", "LOCALHOST"):
        reply = served.ask("/", host=f"{name}:{served.port}")
        assert (reply.status, reply.text) == (200, "inspector")
        assert {name: reply.headers[name.lower()] for name in INSPECTOR_HEADERS} == INSPECTOR_HEADERS


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.example.org:{port}",
        "localhost.example.org:{port}",
        "evil.localhost:{port}",
        f"{A}.localhost.example.org:{{port}}",
        f"{A[:-1]}.localhost:{{port}}",
        "[::1]:{port}",
        "0.0.0.0:{port}",
        "",
    ],
)
def test_a_name_that_was_bent_to_this_machine_gets_nothing(served: Served, host: str) -> None:
    for path in ("/", "/xapi/statements", f"/content/{A}/index.html"):
        reply = served.ask(path, host=host.format(port=served.port) or " ")
        assert reply.status == 421
        assert "Feil adresse" in reply.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_pages_change_nothing(served: Served, method: str) -> None:
    port = served.port
    strangers = [
        "https://example.org",
        "null",
        "http://127.0.0.1:1",
        f"http://localhost:{port}",
        origin_of(A, port),
    ]
    for origin in strangers:
        assert served.ask("/", method=method, origin=origin).status == 403
    assert served.ask("/", method=method, sec_fetch_site="same-site").status == 403
    assert (
        served.ask("/", method=method, sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 403
    )
    assert served.ask("/", method=method, origin=f"http://127.0.0.1:{port}").status == 200
    assert served.ask("/", method=method).status == 200


def test_other_pages_may_walk_to_the_inspector_but_not_use_it(served: Served) -> None:
    assert served.ask("/", sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200
    assert served.ask("/", sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert served.ask("/", sec_fetch_site="same-site", sec_fetch_mode="no-cors").status == 403
    assert served.ask("/", sec_fetch_site="cross-site", sec_fetch_mode="cors", origin="null").status == 403
    assert served.ask("/", origin="https://example.org").status == 403


def test_packages_reach_the_lrs_and_strangers_do_not(served: Served) -> None:
    mine = origin_of(A, served.port)
    for method in ("OPTIONS", "GET", "POST", "PUT"):
        asked = {"method": method, "sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}
        assert served.ask("/xapi/statements", origin=mine, **asked).status == 200
        for origin in ("https://example.org", "null", origin_of(A, 1), mine.replace("http", "https")):
            assert served.ask("/xapi/statements", origin=origin, **asked).status == 403


def test_a_package_is_reached_at_its_own_host_only(served: Served) -> None:
    def at(package: str, path: str, **headers: str) -> tuple[int, str]:
        reply = served.ask(path, host=f"{package}.localhost:{served.port}", **headers)
        return reply.status, reply.text

    assert at(A, f"/content/{A}/index.html") == (200, "A")
    assert at(B, f"/content/{B}/index.html") == (200, "B")
    for path in (
        f"/content/{B}/index.html",
        f"/content/{A}/../{B}/index.html",
        f"/content/{A}%2f..%2f{B}/index.html",
        "/",
        "/xapi/statements",
        "/content",
        f"/other/{A}/index.html",
    ):
        status, text = at(A, path)
        assert status == 404
        assert text not in {"B", "inspector"}
    assert at(A, f"/content/{A}/index.html", sec_fetch_site="cross-site", sec_fetch_mode="no-cors")[0] == 403
    assert at(A, f"/content/{A}/index.html", sec_fetch_site="cross-site", sec_fetch_mode="navigate")[0] == 200


def test_websockets_of_strangers_are_closed() -> None:
    def asked(*headers: tuple[str, str]) -> str:
        sent: list[Message] = []
        plain = [(name.encode(), value.encode()) for name, value in headers]
        scope = {"type": "websocket", "path": "/", "headers": plain}

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            sent.append(message)

        async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
            await send({"type": "websocket.accept"})

        # In a thread of its own, since Playwright's loop may be running in this one.
        with ThreadPoolExecutor(1) as alone:
            alone.submit(asyncio.run, guarded(app, frozenset({"127.0.0.1:1"}))(scope, receive, send)).result()
        return str(sent[0]["type"])

    assert asked(("host", "127.0.0.1:1"), ("origin", "http://127.0.0.1:1")) == "websocket.accept"
    assert asked(("host", "127.0.0.1:1"), ("origin", "http://example.org")) == "websocket.close"
    assert asked(("host", "example.org:1"), ("origin", "http://example.org:1")) == "websocket.close"


def test_ids_can_not_be_guessed_and_stay() -> None:
    assert secret_id(b"key", "kurs/æøå.zip") == secret_id(b"key", "kurs/æøå.zip")
    assert len({A, B, secret_id(b"other", "a.zip")}) == 3
    assert package_of(f"{A}.localhost:8000") == package_of(f"{A}.localhost") == A
    assert package_of(f"x.{A}.localhost") is package_of("localhost") is package_of(A) is None


def test_the_server_listens_on_this_machine_only_and_says_when_a_port_is_taken() -> None:
    with listen() as socket:
        host, port = socket.getsockname()
        assert host == "127.0.0.1"
        with pytest.raises(KurspakkeError, match=f"can't listen at 127.0.0.1:{port}"):
            listen(port)
