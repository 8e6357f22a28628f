"""What happens in cmi5's sessions: what an AU may say, what follows from it, and what is said when it falls silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from threading import RLock
from typing import Any

from kurspakke.lrs.asking import Asked as Request
from kurspakke.package import Kind
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.context import CONTEXT
from kurspakke.preview.cmi5.form import FORM, moment_of
from kurspakke.preview.cmi5.lmsstatements import Statement, abandoned
from kurspakke.preview.cmi5.order import ORDER, RESENT
from kurspakke.preview.cmi5.requests import REQUESTS, Asked
from kurspakke.preview.cmi5.results import RESULTS
from kurspakke.preview.cmi5.rules import Breach
from kurspakke.preview.cmi5.said import Said, earlier_of
from kurspakke.preview.cmi5.scores import SCORES
from kurspakke.preview.enrolment import Enrolments
from kurspakke.preview.launchmemory import LaunchStore
from kurspakke.preview.records import Records
from kurspakke.preview.sessions import End, Session

PATIENCE = timedelta(seconds=3)
"""So long a session's last words may take after another was launched: a page that is left sends them late."""

_TABLES = (FORM, CONTEXT, SCORES, RESULTS, ORDER)

Now = Callable[[], datetime]


def utc() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Sittings:
    """The sessions of cmi5. Tin Can has no such rules: of its launches nothing is refused here."""

    def __init__(
        self,
        store: LaunchStore,
        records: Records,
        enrolments: Enrolments,
        *,
        patience: timedelta = PATIENCE,
        now: Now = utc,
    ) -> None:
        self._store = store
        self._records = records
        self._enrolments = enrolments
        self._patience = patience
        self._now = now
        self._lock = RLock()

    def breaches_of_request(self, session_id: str, request: Request) -> Sequence[Breach]:
        """What a request for a document breaks, before it is carried out; what the AU reads is noted by the way."""
        session = self._store.session(session_id)
        if session is None or session.kind is not Kind.CMI5:
            return ()
        parts = request.method, request.resource, request.query, request.body, request.media_type
        asked = Asked(session, *parts)
        for document, is_it in (
            (terms.LAUNCH_DATA, asked.is_launch_data),
            (terms.PREFERENCES, asked.is_preferences),
        ):
            if is_it and asked.is_reading and document not in session.read:
                self._store.has_read(session.id, document)
        return tuple(REQUESTS.breaches(asked))

    def breaches(self, session_id: str, statements: Sequence[Mapping[str, Any]]) -> Sequence[Breach]:
        """What statements that are sent together break, before they are stored.

        One that is stored already and only sent again breaks nothing while the session lasts: the LRS compares it with
        what it has.
        """
        session = self._store.session(session_id)
        if session is None or session.kind is not Kind.CMI5:
            return ()
        earlier = earlier_of(session, self._records.defined(session.space, session.registration))
        ends = any(Said(each, session).verb == terms.TERMINATED for each in statements)
        found: list[Breach] = []
        for statement in statements:
            said = Said(statement, session, earlier)
            if said.id and self._records.has(session.space, said.id):
                found += () if ends else RESENT.breaches(said)
                continue
            found += chain.from_iterable(table.breaches(said) for table in _TABLES)
            earlier = earlier.after(said)
        return found

    def stored(self, session_id: str, statements: Sequence[Mapping[str, Any]]) -> Sequence[Statement]:
        """What follows from statements that were stored: the session may be over, blocks and course satisfied.

        The statements that the LMS made for that are returned; they are stored already.
        """
        session = self._store.session(session_id)
        if session is None or session.kind is not Kind.CMI5:
            return ()
        said = [Said(statement, session) for statement in statements]
        verbs = {each.verb for each in said if each.is_defined and each.session_id == session.id}
        if terms.TERMINATED in verbs:
            self._store.close_session(session.id, End.TERMINATED, self._now())
        return self._enrolments.tell_satisfied(session) if verbs & {terms.COMPLETED, terms.PASSED} else ()

    def leave(self, registration: str) -> None:
        """Another session is launched in that registration: those that are open are left (cmi5 9.3.6)."""
        with self._lock:
            now = self._now()
            for session in self._store.open_sessions(registration):
                self._store.close_session(session.id, End.LEFT, now)
        self.settle()

    def settle(self) -> Sequence[Statement]:
        """Say `abandoned` of each session that was left and has not said `terminated` in time: what was said.

        To be called now and then; every launch does, and every request to the LRS.
        """
        made: list[Statement] = []
        with self._lock:
            latest = self._now() - self._patience
            for session in self._store.left_sessions():
                if session.ended is not None and session.ended <= latest:
                    made += self._abandon(session, session.ended)
        return made

    def abandon(self, session_id: str) -> Sequence[Statement]:
        """End a session that goes on, as the administrator of an LMS may: what was said; nothing if it is over."""
        session = self._store.session(session_id)
        if session is None or session.kind is not Kind.CMI5:
            return ()
        with self._lock:
            return self._abandon(session, self._now())

    def abandon_all(self, registration: str) -> Sequence[Statement]:
        """The same for every session of that registration that goes on."""
        with self._lock:
            going_on = self._store.open_sessions(registration)
            return [statement for session in going_on for statement in self.abandon(session.id)]

    def _abandon(self, session: Session, left: datetime) -> Sequence[Statement]:
        if not self._store.close_session(session.id, End.ABANDONED, left):
            return ()
        moments = [moment_of(text) for text in self._timestamps(session)]
        words = [moment for moment in moments if moment is not None and moment.tzinfo is not None]
        last = max(words, default=session.begun)
        statement = abandoned(session, max(left, last), last - session.begun)
        self._records.keep(session.space, [statement])
        return (statement,)

    def _timestamps(self, session: Session) -> Sequence[str]:
        """Those of all that the AU said in the session."""
        statements = self._records.of_registration(session.space, session.registration)
        said = [Said(statement, session) for statement in statements]
        return [
            each.timestamp
            for each in said
            if each.session_id == session.id and each.verb not in terms.OF_THE_LMS
        ]
