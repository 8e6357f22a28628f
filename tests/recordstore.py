"""The preview's LRS at a port, and a client that sends just what it is told to."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.routing import Mount

from kurspakke.lrs.app import MOST_BYTES, lrs_app
from kurspakke.lrs.exchange import Exchange
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.store import LrsStore
from tests.previewing import serving

KARI = {"account": {"homePage": "https://kommune.example", "name": "kari"}, "name": "Kari Nordmann"}
ACTIVITY = "https://kurs.example/modul/æøå"
VERB = "http://adlnet.gov/expapi/verbs/experienced"
BASIC = {"actor": KARI, "verb": {"id": VERB}, "object": {"id": ACTIVITY}}
CREDENTIALS = {
    "Basic b25lOm9uZQ==": Grant("one", {"account": {"homePage": "https://lms.example", "name": "one"}}),
    "Basic dHdvOnR3bw==": Grant("two", {"account": {"homePage": "https://lms.example", "name": "two"}}),
    "Basic Y21pNTpjbWk1": Grant("one", KARI, "cmi5", frozenset({"LMS.LaunchData"})),
}
ONE, TWO, CMI5 = CREDENTIALS


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class RecordStore:
    port: int
    store: LrsStore

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """What the store answers. A body that is neither bytes nor text goes as JSON; a header of None is left out."""
        data = body if isinstance(body, bytes | str) else json.dumps(body, ensure_ascii=False)
        data = data.encode() if isinstance(data, str) else data
        given = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in (query or {}).items()
        }
        sent = {
            "Authorization": ONE,
            "X-Experience-API-Version": "1.0.3",
            **({} if body is None else {"Content-Type": "application/json"}),
            **(headers or {}),
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                method,
                f"/xapi/{path}{'?' + urlencode(given) if given else ''}",
                None if body is None else data,
                {name: value for name, value in sent.items() if value is not None},
            )
            response = connection.getresponse()
            read = response.read()
            return Answer(
                response.status, {name.lower(): value for name, value in response.getheaders()}, read
            )
        finally:
            connection.close()

    def keep(self, statement: object, **headers: str) -> str:
        """Post a valid statement; its id."""
        answer = self.ask("POST", "statements", statement, headers=headers)
        assert answer.status == 200, answer.body
        return str(answer.json[0])

    def ids(self, **query: object) -> list[str]:
        """The ids of the statements that are found, over all pages."""
        answer = self.ask("GET", "statements", query=query)
        assert answer.status == 200, answer.body
        found = [each["id"] for each in answer.json["statements"]]
        while more := answer.json["more"]:
            answer = self.ask("GET", more.removeprefix("/xapi/"))
            found += [each["id"] for each in answer.json["statements"]]
        return found


@contextmanager
def record_store(
    store: LrsStore,
    *,
    on_exchange: Callable[[Exchange], None] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Iterator[RecordStore]:
    """The LRS over `store` at /xapi of a free port, as long as this lasts."""
    app = lrs_app(store, CREDENTIALS.get, on_exchange, most_bytes=most_bytes)
    with serving(Starlette(routes=[Mount("/xapi", app)])) as served:
        yield RecordStore(served.port, store)
