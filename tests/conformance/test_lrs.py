"""The LRS of the tests refuses what xAPI 1.0.3 forbids, so that a package that passes has really kept to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

import pytest

from tests.conformance.launchers import KARI
from tests.lrs import Lrs
from tests.webhost import WebHost

STATEMENT = {
    "id": "2af01743-8d97-423e-988a-25c69fa4ea66",
    "actor": KARI,
    "verb": {"id": "http://adlnet.gov/expapi/verbs/initialized"},
    "object": {"id": "https://example.org/kurs"},
}
GOOD = {"Authorization": "Basic x", "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
PUT = f"/xapi/statements?statementId={STATEMENT['id']}"
STATE = (
    f"/xapi/activities/state?activityId=https://example.org/kurs&agent={quote(json.dumps(KARI))}&stateId=s"
)


@pytest.fixture
def host() -> WebHost:
    """A host with an LRS, asked without the network."""
    host = WebHost()
    Lrs(host).credentials.add("Basic x")
    host.close()
    return host


def status(
    host: WebHost, method: str, address: str, body: object = None, headers: Mapping[str, str] = GOOD
) -> int:
    return host.answer(
        method, address, headers, json.dumps(body).encode() if body is not None else b""
    ).status


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_a_statement_is_kept_once(host: WebHost) -> None:
    assert status(host, "PUT", PUT, STATEMENT) == 204
    assert status(host, "PUT", PUT, STATEMENT) == 204
    assert status(host, "GET", PUT) == 200
    assert status(host, "PUT", PUT, {**STATEMENT, "object": {"id": "https://example.org/andre"}}) == 409


@pytest.mark.parametrize(
    ("expected", "address", "body", "headers"),
    [
        (401, PUT, STATEMENT, without("Authorization")),
        (400, PUT, STATEMENT, without("X-Experience-API-Version")),
        (400, PUT, STATEMENT, without("Content-Type")),
        (400, f"{PUT}&fornavn=kari", STATEMENT, GOOD),
        (400, PUT, {**STATEMENT, "id": "11111111-1111-4111-8111-111111111111"}, GOOD),
        (400, "/xapi/statements?statementId=1", {**STATEMENT, "id": "1"}, GOOD),
        (400, PUT, {"id": STATEMENT["id"], "actor": KARI}, GOOD),
        (400, STATE.replace("&stateId=s", ""), {}, GOOD),
        (412, STATE, {}, {**GOOD, "If-Match": '"another"'}),
        (404, "/xapi/noe", {}, GOOD),
    ],
)
def test_bad_requests_are_refused(
    host: WebHost, expected: int, address: str, body: object, headers: Mapping[str, str]
) -> None:
    assert status(host, "PUT", address, body, headers) == expected


def test_a_document_is_found_by_learner_activity_and_registration(host: WebHost) -> None:
    assert status(host, "PUT", STATE, {"side": 2}) == 204
    assert status(host, "GET", STATE) == 200
    assert status(host, "GET", f"{STATE}&registration=2af01743-8d97-423e-988a-25c69fa4ea66") == 404
