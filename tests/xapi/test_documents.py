from __future__ import annotations

import uuid

import pytest

from kurspakke.lrs.documents import STATE, Place
from kurspakke.lrs.mentions import agent_key
from tests.recordstore import ACTIVITY, CMI5, KARI, TWO, RecordStore

AGENT = {"account": KARI["account"]}
PLACES = {
    "activities/state": {"activityId": ACTIVITY, "agent": AGENT, "stateId": "huskelapp æ/ø?"},
    "activities/profile": {"activityId": ACTIVITY, "profileId": "p"},
    "agents/profile": {"agent": AGENT, "profileId": "p"},
}
STATE_PLACE = PLACES["activities/state"]
ANYWHERE = pytest.mark.parametrize("resource", PLACES)
PROFILES = pytest.mark.parametrize("resource", ["activities/profile", "agents/profile"])


@ANYWHERE
def test_a_document_is_given_back_as_it_came(lrs: RecordStore, resource: str) -> None:
    data = bytes(range(256))
    headers = {"Content-Type": "image/x-æ".encode().decode("latin-1"), "If-None-Match": "*"}
    put = lrs.ask("PUT", resource, data, PLACES[resource], headers)
    got = lrs.ask("GET", resource, query=PLACES[resource])
    assert (put.status, got.status, got.body) == (204, 200, data)
    assert got.headers["content-type"] == headers["Content-Type"]
    assert got.headers["etag"] == put.headers["etag"]
    assert got.headers["last-modified"].endswith("GMT")
    assert lrs.ask("GET", resource, query=PLACES[resource], headers={"Authorization": TWO}).status == 404
    assert lrs.ask("DELETE", resource, query=PLACES[resource]).status == 204
    assert lrs.ask("GET", resource, query=PLACES[resource]).status == 404


@ANYWHERE
def test_a_version_is_changed_only_by_who_knows_it(lrs: RecordStore, resource: str) -> None:
    def put(body: str, **headers: str) -> int:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return lrs.ask("PUT", resource, body, PLACES[resource], given).status

    assert put("1", If_Match='"abc"') == 412
    assert put("1", If_Match="*") == 412
    assert put("1", If_None_Match="*") == 204
    assert put("2", If_None_Match="*") == 412
    first = lrs.ask("GET", resource, query=PLACES[resource]).headers["etag"]
    assert put("2", If_None_Match=f'"x", {first}') == 412
    assert put("2", If_Match=f'"x", {first}') == 204
    assert put("3", If_Match=first) == 412
    assert lrs.ask("POST", resource, {"a": 1}, PLACES[resource], {"If-Match": first}).status == 412
    assert lrs.ask("DELETE", resource, query=PLACES[resource], headers={"If-Match": first}).status == 412
    assert lrs.ask("GET", resource, query=PLACES[resource]).body == b"2"
    assert put("3", If_Match="*") == 204


@PROFILES
def test_a_profile_is_not_written_blindly(lrs: RecordStore, resource: str) -> None:
    assert lrs.ask("PUT", resource, "1", PLACES[resource]).status == 400
    assert lrs.ask("PUT", resource, "1", PLACES[resource], {"If-None-Match": "*"}).status == 204
    answer = lrs.ask("PUT", resource, "2", PLACES[resource])
    assert answer.status == 409
    assert "If-Match" in answer.json["error"]
    assert lrs.ask("GET", resource, query=PLACES[resource]).body == b"1"


@ANYWHERE
def test_objects_are_merged_and_nothing_else(lrs: RecordStore, resource: str) -> None:
    def post(body: object, kind: str = "application/json") -> int:
        return lrs.ask("POST", resource, body, PLACES[resource], {"Content-Type": kind}).status

    assert post({"a": {"x": 1}, "b": 1}) == 204
    assert post({"a": {"y": 2}, "c": "ø"}, "application/json; charset=utf-8") == 204
    merged = {"a": {"y": 2}, "b": 1, "c": "ø"}
    assert lrs.ask("GET", resource, query=PLACES[resource]).json == merged
    for body, kind in (("[1]", "application/json"), ("{", "application/json"), ("{}", "text/plain")):
        assert post(body, kind) == 400
    assert lrs.ask("GET", resource, query=PLACES[resource]).json == merged
    other = {**PLACES[resource], ("stateId" if "stateId" in PLACES[resource] else "profileId"): "tekst"}
    assert lrs.ask("POST", resource, "hei", other, {"Content-Type": "text/plain"}).status == 204
    assert lrs.ask("POST", resource, {"a": 1}, other).status == 400


@ANYWHERE
def test_ids_are_listed_of_what_came_since(lrs: RecordStore, resource: str) -> None:
    *_, parameter = PLACES[resource]
    whose = {name: value for name, value in PLACES[resource].items() if name != parameter}
    assert lrs.ask("GET", resource, query=whose).json == []
    for name in ("b", "a"):
        assert lrs.ask("POST", resource, {"x": name}, {**whose, parameter: name}).status == 204
    assert lrs.ask("GET", resource, query=whose).json == ["a", "b"]
    assert lrs.ask("GET", resource, query={**whose, "since": "2020-01-01T00:00:00Z"}).json == ["a", "b"]
    assert lrs.ask("GET", resource, query={**whose, "since": "2100-01-01T00:00:00Z"}).json == []
    assert lrs.ask("GET", resource, query={**whose, "since": "da"}).status == 400


@ANYWHERE
def test_parameters_that_are_missing_or_unknown_are_refused(lrs: RecordStore, resource: str) -> None:
    place = PLACES[resource]
    for method in ("GET", "PUT", "POST", "DELETE"):
        body = None if method in {"GET", "DELETE"} else {}
        for name in place:
            without = {each: value for each, value in place.items() if each != name}
            listed = name == "stateId" or (name == "profileId" and method == "GET")
            status = lrs.ask(method, resource, body, without).status
            assert status in ({200, 204} if listed and body is None else {400}), (method, name)
        for wrong in ({"x": "y"}, {"registration": "no uuid"}, {"activityId": "x"}, {"agent": "x"}):
            assert lrs.ask(method, resource, body, {**place, **wrong}).status == 400
    assert lrs.ask("PATCH", resource, {}, place).status == 405


def test_states_belong_to_their_registration(lrs: RecordStore) -> None:
    one, other = str(uuid.uuid4()), str(uuid.uuid4())
    whose = {"activityId": ACTIVITY, "agent": AGENT}
    for registration in (one, other, None):
        query = {**STATE_PLACE, **({"registration": registration} if registration else {})}
        assert lrs.ask("PUT", "activities/state", f"{registration}", query).status == 204
    upper = {**STATE_PLACE, "registration": one.upper()}
    assert lrs.ask("GET", "activities/state", query=upper).body == one.encode()
    assert lrs.ask("GET", "activities/state", query=STATE_PLACE).body == b"None"
    assert lrs.ask("DELETE", "activities/state", query={**whose, "registration": one}).status == 204
    assert lrs.ask("GET", "activities/state", query=upper).status == 404
    assert lrs.ask("GET", "activities/state", query={**whose, "registration": other}).json == [
        STATE_PLACE["stateId"]
    ]
    assert lrs.ask("DELETE", "activities/state", query=whose).status == 204
    assert lrs.ask("GET", "activities/state", query={**STATE_PLACE, "registration": other}).status == 404


def test_what_the_lms_lays_down_is_read_and_not_changed(lrs: RecordStore) -> None:
    place = Place(STATE, ACTIVITY, agent_key(AGENT), "", "LMS.LaunchData")
    lrs.store.put_document("one", place, b'{"launchMode":"Normal"}', "application/json")
    query = {**STATE_PLACE, "stateId": "LMS.LaunchData"}
    course = {"Authorization": CMI5}
    assert lrs.ask("GET", "activities/state", query=query, headers=course).json == {"launchMode": "Normal"}
    assert lrs.ask("PUT", "activities/state", "{}", query, course).status == 403
    assert lrs.ask("POST", "activities/state", {}, query, course).status == 403
    assert lrs.ask("DELETE", "activities/state", query=query, headers=course).status == 403
    everything = {"activityId": ACTIVITY, "agent": AGENT}
    assert lrs.ask("DELETE", "activities/state", query=everything, headers=course).status == 403
    assert lrs.ask("PUT", "activities/state", "x", STATE_PLACE, course).status == 204
    found = lrs.store.document("one", place)
    assert found is not None
    assert found.content == b'{"launchMode":"Normal"}'
