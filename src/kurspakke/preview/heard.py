"""A request to the LRS as it is meant: the alternate request syntax undone, statements found among attachments.

xAPI 1.0.3, part three, 1.3 (alternate request syntax) and 1.5.2 (multipart).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from kurspakke.preview.cmi5said import object_of

_HEADERS = ("authorization", "content-type")


@dataclass(frozen=True, slots=True)
class Heard:
    """Method, resource (`activities/state`), parameters, credentials and body of a request."""

    method: str
    resource: str
    query: Mapping[str, str]
    authorization: str
    content_type: str
    body: bytes

    @property
    def brings_statements(self) -> bool:
        """Whether statements are to be stored by it."""
        return self.resource == "statements" and self.method in {"PUT", "POST"}

    def statements(self) -> Sequence[Mapping[str, Any]]:
        """The statements in it; none where the body has another form, which is the LRS's to tell."""
        try:
            given = json.loads(self._statement_part())
        except (ValueError, RecursionError):
            return ()
        listed = given if isinstance(given, list) else [given]
        name = self.query.get("statementId")
        named = {"id": name} if self.method == "PUT" and name else {}
        return [{**named, **object_of(each)} for each in listed]

    def _statement_part(self) -> bytes:
        if not self.content_type.lower().startswith("multipart/"):
            return self.body
        head = f"Content-Type: {self.content_type}\r\n\r\n".encode("latin-1", "replace")
        parts = message_from_bytes(head + self.body).get_payload()
        first = parts[0] if isinstance(parts, list) and parts else None
        payload = first.get_payload(decode=True) if isinstance(first, Message) else None
        return payload if isinstance(payload, bytes) else b""


def heard(method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Heard:
    """The request with that method, path below the endpoint, query string, headers (in lower case) and body."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    resource = path.strip("/")
    known = {name: headers.get(name, "") for name in _HEADERS}
    if method == "POST" and "method" in asked:
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        meant = {name.lower(): value for name, value in form.items()}
        known = {name: meant.get(name, known[name]) for name in _HEADERS}
        query_too = {
            name: value for name, value in form.items() if name.lower() not in {*_HEADERS, "content"}
        }
        method, asked, body = asked["method"].upper(), query_too, meant.get("content", "").encode()
    return Heard(method, resource, asked, known["authorization"], known["content-type"], body)
