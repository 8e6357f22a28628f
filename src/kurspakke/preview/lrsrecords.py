"""The LRS of the preview as launches need it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kurspakke.lrs import search
from kurspakke.lrs.documents import STATE, Place
from kurspakke.lrs.mentions import agent_key
from kurspakke.lrs.search import Query
from kurspakke.lrs.store import LrsStore
from kurspakke.preview.cmi5.terms import CATEGORY
from kurspakke.preview.records import AUTHORITY, StateKey

Told = Callable[[str, Sequence[Mapping[str, Any]]], None]
"""Hears of the statements that the LMS makes itself, after they are stored: in which space, and which."""


class LrsRecords:
    """The `Records` in an `LrsStore`."""

    def __init__(self, store: LrsStore, told: Told | None = None) -> None:
        self._store = store
        self._told = told

    def keep(self, space: str, statements: Sequence[Mapping[str, Any]]) -> None:
        """Store statements that the LMS makes itself, in their order."""
        self._store.record(space, AUTHORITY, statements)
        if self._told is not None:
            self._told(space, statements)

    def of_registration(self, space: str, registration: str) -> Sequence[Mapping[str, Any]]:
        """The statements of a registration that are not voided, in the order in which they were stored."""
        return self._store.statements(space, Query(registration=registration, ascending=True, limit=None))

    def defined(self, space: str, registration: str) -> Sequence[Mapping[str, Any]]:
        """Of these, those that cmi5 defines: they have its category (cmi5 9.6.2.1)."""
        query = Query(
            activity=CATEGORY, related_activities=True, registration=registration, ascending=True, limit=None
        )
        return self._store.statements(space, query)

    def has(self, space: str, statement_id: str) -> bool:
        """Whether a statement of that id is stored."""
        with self._store.reading() as db:
            return search.one(db, space, statement_id, voided=False) is not None

    def put_state(self, space: str, key: StateKey, document: Mapping[str, Any]) -> None:
        """Store a JSON document, in place of the one that may be there."""
        place = Place(STATE, key.activity, agent_key(dict(key.agent)), key.registration, key.state_id)
        content = json.dumps(document, ensure_ascii=False).encode()
        self._store.put_document(space, place, content, "application/json")
