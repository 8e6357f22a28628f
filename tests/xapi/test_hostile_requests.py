from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from kurspakke.lrs.app import lrs_app
from kurspakke.lrs.asking import Asked, read_query, unwrapped
from kurspakke.lrs.jsontext import DEEPEST, parsed, written
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.store import LrsStore
from kurspakke.preview.guard import guarded
from kurspakke.preview.listening import LOOPBACK
from kurspakke.preview.origins import inspector_hosts, origin_of
from tests.previewing import serving
from tests.recordstore import ACTIVITY, BASIC, CREDENTIALS, ONE, RecordStore, record_store

STATE = {"activityId": ACTIVITY, "agent": '{"mbox":"mailto:a@b.no"}', "stateId": "s"}
DEEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (DEEP, "nested"),
        (b"[" * 1_000_000, "nested"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "nested"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "digits"),
        (b'{"a": "\\ud800"}', "surrogate"),
        (b'{"a": "\xe6"}', "UTF-8"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": "\x01"}', "line 1"),
        (b"\xef\xbb\xbf{}", "line 1"),
        (b"", "line 1"),
    ],
)
def test_json_that_others_can_not_read_is_refused(lrs: RecordStore, body: bytes, why: str) -> None:
    for resource, query in (("statements", {}), ("activities/state", STATE)):
        answer = lrs.ask("POST", resource, body, query)
        assert answer.status == 400
        assert why in answer.json["error"]
        assert len(answer.body) < 500


def test_nesting_is_counted() -> None:
    deepest = b"[" * DEEPEST + b"]" * DEEPEST
    assert written(parsed(deepest)).encode() == deepest
    with pytest.raises(ValueError, match="deeper"):
        parsed(b"[" + deepest + b"]")


def test_extensions_of_any_kind_are_kept(lrs: RecordStore) -> None:
    value = {"\U0001f600": ["\0", "\u2028", 1.5e-300, -0.0, 2**70, None, {"": {}}], "dyp": {"a": [[[[[]]]]]}}
    one = lrs.keep({**BASIC, "context": {"extensions": {"https://kurs.example/x": value}}})
    (kept,) = lrs.ask("GET", "statements").json["statements"]
    assert (kept["id"], kept["context"]["extensions"]) == (one, {"https://kurs.example/x": value})


def test_a_body_that_is_too_large_is_not_read_to_its_end() -> None:
    with record_store(LrsStore(None), most_bytes=1000) as lrs:
        assert lrs.ask("PUT", "activities/state", b"x" * 1000, STATE).status == 204
        assert lrs.ask("PUT", "activities/state", b"x" * 1001, STATE).status == 413
        assert lrs.ask("GET", "activities/state", query=STATE).body == b"x" * 1000
        # One that promises more than it ever sends holds nobody else up.
        with socket.create_connection((LOOPBACK, lrs.port)) as slow:
            slow.sendall(b"POST /xapi/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{")
            assert lrs.ask("GET", "statements").status == 200
        assert lrs.ask("GET", "statements").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "statements?%ff=1",
        "statements?limit=%ff",
        "statements?" + "&".join(f"a{n}=" for n in range(200)),
        "statements/../x",
    ],
)
def test_addresses_of_any_kind_are_answered(lrs: RecordStore, path: str) -> None:
    answer = lrs.ask("GET", path)
    assert answer.status in {400, 404}
    assert answer.json["error"]


@given(st.text(max_size=60), st.binary(max_size=60))
def test_forms_of_any_kind_are_read_or_refused(query: str, body: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    status = 200
    try:
        assert read_query(query) is not None
        assert unwrapped(Asked("POST", "statements", {"method": "PUT"}, kind, body)).method == "PUT"
    except RefusalError as error:
        status = error.status
    assert status in {200, 400}


@settings(max_examples=50)
@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_json_of_any_kind_is_read_or_refused(data: bytes) -> None:
    again, why = data, ""
    try:
        again = written(parsed(data)).encode()
    except ValueError as error:
        why = str(error)
    assert why or written(parsed(again)).encode() == again


# Among the other rooms of the preview: a package is a stranger's program, with credentials of its own.


@pytest.fixture
def guarded_port() -> Iterator[int]:
    """The LRS behind the preview's guard, and its port."""
    hosts: set[str] = set()
    app = Starlette(routes=[Mount("/xapi", lrs_app(LrsStore(None), CREDENTIALS.get))])

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        await guarded(app, frozenset(hosts), packages=True)(scope, receive, send)

    with serving(asked) as served:
        hosts |= inspector_hosts(served.port)
        yield served.port


def test_a_page_that_is_stored_can_do_nothing_in_a_browser(guarded_port: int) -> None:
    lrs = RecordStore(guarded_port, LrsStore(None))
    page = {"Content-Type": "text/html"}
    origin = {"Origin": origin_of("0" * 32, guarded_port), "Sec-Fetch-Site": "cross-site"}
    assert lrs.ask("PUT", "activities/state", "<script>alert(1)</script>", STATE, page).status == 204
    # A form that a package sends makes a browser show the answer as a page of the inspector's origin.
    form = urlencode({**STATE, "Authorization": ONE, "X-Experience-API-Version": "1.0.3"})
    headers = {
        **origin,
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": None,
        "Sec-Fetch-Mode": "navigate",
    }
    answer = lrs.ask("POST", "activities/state", form, {"method": "GET"}, headers)
    assert answer.status == 200
    assert "sandbox" in answer.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_packages_reach_it_and_other_pages_do_not(guarded_port: int) -> None:
    lrs = RecordStore(guarded_port, LrsStore(None))
    package = {
        "Origin": origin_of("0" * 32, guarded_port),
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "cors",
    }
    assert lrs.ask("OPTIONS", "statements", headers={**package, "Authorization": None}).status == 204
    assert lrs.ask("POST", "statements", BASIC, headers=package).status == 200
    assert lrs.ask("POST", "statements", BASIC, headers={**package, "Authorization": None}).status == 401
    stranger = {**package, "Origin": "https://evil.example"}
    assert lrs.ask("OPTIONS", "statements", headers=stranger).status == 403
    assert lrs.ask("POST", "statements", BASIC, headers=stranger).status == 403
