"""What launches need of an LRS: few things, whatever store stands behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kurspakke.preview.sessions import ISSUER

AUTHORITY: Mapping[str, Any] = {
    "objectType": "Agent",
    "name": "kurspakke preview",
    "account": {"homePage": ISSUER, "name": "lms"},
}
"""The preview as the one who vouches for statements (xAPI 1.0.3, part two, 2.4.9)."""


@dataclass(frozen=True, slots=True)
class StateKey:
    """Which document of the State resource (xAPI 1.0.3, part three, 2.3)."""

    activity: str
    agent: Mapping[str, Any]
    registration: str
    state_id: str


class Records(Protocol):
    """An LRS from the inside. Every method may be called from several threads at once."""

    def keep(self, space: str, statements: Sequence[Mapping[str, Any]]) -> None:
        """Store statements that the LMS makes itself, in their order."""

    def of_registration(self, space: str, registration: str) -> Sequence[Mapping[str, Any]]:
        """The statements of a registration that are not voided, in the order in which they were stored."""

    def defined(self, space: str, registration: str) -> Sequence[Mapping[str, Any]]:
        """Of these, those that cmi5 defines: they have its category (cmi5 9.6.2.1)."""

    def has(self, space: str, statement_id: str) -> bool:
        """Whether a statement of that id is stored."""

    def put_state(self, space: str, key: StateKey, document: Mapping[str, Any]) -> None:
        """Store a JSON document, in place of the one that may be there."""
