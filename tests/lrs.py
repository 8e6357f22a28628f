"""A small learning record store for tests (xAPI 1.0.3, parts 3 and 4): strict about requests, open about what it holds.

It answers from another port than the content, as in the real world, and so grants cross-origin requests. It checks
requests, not the meaning of statements: the tests do that with what it has recorded.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from tests.waiting import until_quiet
from tests.webhost import Answer, Request, WebHost

Document = dict[str, Any]
_STATEMENT_QUERY = {
    *("statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "related_activities"),
    *("related_agents", "since", "until", "limit", "format", "attachments", "ascending"),
}
_STATE_QUERY = {"activityId", "agent", "registration", "stateId", "since"}
_PROFILE_QUERY = {"activityId", "agent", "profileId", "since"}
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version",
    "Access-Control-Allow-Methods": "GET, PUT, POST, DELETE, OPTIONS, HEAD",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, X-Experience-API-Version",
    "Access-Control-Max-Age": "600",
}


class RefusedError(Exception):
    """A request that xAPI does not allow."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def always(request: Request) -> bool:
    """Every request."""
    return bool(request)


@dataclass
class Faults:
    """What the store does wrong, from now on and until it is told otherwise.

    `status`: the answer instead of its own, to the requests in `only`; `headers` go with it. `slow`: seconds before each
    answer. `down`: nobody answers at all. `deaf`: it takes what it gets, and hangs up before it has answered.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    only: Callable[[Request], bool] = always
    slow: float = 0.0
    down: bool = False
    deaf: bool = False

    def refusal(self, request: Request) -> Answer | None:
        """The answer that stands instead of the store's own."""
        if self.down:
            raise ConnectionAbortedError
        if request.method != "OPTIONS":
            time.sleep(self.slow)
            if self.status is not None and self.only(request):
                return Answer(self.status, b"{}", {"Content-Type": "application/json", **self.headers})
        return None


class Lrs:
    """Statements in the order they came, documents, and who may ask. `address` is the endpoint, with its slash.

    `refusals` and `requests` are in words, for assertions: "PUT activities/state suspendData". Whoever is among the
    `witnesses` hears of each statement that any store is given.
    """

    witnesses: ClassVar[list[Callable[[Document], None]]] = []

    def __init__(self, host: WebHost) -> None:
        self.faults = Faults()
        self.address = f"{host.address}/xapi/"
        self.credentials: set[str] = set()
        self.statements: list[Document] = []
        self.refusals: list[str] = []
        self.requests: list[str] = []
        self._given: dict[str, Document] = {}
        self._documents: dict[str, tuple[bytes, str, str]] = {}
        self._lock = threading.Lock()
        host.function("/xapi/", self._answer)

    def state(self, activity: str, agent: Document, state: str, registration: str = "") -> bytes | None:
        """A state document as it was stored."""
        kept = self._documents.get(_key("state", activity, agent, state, registration))
        return kept[0] if kept else None

    def put_state(
        self, activity: str, agent: Document, state: str, registration: str, document: Document
    ) -> None:
        """Store a state document from the LMS's side, such as cmi5's launch data."""
        text = json.dumps(document).encode()
        self._documents[_key("state", activity, agent, state, registration)] = (
            text,
            "application/json",
            _now(),
        )

    def said(self, verb: str) -> list[Document]:
        """The statements with an ADL verb, by its last part."""
        return [
            each for each in self.statements if each["verb"]["id"] == f"http://adlnet.gov/expapi/verbs/{verb}"
        ]

    def settle(self) -> None:
        """Wait until nothing has come for a while."""
        until_quiet(lambda: len(self.requests))

    def _answer(self, request: Request) -> Answer:
        what = request.query.get("stateId") or request.query.get("profileId") or ""
        self.requests.append(f"{request.method} {request.path} {what}".rstrip())
        try:
            plain = Answer(204) if request.method == "OPTIONS" else None
            answer = self.faults.refusal(request) or plain or self._allowed(request)
        except RefusedError as refusal:
            self.refusals.append(f"{refusal.status} {request.method} {request.path}: {refusal}")
            answer = Answer(refusal.status, str(refusal).encode(), {"Content-Type": "text/plain"})
        if self.faults.deaf:
            raise ConnectionAbortedError
        headers = {**answer.headers, **_OPEN, "X-Experience-API-Version": "1.0.3"}
        return Answer(answer.status, answer.body, headers)

    def _allowed(self, request: Request) -> Answer:
        if request.path == "about":
            return _json({"version": ["1.0.0", "1.0.3"]})
        if request.headers.get("authorization") not in self.credentials:
            raise RefusedError(401, "who asks?")
        if not re.fullmatch(r"1\.0(\.\d+)?", request.headers.get("x-experience-api-version", "")):
            raise RefusedError(400, "no X-Experience-API-Version")
        resources: Mapping[str, tuple[Callable[[Request], Answer], set[str]]] = {
            "statements": (self._statements, _STATEMENT_QUERY),
            "activities/state": (self._state, _STATE_QUERY),
            "activities/profile": (self._profile, _PROFILE_QUERY),
            "agents/profile": (self._profile, _PROFILE_QUERY),
        }
        if request.path not in resources:
            raise RefusedError(404, "no such resource")
        function, query = resources[request.path]
        if unknown := set(request.query) - query:
            raise RefusedError(400, f"unknown parameters {sorted(unknown)}")
        with self._lock:
            return function(request)

    def _statements(self, request: Request) -> Answer:
        if request.method == "PUT":
            self._keep(
                {"id": request.query.get("statementId"), **_parsed(request)}, request.query.get("statementId")
            )
            return Answer(204)
        if request.method == "POST":
            given = _parsed(request)
            batch = given if isinstance(given, list) else [given]
            return _json([self._keep({"id": str(uuid.uuid4()), **each}) for each in batch])
        if request.method != "GET":
            raise RefusedError(405, "statements are put, posted and read")
        return self._read(request.query)

    def _keep(self, statement: Document, asked: str | None = None) -> str:
        name = str(statement["id"])
        if asked not in (None, name):
            raise RefusedError(400, "another id in the statement than in the address")
        if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name, re.IGNORECASE):
            raise RefusedError(400, f"{name} is no UUID")
        for part in ("actor", "verb", "object"):
            if not isinstance(statement.get(part), dict):
                raise RefusedError(400, f"a statement without {part}")
        if self._given.setdefault(name, statement) != statement:
            raise RefusedError(409, "another statement has this id")
        if any(known["id"] == name for known in self.statements):
            return name
        account = {"homePage": "http://127.0.0.1", "name": "lrs"}
        authority = {"objectType": "Agent", "account": account}
        self.statements.append({"timestamp": _now(), **statement, "stored": _now(), "authority": authority})
        for witness in self.witnesses:
            witness(statement)
        return name

    def _read(self, query: Mapping[str, str]) -> Answer:
        for flag in ("ascending", "attachments", "related_activities", "related_agents"):
            if query.get(flag, "false") not in ("true", "false"):
                raise RefusedError(400, f"{flag} is true or false")
        if "statementId" in query:
            for statement in self.statements:
                if statement["id"] == query["statementId"]:
                    return _json(statement)
            raise RefusedError(404, "no such statement")
        found = [statement for statement in self.statements if _fits(statement, query)]
        if query.get("ascending") != "true":
            found.reverse()
        limit = int(query.get("limit") or 0)
        return _json({"statements": found[:limit] if limit else found, "more": ""})

    def _state(self, request: Request) -> Answer:
        asked = request.query
        if "stateId" not in asked and request.method == "GET":
            start = _key(
                "state", asked["activityId"], json.loads(asked["agent"]), "", asked.get("registration", "")
            )
            return _json([key.rsplit("\n", 1)[1] for key in self._documents if key.startswith(start)])
        for name in ("activityId", "agent", "stateId"):
            if name not in asked:
                raise RefusedError(400, f"no {name}")
        agent = json.loads(asked["agent"])
        key = _key("state", asked["activityId"], agent, asked["stateId"], asked.get("registration", ""))
        return self._document(request, key)

    def _profile(self, request: Request) -> Answer:
        asked = request.query
        agent = json.loads(asked.get("agent", "{}"))
        key = _key(request.path, asked.get("activityId", ""), agent, asked.get("profileId", ""), "")
        return self._document(request, key)

    def _document(self, request: Request, key: str) -> Answer:
        kept = self._documents.get(key)
        tag = f'"{hashlib.sha1(kept[0]).hexdigest()}"' if kept else ""  # noqa: S324 - xAPI asks for SHA-1
        if request.headers.get("if-match") not in (None, tag) or (
            request.headers.get("if-none-match") and kept
        ):
            raise RefusedError(412, "the document is another one")
        if request.method in ("PUT", "POST"):
            kind = request.headers.get("content-type", "application/octet-stream")
            if kind.startswith("application/json"):
                json.loads(request.body)
            self._documents[key] = (request.body, kind, _now())
            return Answer(204)
        if request.method == "DELETE":
            self._documents.pop(key, None)
            return Answer(204)
        if kept is None:
            raise RefusedError(404, "no such document")
        return Answer(200, kept[0], {"Content-Type": kept[1], "ETag": tag, "Last-Modified": kept[2]})


def _parsed(request: Request) -> Any:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise RefusedError(400, "statements are application/json")
    return json.loads(request.body)


def _json(value: Any) -> Answer:
    return Answer(200, json.dumps(value).encode(), {"Content-Type": "application/json"})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _key(resource: str, activity: str, agent: Document, document: str, registration: str) -> str:
    return "\n".join(
        (resource, activity, json.dumps(_identity(agent), sort_keys=True), registration, document)
    )


def _identity(agent: Document) -> Document:
    """What tells two agents apart (xAPI 1.0.3, 2.4.2.3)."""
    return {name: agent[name] for name in ("mbox", "mbox_sha1sum", "openid", "account") if name in agent}


def _fits(statement: Document, query: Mapping[str, str]) -> bool:
    context = statement.get("context", {})
    return (
        query.get("verb") in (None, statement["verb"]["id"])
        and query.get("activity") in (None, statement["object"].get("id"))
        and query.get("registration") in (None, context.get("registration"))
        and ("agent" not in query or _identity(json.loads(query["agent"])) == _identity(statement["actor"]))
    )
