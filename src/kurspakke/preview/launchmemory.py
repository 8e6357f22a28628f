"""What is to be remembered of registrations and launches, wherever it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kurspakke.preview.sessions import End, Session


@dataclass(frozen=True, slots=True)
class Secrets:
    """The digests of a launch's secrets: `key` of its fetch address, `token` of what the LRS asks for; None for none."""

    key: str | None = None
    token: str | None = None


class LaunchStore(Protocol):
    """What is remembered of launches. Every method may be called from several threads at once."""

    def registration(self, space: str, learner: str) -> str | None:
        """The latest registration of a learner in a package."""

    def enrol(self, space: str, learner: str, registration: str) -> None:
        """Put down a new registration, which is the latest from now on."""

    def add(self, session: Session, secrets: Secrets) -> None:
        """Put down a launch."""

    def session(self, session_id: str) -> Session | None:
        """A launch by its id."""

    def with_token(self, token: str) -> Session | None:
        """The launch whose token has that digest."""

    def with_key(self, key: str) -> Session | None:
        """The launch whose fetch address has a key of that digest."""

    def hand_out(self, key: str, token: str) -> bool:
        """Give the launch of that key its token: once, however many ask at the same time; False when it has one."""

    def open_sessions(self, registration: str) -> Sequence[Session]:
        """The sessions of cmi5 in a registration that go on."""

    def left_sessions(self) -> Sequence[Session]:
        """All sessions of cmi5 whose last words are waited for."""

    def close_session(self, session_id: str, end: End, at: datetime) -> bool:
        """Change how the session ends, unless it is terminated or abandoned already: then False."""

    def has_read(self, session_id: str, document: str) -> None:
        """Note that the AU has asked for that document."""

    def forget(self, space: str, learner: str) -> None:
        """Drop all launches and registrations of a learner in a package."""
