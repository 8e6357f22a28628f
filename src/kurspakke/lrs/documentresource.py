"""The State, Agent Profile and Activity Profile Resources (xAPI 1.0.3, part three, 2.2, 2.3, 2.6, 2.7 and 3.1)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from kurspakke.lrs import documents, jsontext, parameters
from kurspakke.lrs.asking import Asked
from kurspakke.lrs.documents import Document, Place
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.reply import Reply, in_json
from kurspakke.lrs.store import LrsStore

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `needs` says whose it is, `name` is the parameter with its id.

    `guarded` ones are not overwritten blindly: whoever replaces one has to say which version (3.1).
    """

    kind: str
    needs: tuple[str, ...]
    name: str
    guarded: bool = False

    def place(self, asked: Asked, *others: str) -> Place:
        """Where the document lies that is asked for; `others` are parameters that this method knows too."""
        has_registration = self.kind == documents.STATE
        own = {*self.needs, self.name, *(("registration",) if has_registration else ())}
        parameters.only(asked.query, frozenset({*own, *others}))
        for name in self.needs:
            parameters.needed(asked.query, name)
        return Place(
            self.kind,
            activity=parameters.iri(asked.query, "activityId") if "activityId" in self.needs else "",
            agent=parameters.agent(asked.query) if "agent" in self.needs else "",
            registration=parameters.uuid(asked.query, "registration") if has_registration else "",
            id=asked.query.get(self.name, ""),
        )


STATE = Kind(documents.STATE, ("activityId", "agent"), "stateId")
ACTIVITY_PROFILE = Kind(documents.ACTIVITY_PROFILE, ("activityId",), "profileId", guarded=True)
AGENT_PROFILE = Kind(documents.AGENT_PROFILE, ("agent",), "profileId", guarded=True)


def get(kind: Kind, store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """A document, or the ids of all at that place."""
    place = kind.place(asked, "since")
    since = parameters.moment(asked.query, "since")
    with store.reading() as db:
        if not place.id:
            return in_json(documents.ids(db, grant.space, place, since))
        found = documents.read(db, grant.space, place)
    if found is None:
        raise RefusalError(404, f"there is no document {place.id!r} here")
    return Reply(200, found.content, {"Content-Type": found.media_type, **_version(found)})


def put(kind: Kind, store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """Lay down a document."""

    def whole(current: Document | None) -> bytes:
        if kind.guarded and not {"if-match", "if-none-match"} & asked.headers.keys():
            how = "send If-Match with its ETag to replace it, or If-None-Match: * to write only where there is none"
            if current is None:
                raise RefusalError(400, f"a profile is not written blindly: {how}")
            raise RefusalError(409, f"there is such a document already: {how}")
        return asked.body

    return _written(kind, store, grant, asked, whole)


def post(kind: Kind, store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """Add the members of a JSON object to the document that is there, or lay it down if there is none (2.2)."""
    added = _object(asked.body, "the document that was sent") if asked.media_type == _JSON else None

    def merged(current: Document | None) -> bytes:
        if current is None:
            return asked.body
        if added is None:
            raise RefusalError(400, f"only {_JSON} can be added to the document that is there")
        if current.media_type.partition(";")[0].strip().lower() != _JSON:
            raise RefusalError(
                400, f"the document that is there is {current.media_type}: nothing can be added"
            )
        known = _object(current.content, "the document that is there")
        return jsontext.written({**known, **added}).encode("utf-8")

    return _written(kind, store, grant, asked, merged)


def delete(kind: Kind, store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """Take away a document; of states all at that place, if no id is given."""
    place = kind.place(asked)
    if kind.kind != documents.STATE:
        parameters.needed(asked.query, kind.name)
    if kind.kind == documents.STATE and grant.sealed and place.id in {"", *grant.sealed}:
        raise RefusalError(403, "these credentials may not delete this document")
    with store.writing() as db:
        if place.id:
            _compare(asked, documents.read(db, grant.space, place))
        documents.delete(db, grant.space, place)
    return Reply(204)


def _written(
    kind: Kind, store: LrsStore, grant: Grant, asked: Asked, content: Callable[[Document | None], bytes]
) -> Reply:
    place = kind.place(asked)
    parameters.needed(asked.query, kind.name)
    if kind.kind == documents.STATE and place.id in grant.sealed:
        raise RefusalError(403, f"these credentials may read {place.id}, not write it")
    media_type = asked.headers.get("content-type", "application/octet-stream")
    with store.writing() as db:
        current = documents.read(db, grant.space, place)
        _compare(asked, current)
        document = Document(content(current), media_type, int(time.time() * 1000))
        documents.write(db, grant.space, place, document)
    return Reply(204, b"", _version(document))


def _compare(asked: Asked, current: Document | None) -> None:
    """Refuse (412) to change another version than the sender knows (RFC 9110, 13.1)."""
    if_match, if_none_match = asked.headers.get("if-match"), asked.headers.get("if-none-match")
    if if_match is not None and not _names(if_match, current):
        raise RefusalError(412, "the document is not the version that If-Match names: read it again")
    if if_none_match is not None and _names(if_none_match, current):
        raise RefusalError(412, "there is a document already that If-None-Match names")


def _names(header: str, current: Document | None) -> bool:
    """Whether a header with entity tags names the document. Tags count without their quotes too."""
    if current is None:
        return False
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}
    return "*" in tags or current.etag.strip('"') in tags


def _object(data: bytes, what: str) -> dict[str, Any]:
    try:
        value = jsontext.parsed(data)
    except ValueError as error:
        raise RefusalError(400, f"{what} is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise RefusalError(400, f"{what} is no JSON object")
    return value


def _version(document: Document) -> dict[str, str]:
    return {"ETag": document.etag, "Last-Modified": formatdate(document.updated / 1000, usegmt=True)}
