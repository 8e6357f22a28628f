from __future__ import annotations

import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kurspakke.lrs.exchange import Exchange
from kurspakke.lrs.search import Query
from kurspakke.lrs.store import LrsStore
from kurspakke.xapi.instants import instant
from tests.recordstore import ACTIVITY, BASIC, KARI, ONE, TWO, VERB, RecordStore, record_store

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
OLA = {"mbox": "mailto:ola@kommune.example"}
ABSENT = str(uuid.uuid4())


def name() -> str:
    return str(uuid.uuid4())


def reference(target: str) -> dict[str, str]:
    return {"objectType": "StatementRef", "id": target}


def test_what_is_put_is_found_with_what_the_store_adds(lrs: RecordStore) -> None:
    one = name()
    assert lrs.ask("PUT", "statements", BASIC, {"statementId": one}).status == 204
    kept = lrs.ask("GET", "statements", query={"statementId": one}).json
    assert {part: kept.pop(part) for part in BASIC} == BASIC
    assert kept.pop("id") == one
    assert kept.pop("version") == "1.0.0"
    assert kept.pop("authority")["account"]["name"] == "one"
    assert kept.pop("timestamp") == kept["stored"]
    assert instant(kept.pop("stored"))
    assert not kept


def test_who_vouches_is_told_by_the_credentials_alone(lrs: RecordStore) -> None:
    lrs.keep({**BASIC, "authority": KARI, "stored": "2001-01-01T00:00:00Z"})
    (kept,) = lrs.store.statements("one")
    assert kept["authority"]["account"]["name"] == "one"
    assert kept["stored"] > "2026"


def test_sent_again_it_is_the_same_and_never_another(lrs: RecordStore) -> None:
    one = name()
    given = {**BASIC, "id": one, "context": {"contextActivities": {"parent": {"id": "https://kurs.example"}}}}
    lrs.keep(given)
    again = {
        **given,
        "verb": {"id": VERB, "display": {"nb": "så"}},
        "object": {"id": ACTIVITY, "definition": {}},
    }
    assert lrs.ask("PUT", "statements", again, {"statementId": one.upper()}).status == 204
    assert lrs.keep(again) == one
    other = {**given, "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}
    assert lrs.ask("PUT", "statements", other, {"statementId": one}).status == 409
    assert lrs.ask("POST", "statements", other).status == 409
    assert [each["verb"]["id"] for each in lrs.store.statements("one")] == [VERB]


def test_an_id_is_the_same_in_upper_case_and_given_back_as_it_was(lrs: RecordStore) -> None:
    upper = name().upper()
    assert lrs.keep({**BASIC, "id": upper}) == upper
    assert lrs.ask("PUT", "statements", BASIC, {"statementId": upper.lower()}).status == 204
    assert lrs.ids() == [upper]
    assert lrs.ask("GET", "statements", query={"statementId": upper.lower()}).json["id"] == upper
    assert (
        lrs.ask("POST", "statements", [{**BASIC, "id": upper}, {**BASIC, "id": upper.lower()}]).status == 400
    )


def test_a_batch_is_kept_whole_or_not_at_all(lrs: RecordStore) -> None:
    first, second = name(), name()
    lrs.keep({**BASIC, "id": second})
    conflicting = {**BASIC, "id": second, "actor": OLA}
    assert lrs.ask("POST", "statements", [{**BASIC, "id": first}, conflicting]).status == 409
    answer = lrs.ask("POST", "statements", [{**BASIC, "id": first}, {**BASIC, "verb": {"id": "sett"}}])
    assert answer.status == 400
    assert answer.json["problems"] == [
        {
            "where": "[1].verb.id",
            "text": 'is "sett", not an IRI with a scheme such as https:',
            "clause": "xAPI 1.0.3, part two, 2.2",
        }
    ]
    assert lrs.ask("POST", "statements", [{**BASIC, "id": first}] * 2).status == 400
    assert lrs.ids() == [second]
    assert lrs.ask("POST", "statements", [{**BASIC, "id": first}, BASIC]).json[0] == first
    assert len(lrs.ids()) == 3
    assert lrs.ask("POST", "statements", []).json == []


@pytest.mark.parametrize("voiding_first", [False, True])
def test_a_statement_that_is_taken_back_is_no_longer_found(lrs: RecordStore, *, voiding_first: bool) -> None:
    one, other = name(), name()
    both = [{**BASIC, "id": one}, {**BASIC, "id": other, "verb": VOIDED, "object": reference(one)}]
    for each in reversed(both) if voiding_first else both:
        lrs.keep(each)
    assert lrs.ask("GET", "statements", query={"statementId": one}).status == 404
    assert lrs.ask("GET", "statements", query={"voidedStatementId": one}).json["id"] == one
    assert lrs.ids() == [other]
    # What takes back can't be taken back.
    lrs.keep({**BASIC, "verb": VOIDED, "object": reference(other)})
    assert lrs.ask("GET", "statements", query={"statementId": other}).status == 200
    assert lrs.ask("GET", "statements", query={"voidedStatementId": other}).status == 404


def test_a_statement_about_another_is_found_where_that_one_is(lrs: RecordStore) -> None:
    one = lrs.keep(BASIC)
    about = lrs.keep({"actor": OLA, "verb": {"id": "urn:x:liked"}, "object": reference(one.upper())})
    about_that = lrs.keep({"actor": OLA, "verb": {"id": "urn:x:saw"}, "object": reference(about)})
    lrs.keep({"actor": OLA, "verb": {"id": "urn:x:liked"}, "object": {"id": "urn:x:else"}})
    assert lrs.ids(activity=ACTIVITY) == [about_that, about, one]
    assert lrs.ids(activity=ACTIVITY, limit=1) == [about_that, about, one]
    assert lrs.ids(agent=KARI, ascending=True) == [one, about, about_that]


def test_agents_and_activities_are_found_wherever_they_are_named(lrs: RecordStore) -> None:
    team = {"objectType": "Group", "name": "IT", "member": [OLA]}
    sub = {"objectType": "SubStatement", "actor": OLA, "verb": {"id": VERB}, "object": {"id": "urn:x:sub"}}
    context = {"contextActivities": {"grouping": [{"id": "urn:x:course"}]}, "instructor": OLA}
    acting = lrs.keep({**BASIC, "actor": team})
    acted_on = lrs.keep({**BASIC, "object": {"objectType": "Agent", **OLA}})
    taught = lrs.keep({**BASIC, "context": context})
    planned = lrs.keep({**BASIC, "object": sub})
    assert lrs.ids(agent=OLA) == [acted_on, acting]
    assert lrs.ids(agent=OLA, related_agents=True) == [planned, taught, acted_on, acting]
    assert lrs.ids(activity="urn:x:course") == lrs.ids(activity="urn:x:sub") == []
    assert lrs.ids(activity="urn:x:course", related_activities=True) == [taught]
    assert lrs.ids(activity="urn:x:sub", related_activities=True) == [planned]
    authority = {"account": {"homePage": "https://lms.example", "name": "one"}}
    assert lrs.ids(agent=authority) == []
    assert len(lrs.ids(agent=authority, related_agents=True)) == 4


def test_registrations_and_verbs_are_filters(lrs: RecordStore) -> None:
    registration = name()
    one = lrs.keep({**BASIC, "context": {"registration": registration.upper()}})
    lrs.keep({**BASIC, "context": {"registration": name()}})
    assert lrs.ids(registration=registration) == [one]
    assert lrs.ids(registration=registration, verb="urn:x:other") == []
    assert len(lrs.ids(verb=VERB)) == 2


def test_time_asks_for_what_was_stored_after_or_until_then(lrs: RecordStore) -> None:
    names = [lrs.keep(BASIC) for _ in range(5)]
    moments = [each["stored"] for each in reversed(lrs.store.statements("one"))]
    assert moments == sorted(set(moments))
    assert lrs.ids(since=moments[1], ascending=True) == names[2:]
    assert lrs.ids(until=moments[1], ascending=True) == names[:2]
    assert lrs.ids(since=moments[0], until=moments[3], ascending=True) == names[1:4]


def test_pages_go_on_where_they_ended_though_more_comes(lrs: RecordStore) -> None:
    names = [lrs.keep(BASIC) for _ in range(7)]
    first = lrs.ask("GET", "statements", query={"limit": 3, "format": "ids", "verb": VERB}).json
    assert first["more"].startswith("/xapi/statements?more=")
    lrs.keep(BASIC)
    second = lrs.ask("GET", first["more"].removeprefix("/xapi/")).json
    assert [each["id"] for page in (first, second) for each in page["statements"]] == names[:0:-1]
    assert second["statements"][0]["object"] == {"id": ACTIVITY}
    stolen = lrs.ask("GET", first["more"].removeprefix("/xapi/"), headers={"Authorization": TWO}).json
    assert stolen["statements"] == []
    assert lrs.ask("GET", "statements", query={"more": "xæ"}).status == 400
    assert lrs.ask("GET", "statements", query={"more": "AAAA", "limit": 1}).status == 400


def test_formats_and_languages(lrs: RecordStore) -> None:
    definition = {
        "name": {"en": "Bread", "nb": "Brød"},
        "interactionType": "likert",
        "scale": [{"id": "1", "description": {"en": "no", "nb-NO": "nei"}}],
    }
    one = lrs.keep(
        {
            **BASIC,
            "actor": {"objectType": "Group", "name": "IT", "member": [{**KARI, "name": "K"}]},
            "verb": {"id": VERB, "display": {"en": "saw", "nb": "så"}},
            "object": {"id": ACTIVITY, "definition": definition},
        }
    )
    lrs.keep({**BASIC, "object": {"id": ACTIVITY, "definition": {"name": {"nn": "Brød (nn)"}}}})

    def given(form: str, languages: str = "") -> dict[str, object]:
        query = {"statementId": one, "format": form}
        answer = lrs.ask("GET", "statements", query=query, headers={"Accept-Language": languages})
        assert answer.status == 200
        return {part: answer.json[part] for part in BASIC}

    assert given("exact")["object"] == {"id": ACTIVITY, "definition": definition}
    assert given("ids") == {
        "actor": {"objectType": "Group", "member": [{"account": KARI["account"]}]},
        "verb": {"id": VERB},
        "object": {"id": ACTIVITY},
    }
    norwegian = given("canonical", "de, nb-NO;q=0.8, en;q=0.5")
    assert norwegian["verb"] == {"id": VERB, "display": {"nb": "så"}}
    assert norwegian["object"] == {
        "id": ACTIVITY,
        "definition": {
            **definition,
            "name": {"nb": "Brød"},
            "scale": [{"id": "1", "description": {"nb-NO": "nei"}}],
        },
    }
    assert given("canonical", "nn")["object"]["definition"]["name"] == {"nn": "Brød (nn)"}  # type: ignore[index]
    assert given("canonical", "*;q=x")["verb"] == {"id": VERB, "display": {"en": "saw"}}
    assert lrs.ask("GET", "statements", query={"format": "Exact"}).status == 400


@pytest.mark.parametrize(
    "query",
    [
        {"Verb": VERB},
        {"verb": "sett"},
        {"agent": "kari"},
        {"agent": {"name": "Kari"}},
        {"agent": {"objectType": "Group", "member": [KARI]}},
        {"activity": "x"},
        {"registration": "1"},
        {"limit": "-1"},
        {"limit": "¹"},
        {"since": "i går"},
        {"ascending": "True"},
        {"attachments": "1"},
        {"statementId": "1"},
        {"statementId": ABSENT, "verb": VERB},
        {"statementId": ABSENT, "voidedStatementId": ABSENT},
        {"foo": "bar"},
    ],
)
def test_questions_that_are_not_understood_are_refused(lrs: RecordStore, query: dict[str, object]) -> None:
    answer = lrs.ask("GET", "statements", query=query)
    assert answer.status == 400
    assert answer.json["error"]
    assert instant(answer.headers["x-experience-api-consistent-through"])


@pytest.mark.parametrize(
    ("method", "query", "body", "status"),
    [
        ("PUT", {}, BASIC, 400),
        ("PUT", {"statementId": "x"}, BASIC, 400),
        ("PUT", {"statementId": ABSENT}, {**BASIC, "id": name()}, 400),
        ("PUT", {"statementId": ABSENT}, [BASIC], 400),
        ("POST", {"statementId": ABSENT}, BASIC, 400),
        ("POST", {}, "BASIC", 400),
        ("POST", {}, b"", 400),
        ("POST", {}, b'{"actor": {}, "actor": {}}', 400),
        ("DELETE", {"statementId": ABSENT}, None, 405),
    ],
)
def test_what_is_not_a_statement_is_refused(
    lrs: RecordStore, method: str, query: dict[str, object], body: object, status: int
) -> None:
    assert lrs.ask(method, "statements", body, query).status == status
    assert lrs.ids() == []


def test_only_the_two_media_types_are_taken(lrs: RecordStore) -> None:
    for kind, status in (("text/plain", 400), (None, 400), ("application/json; charset=UTF-8", 200)):
        assert lrs.ask("POST", "statements", BASIC, headers={"Content-Type": kind}).status == status


def test_the_version_of_xapi_is_asked_for(lrs: RecordStore) -> None:
    for version, status in (
        ("1.0", 200),
        ("1.0.0", 200),
        ("1.0.9", 200),
        ("2.0.0", 200),
        ("0.95", 400),
        ("1.1.0", 400),
        (None, 400),
    ):
        answer = lrs.ask("GET", "statements", headers={"X-Experience-API-Version": version})
        assert (version, answer.status) == (version, status)
        assert answer.headers["x-experience-api-version"] == "1.0.3"


def test_without_credentials_there_is_nothing_but_about(lrs: RecordStore) -> None:
    for header in (None, "", "Basic eDp5", ONE.lower()):
        assert lrs.ask("GET", "statements", headers={"Authorization": header}).status == 401
    answer = lrs.ask("GET", "about", headers={"Authorization": None, "X-Experience-API-Version": None})
    assert answer.json == {"version": ["1.0.3", "1.0.2", "1.0.1", "1.0.0"]}
    assert lrs.ask("GET", "about", query={"x": 1}).status == 400
    assert lrs.ask("PUT", "about", {}).status == 405
    assert lrs.ask("GET", "reports").status == 404


def test_a_space_knows_nothing_of_another(lrs: RecordStore) -> None:
    one = lrs.keep({**BASIC, "object": {"id": ACTIVITY, "definition": {"name": {"nb": "Hemmelig"}}}})
    two = {"Authorization": TWO}
    assert lrs.ask("GET", "statements", headers=two).json["statements"] == []
    assert lrs.ask("GET", "statements", query={"statementId": one}, headers=two).status == 404
    assert (
        lrs.ask("GET", "agents", query={"agent": {"account": KARI["account"]}}, headers=two).json.get("name")
        is None
    )
    assert "definition" not in lrs.ask("GET", "activities", query={"activityId": ACTIVITY}, headers=two).json
    # The same id is another statement there, and taking it back takes back only that.
    lrs.keep({**BASIC, "actor": OLA, "id": one}, Authorization=TWO)
    lrs.keep({**BASIC, "verb": VOIDED, "object": reference(one)}, Authorization=TWO)
    assert lrs.ids() == [one]
    lrs.store.forget("two")
    assert (len(lrs.store.statements("one")), lrs.store.statements("two")) == (1, [])


def test_agents_and_activities_are_told_of(lrs: RecordStore) -> None:
    lrs.keep({**BASIC, "object": {"id": ACTIVITY, "definition": {"name": {"nb": "Å"}, "type": "urn:x:a"}}})
    lrs.keep(
        {
            **BASIC,
            "actor": {**KARI, "name": "K. N."},
            "object": {"id": ACTIVITY, "definition": {"name": {"en": "A"}}},
        }
    )
    assert lrs.ask("GET", "agents", query={"agent": {"account": KARI["account"]}}).json == {
        "objectType": "Person",
        "name": ["K. N.", "Kari Nordmann"],
        "account": [KARI["account"]],
    }
    assert lrs.ask("GET", "activities", query={"activityId": ACTIVITY}).json == {
        "objectType": "Activity",
        "id": ACTIVITY,
        "definition": {"name": {"nb": "Å", "en": "A"}, "type": "urn:x:a"},
    }
    assert lrs.ask("GET", "activities", query={"activityId": "urn:x:y"}).json == {
        "objectType": "Activity",
        "id": "urn:x:y",
    }
    assert lrs.ask("GET", "activities").status == lrs.ask("GET", "agents").status == 400


def test_head_is_get_without_the_body(lrs: RecordStore) -> None:
    lrs.keep(BASIC)
    got, head = (lrs.ask(method, "statements") for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.body))
    assert head.headers["last-modified"] == got.headers["last-modified"]


def test_a_form_stands_for_a_request(lrs: RecordStore) -> None:
    one = name()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    alone = {**kind, "Authorization": None, "X-Experience-API-Version": None}
    inside = {"Authorization": ONE, "X-Experience-API-Version": "1.0.3"}
    text = '{"actor":{"mbox":"mailto:ø@b.no"},"verb":{"id":"urn:x:y"},"object":{"id":"urn:x:æøå"}}'
    form = urlencode({**inside, "statementId": one, "content": text})
    assert lrs.ask("POST", "statements", form, {"method": "PUT"}, alone).status == 204
    form = urlencode({**inside, "statementId": one})
    found = lrs.ask("POST", "statements", form, {"method": "GET"}, alone)
    assert found.json["object"]["id"] == "urn:x:æøå"
    state = urlencode({"activityId": ACTIVITY, "agent": '{"mbox":"mailto:a@b.no"}', "stateId": "s"})
    more = urlencode({"content": "tekst", "Content-Type": "text/plain", "If-None-Match": "*"})
    for status in (204, 412):
        assert (
            lrs.ask("POST", "activities/state", f"{state}&{more}", {"method": "PUT"}, kind).status == status
        )
    assert (
        lrs.ask("POST", "activities/state", state, {"method": "GET"}, kind).headers["content-type"]
        == "text/plain"
    )
    assert lrs.ask("POST", "activities/state", state, {"method": "DELETE"}, kind).status == 204
    for body, query, headers in (
        (form, {"method": "PATCH"}, kind),
        (form, {"method": "GET", "statementId": one}, kind),
        (form, {"method": "PUT"}, kind),
        (form.encode() + "&æ=1".encode(), {"method": "GET"}, kind),
        (f"{form}&statementId={one}", {"method": "GET"}, kind),
        ("{}", {"method": "PUT"}, {}),
    ):
        assert lrs.ask("POST", "statements", body, query, headers).status == 400, (body, query)


def test_pages_of_other_origins_may_ask(lrs: RecordStore) -> None:
    before = lrs.ask(
        "OPTIONS", "statements", headers={"Authorization": None, "Origin": "http://x.localhost:1"}
    )
    assert before.status == 204
    assert "PUT" in before.headers["access-control-allow-methods"]
    for header in ("Authorization", "X-Experience-API-Version", "If-Match", "If-None-Match", "Content-Type"):
        assert header in before.headers["access-control-allow-headers"]
    refused = lrs.ask("GET", "statements", headers={"Authorization": None, "Origin": "http://x.localhost:1"})
    for answer in (before, refused):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "ETag" in answer.headers["access-control-expose-headers"]


def test_whoever_looks_on_hears_of_each_request() -> None:
    heard: list[Exchange] = []
    with record_store(LrsStore(None), on_exchange=heard.append) as lrs:
        lrs.keep(BASIC)
        lrs.ask("POST", "statements", {**BASIC, "verb": {}})
        lrs.ask("POST", "statements", "{")
        lrs.ask("GET", "statements", query={"limit": 1}, headers={"Authorization": None})
    kept, invalid, broken, stranger = heard
    assert kept.statements() == [BASIC]
    assert (kept.error, kept.problems, kept.reply.status) == ("", (), 200)
    assert kept.grant is not None
    assert kept.grant.space == "one"
    assert kept.ms > 0
    assert invalid.statements() == [{**BASIC, "verb": {}}]
    assert [each.path for each in invalid.problems] == ["verb.id"]
    assert (broken.statements(), broken.reply.status) == ([], 400)
    assert "line 1" in broken.error
    assert (stranger.grant, stranger.query, stranger.reply.status) == (None, {"limit": "1"}, 401)


def test_a_store_in_a_file_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "lrs.sqlite"
    first = LrsStore(path)
    (one,) = first.record("space", KARI, [BASIC])
    first.close()
    second = LrsStore(path)
    assert [each["id"] for each in second.statements("space", Query(verb=VERB))] == [one]
    assert second.statements("space", Query(verb="urn:x:none")) == []
    second.close()


def test_an_attempt_is_forgotten_and_the_others_are_not(lrs: RecordStore) -> None:
    first, second = name(), name()
    state = {"activityId": ACTIVITY, "agent": OLA, "stateId": "s"}
    for registration in (first, second):
        assert lrs.ask("PUT", "activities/state", "x", {**state, "registration": registration}).status == 204
    kept = lrs.keep({**BASIC, "context": {"registration": first}})
    lrs.keep({**BASIC, "verb": VOIDED, "object": reference(kept), "context": {"registration": second}})
    assert kept not in lrs.ids()
    lrs.store.forget("one", second.upper())
    assert lrs.ids() == lrs.ids(agent=KARI) == [kept]
    assert lrs.ask("GET", "activities/state", query={**state, "registration": first}).status == 200
    assert lrs.ask("GET", "activities/state", query={**state, "registration": second}).status == 404


def test_a_store_that_fails_says_so() -> None:
    store = LrsStore(None)
    with record_store(store) as lrs:
        store.close()
        answer = lrs.ask("GET", "statements")
    assert answer.status == 500
    assert "file" in answer.json["error"]
    assert answer.headers["access-control-allow-origin"] == "*"
