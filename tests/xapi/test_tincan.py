"""Another library's client, with the faults that it has: they are its own, and the store bears with them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import tincan
from tincan.documents import StateDocument

from kurspakke.lrs.exchange import Exchange
from kurspakke.lrs.store import LrsStore
from tests.recordstore import ONE, record_store

AGENT = tincan.Agent(mbox="mailto:kari@kommune.example", name="Kari Ødegård")
VERB = tincan.Verb(id="http://adlnet.gov/expapi/verbs/passed", display=tincan.LanguageMap(nb="besto"))
THING = tincan.Activity(id="https://kurs.example/1", definition=tincan.ActivityDefinition(name={"nb": "Én"}))


@pytest.fixture
def heard() -> list[Exchange]:
    return []


@pytest.fixture
def client(heard: list[Exchange]) -> Iterator[tincan.RemoteLRS]:
    store = LrsStore(None)
    with record_store(store, on_exchange=heard.append) as served:
        yield tincan.RemoteLRS(endpoint=f"http://127.0.0.1:{served.port}/xapi/", auth=ONE, version="1.0.3")
    store.close()


def statement(**more: object) -> tincan.Statement:
    return tincan.Statement(actor=AGENT, verb=VERB, object=THING, **more)


def test_it_asks_about_the_store(client: tincan.RemoteLRS) -> None:
    answer = client.about()
    assert answer.success
    assert "1.0.3" in answer.content.version


def test_statements_are_saved_and_found(client: tincan.RemoteLRS) -> None:
    saved = client.save_statement(
        statement(result=tincan.Result(score=tincan.Score(scaled=0.75), duration="PT2M"))
    )
    assert saved.success
    one = str(saved.content.id)
    found = client.retrieve_statement(one)
    assert found.success
    assert found.content.actor.name == "Kari Ødegård"
    assert found.content.result.score.scaled == 0.75
    assert found.content.authority.account.name == "one"
    several = client.save_statements([statement(), statement(id=str(uuid.uuid4()))])
    assert several.success
    assert len({str(each.id) for each in several.content}) == 2


def test_pages_are_followed(client: tincan.RemoteLRS) -> None:
    for _ in range(5):
        assert client.save_statement(statement()).success
    answer = client.query_statements({"agent": AGENT, "verb": VERB, "limit": 2})
    sizes = []
    while True:
        assert answer.success
        sizes.append(len(answer.content.statements))
        if not answer.content.more:
            break
        answer = client.more_statements(answer.content)
    assert sizes == [2, 2, 1]


def test_it_takes_back_what_it_said(client: tincan.RemoteLRS) -> None:
    one = str(client.save_statement(statement()).content.id)
    reference = tincan.StatementRef(id=one)
    voiding = tincan.Statement(
        actor=AGENT, verb=tincan.Verb(id="http://adlnet.gov/expapi/verbs/voided"), object=reference
    )
    assert client.save_statement(voiding).success
    assert client.retrieve_statement(one).response.status == 404
    assert client.retrieve_voided_statement(one).success


def test_it_sends_each_state_twice_and_without_its_registration(
    client: tincan.RemoteLRS, heard: list[Exchange]
) -> None:
    registration = str(uuid.uuid4())
    state = StateDocument(
        activity=tincan.Activity(id="https://kurs.example/1"),
        agent=AGENT,
        id="suspend",
        content="side 3",
        content_type="text/plain",
        registration=registration,
    )
    assert client.save_state(state).success
    assert [(each.asked.method, each.reply.status) for each in heard] == [("PUT", 204)] * 2
    assert all("registration" not in each.query for each in heard)
    found = client.retrieve_state(tincan.Activity(id="https://kurs.example/1"), AGENT, "suspend")
    assert found.success
    assert found.content.content.decode("utf-8") == "side 3"
    assert client.delete_state(state).success


def test_its_words_for_true_are_refused(client: tincan.RemoteLRS, heard: list[Exchange]) -> None:
    assert not client.query_statements({"activity": tincan.Activity(id="urn:x:y"), "ascending": True}).success
    assert heard[-1].error == "ascending is 'True', not true or false"


def test_a_strangers_credentials_open_nothing(client: tincan.RemoteLRS) -> None:
    client.auth = "Basic eDp5"
    assert client.save_statement(statement()).response.status == 401
    assert (
        client.retrieve_state(tincan.Activity(id="https://kurs.example/1"), AGENT, "s").response.status == 401
    )
