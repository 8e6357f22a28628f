"""The LRS of a performance: it takes what xAPI 1.0.3 allows, says why it refuses the rest, and forgets it all."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kurspakke.play.launching import RETURN, SESSION, TOKEN, Launch
from kurspakke.play.performance import Exchange

VERSION = "1.0.3"
_DOCUMENTS = {
    "activities/state": ("activityId", "agent", "stateId"),
    "activities/profile": ("activityId", "profileId"),
    "agents/profile": ("agent", "profileId"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the LRS."""

    status: int
    body: bytes = b""
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what was wrong with the request ("" if nothing), and the statements that came with it."""

    reply: Reply
    problem: str = ""
    body: Any = None


@dataclass
class Records:
    """Statements and documents of one learner; `exchanges` has every request in order."""

    launch: Launch
    step: int = 0
    statements: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    fetched: int = 0
    _documents: dict[str, bytes] = field(default_factory=dict)

    def begin(self, mode: str) -> None:
        """Put down the launch data of a cmi5 session (cmi5 10); `mode` is Normal, Browse or Review."""
        self.exchanges, self.fetched = [], 0
        data: dict[str, Any] = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": f"{self.launch.activity}/publisher"}]},
                "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": SESSION},
            },
            "launchMode": mode,
            "moveOn": self.launch.move_on or "NotApplicable",
            "returnURL": RETURN,
        }
        if self.launch.mastery:
            data["masteryScore"] = float(self.launch.mastery)
        query = {"activityId": self.launch.activity, "stateId": "LMS.LaunchData"}
        self._documents[_key("activities/state", query)] = json.dumps(data).encode()

    def verbs(self) -> list[str]:
        """The verbs of the statements of this session, in order."""
        bodies = [
            each.body for each in self.exchanges if each.resource == "statements" and each.method != "GET"
        ]
        said = [each for body in bodies for each in (body if isinstance(body, list) else [body])]
        verbs = [each.get("verb") for each in said if isinstance(each, dict)]
        return [str(verb.get("id", "")) for verb in verbs if isinstance(verb, dict)]

    def fetch(self, method: str) -> Reply:
        """The one answer that a cmi5 fetch address gives (cmi5 8.2)."""
        self.fetched += 1
        problem = "" if method == "POST" and self.fetched == 1 else "the token was fetched before"
        if method != "POST":
            problem = f"the token is fetched by POST, not {method}"
        answer = {"error-code": "1", "error-text": problem} if problem else {"auth-token": TOKEN}
        self.exchanges.append(self._exchange(method, "fetch", {}, Answered(Reply(200), problem)))
        return Reply(200, json.dumps(answer).encode())

    def answer(
        self, method: str, resource: str, query: dict[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """The answer to a request of the content (xAPI 1.0.3, part three)."""
        answered = self._refused(headers) or self._answered(method, resource, query, headers, body)
        self.exchanges.append(self._exchange(method, resource, query, answered))
        return answered.reply

    def _refused(self, headers: Mapping[str, str]) -> Answered | None:
        if headers.get("authorization", "") != f"Basic {TOKEN}":
            return Answered(Reply(401), "the Authorization of the launch is missing or another one")
        if not headers.get("x-experience-api-version", "").startswith("1.0"):
            return Answered(Reply(400), "the header X-Experience-API-Version is missing, or not 1.0")
        return None

    def _answered(
        self, method: str, resource: str, query: dict[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answered:
        if resource == "statements":
            try:
                return self._take(method, query, json.loads(body) if body else None)
            except ValueError:
                return Answered(Reply(400), "the body is no JSON")
        if resource in _DOCUMENTS:
            return self._document(method, resource, query, headers, body)
        known = {"about": json.dumps({"version": [VERSION]}).encode(), "activities": b"{}", "agents": b"{}"}
        if resource in known and method == "GET":
            return Answered(Reply(200, known[resource]))
        return Answered(Reply(404), f"there is no resource {resource}")

    def _take(self, method: str, query: dict[str, str], plain: Any) -> Answered:
        if method == "GET":
            return Answered(Reply(200, json.dumps({"statements": self.statements, "more": ""}).encode()))
        given = plain if isinstance(plain, list) else [plain]
        if not all(isinstance(statement, dict) for statement in given):
            return Answered(Reply(400), "a statement is an object", plain)
        if method == "PUT":
            name = query.get("statementId", "")
            if len(given) != 1 or not name or given[0].get("id", name) != name:
                return Answered(Reply(400), "PUT takes one statement and its statementId", plain)
            known = [statement for statement in self.statements if statement.get("id") == name]
            if known:
                conflict = known[0] != {"id": name, **given[0]}
                problem = "another statement has this id already" if conflict else ""
                return Answered(Reply(409 if conflict else 204), problem, plain)
        # What was sent is noted as it was sent: ids that the LRS gives are its own affair.
        stored = [{"id": query.get("statementId") or str(uuid.uuid4()), **statement} for statement in given]
        self.statements += stored
        ids = json.dumps([statement["id"] for statement in stored]).encode()
        return Answered(Reply(204) if method == "PUT" else Reply(200, ids), body=plain)

    def _document(
        self, method: str, resource: str, query: dict[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answered:
        missing = [
            name
            for name in _DOCUMENTS[resource]
            if name not in query
            and not (method in {"GET", "DELETE"} and name.endswith(("stateId", "profileId")))
        ]
        if missing:
            return Answered(Reply(400), f"the parameter {missing[0]} is missing")
        key = _key(resource, query)
        held = self._documents.get(key)
        etag = f'"{hash(held) & 0xFFFFFFFF:08x}"' if held is not None else ""
        if method == "GET":
            if not query.get("stateId", query.get("profileId")):
                return Answered(Reply(200, b"[]"))
            return Answered(Reply(404) if held is None else Reply(200, held, etag))
        wanted = headers.get("if-match")
        if (wanted and wanted != etag) or (headers.get("if-none-match") == "*" and held is not None):
            return Answered(Reply(412))
        if method == "DELETE":
            self._documents.pop(key, None)
        else:
            self._documents[key] = _merged(held, body) if method == "POST" else body
        return Answered(Reply(204))

    def _exchange(self, method: str, resource: str, query: dict[str, str], answered: Answered) -> Exchange:
        return Exchange(
            step=self.step,
            method=method,
            resource=resource,
            query=query,
            status=answered.reply.status,
            problem=answered.problem,
            body=answered.body,
        )


def _key(resource: str, query: dict[str, str]) -> str:
    """There is one learner here, so the agent needs no place in it."""
    return "|".join([resource, *(query.get(name, "") for name in ("activityId", "stateId", "profileId"))])


def _merged(held: bytes | None, body: bytes) -> bytes:
    """A JSON object with another one's members added; the new body where they are no objects (part three, 2.2)."""
    try:
        old, new = json.loads(held or b"{}"), json.loads(body)
        return json.dumps({**old, **new}).encode()
    except (ValueError, TypeError):
        return body
