"""Statements as they are sent: in JSON, or with attachments (xAPI 1.0.3, part three, 1.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kurspakke.lrs import jsontext, multipart, signatures
from kurspakke.lrs.asking import Asked
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.statements import Attachment
from kurspakke.xapi.problem import Problem
from kurspakke.xapi.validate import problems

_DIGESTS = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was sent: `value` is the JSON, one statement or an array; `attachments` are the bytes beside it."""

    value: Any
    attachments: tuple[Attachment, ...] = ()

    @property
    def statements(self) -> list[Any]:
        """The statements, whether one or several were sent."""
        return self.value if isinstance(self.value, list) else [self.value]


def unpacked(asked: Asked) -> Delivery:
    """What a request to the statements brings, not yet judged.

    Raises RefusalError (400) for another media type than the two of xAPI, and for what can't be read.
    """
    if asked.media_type == "application/json":
        return Delivery(_value(asked.body))
    if asked.media_type != "multipart/mixed":
        named = f"not {asked.media_type}" if asked.media_type else "and the request names none"
        raise RefusalError(400, f"statements are sent as application/json or multipart/mixed, {named}")
    try:
        first, *others = multipart.parts(asked.headers["content-type"], asked.body)
    except ValueError as error:
        raise RefusalError(400, f"the multipart body can't be read: {error}") from None
    if first.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusalError(400, "the first part of a multipart body has the statements, as application/json")
    return Delivery(_value(first.content), tuple(_attachment(part) for part in others))


def judge(delivery: Delivery) -> None:
    """Refuse (400) what is not valid: statements, attachments without their bytes and bytes without an attachment."""
    found = list(_problems(delivery))
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise RefusalError(400, f"{found[0]}{more}", found)
    names = [each["id"].lower() for each in delivery.statements if "id" in each]
    if len(set(names)) < len(names):
        raise RefusalError(400, "two statements have the same id")
    wanted: set[str] = set()
    for statement in delivery.statements:
        wanted |= _checked(statement, delivery.attachments)
    if any(each.sha2 not in wanted for each in delivery.attachments):
        raise RefusalError(400, "there is a part that is no attachment of a statement")


def _problems(delivery: Delivery) -> Iterator[Problem]:
    if not isinstance(delivery.value, list):
        yield from problems(delivery.value)
        return
    for at, statement in enumerate(delivery.value):
        for each in problems(statement):
            yield Problem(f"[{at}].{each.path}" if each.path else f"[{at}]", each.text, each.clause)


def _checked(statement: Any, attachments: Sequence[Attachment]) -> set[str]:
    """The hashes of the statement's attachments, those in its object too."""
    hashes = set()
    inner = statement["object"] if statement["object"].get("objectType") == "SubStatement" else {}
    for each in (*statement.get("attachments", ()), *inner.get("attachments", ())):
        sha2 = each["sha2"].lower()
        hashes.add(sha2)
        content = next((kept.content for kept in attachments if kept.sha2 == sha2), None)
        if content is None and ("fileUrl" not in each or signatures.is_signature(each)):
            raise RefusalError(400, f"the attachment {sha2} has neither a part of its own nor a fileUrl")
        if content is not None and signatures.is_signature(each):
            why = signatures.fault(statement, content)
            if why:
                raise RefusalError(400, f"the signature {why}", [Problem("attachments", why, "2.6")])
    return hashes


def _value(data: bytes) -> Any:
    try:
        return jsontext.parsed(data)
    except ValueError as error:
        raise RefusalError(400, f"the body is no JSON for xAPI: {error}") from None


def _attachment(part: multipart.Part) -> Attachment:
    sha2 = part.headers.get("x-experience-api-hash", "").lower()
    if not sha2:
        raise RefusalError(400, "a part has no header X-Experience-API-Hash")
    if part.headers.get("content-transfer-encoding", "").lower() != "binary":
        raise RefusalError(400, "a part is without `Content-Transfer-Encoding: binary`")
    digest = _DIGESTS.get(len(sha2))
    if digest is None or hashlib.new(digest, part.content).hexdigest() != sha2:
        raise RefusalError(400, f"the content of a part does not have the SHA-2 {sha2[:128]}")
    return Attachment(sha2, part.headers.get("content-type", "application/octet-stream"), part.content)
