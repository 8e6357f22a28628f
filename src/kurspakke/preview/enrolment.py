"""Learners' enrolments in packages, and what they have fulfilled of a cmi5 course."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock

from kurspakke.package import Kind, Package
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.lmsstatements import Statement, satisfied, waived
from kurspakke.preview.cmi5.satisfaction import Progress, due, is_met, progress_of
from kurspakke.preview.launchable import Launchable, course_of, launchables
from kurspakke.preview.launchmemory import LaunchStore
from kurspakke.preview.records import Records
from kurspakke.preview.sessions import Learner, Session, actor_of, given_id

Packages = Callable[[str], Package | None]
"""A package by its offer's key; None when it can't be had now."""

REASONS = ("Tested Out", "Equivalent AU", "Equivalent Outside Activity", "Administrative")
"""Why an AU may be waived, in the words of cmi5 9.5.5.2; others are allowed."""


class Enrolments:
    """Registrations: one for each learner and package until a new one is asked for. To be called from any thread."""

    def __init__(self, store: LaunchStore, records: Records, packages: Packages) -> None:
        self._store = store
        self._records = records
        self._packages = packages
        self._lock = RLock()

    def registration(self, space: str, learner: Learner) -> str:
        """The registration of the learner: the one that is, or the first."""
        with self._lock:
            return self._store.registration(space, learner.id) or self.anew(space, learner)

    def anew(self, space: str, learner: Learner) -> str:
        """A new registration: the learner takes the package from the beginning. What was said before stays."""
        with self._lock:
            registration = str(uuid.uuid4())
            self._store.enrol(space, learner.id, registration)
            # What asks for nothing is satisfied at once (cmi5 9.6.1).
            package = self._packages(space)
            if package is not None and course_of(package):
                self.tell_satisfied(_outside(package, space, registration, learner))
            return registration

    def waive(self, space: str, learner: Learner, unit: str, reason: str) -> Sequence[Statement]:
        """Let the learner off an AU (by its publisher's id), because of `reason`: what is said about it.

        Nothing is said when it was waived before, or there is no such AU.

        Raises:
            ValueError: there is no reason.
        """
        if not reason.strip():
            raise ValueError("a waived AU needs a reason (cmi5 9.3.7)")
        package = self._packages(space)
        found = [each for each in launchables(package) if each.id == unit] if package else []
        if package is None or not found or found[0].kind is not Kind.CMI5:
            return ()
        with self._lock:
            session = _outside(package, space, self.registration(space, learner), learner, found[0])
            if terms.WAIVED in self._progress(session).said.get(session.activity, frozenset()):
                return ()
            statement = waived(session, reason.strip(), session.begun)
            self._records.keep(space, [statement])
            return (statement, *self.tell_satisfied(session))

    def tell_satisfied(self, session: Session) -> Sequence[Statement]:
        """Say of blocks and course that they are satisfied, once each, now that something was said in `session`."""
        package = self._packages(session.space)
        course = course_of(package) if package else None
        if course is None:
            return ()
        with self._lock:
            now = datetime.now(UTC)
            parts = due(session.space, *course, self._progress(session))
            statements = [satisfied(session, part, now) for part in parts]
            if statements:
                self._records.keep(session.space, statements)
            return statements

    def standing(self, space: str, learner: Learner) -> Mapping[str, bool]:
        """Whether each AU of a cmi5 package is satisfied, by its publisher's id."""
        package = self._packages(space)
        registration = self._store.registration(space, learner.id)
        if package is None or package.kind is not Kind.CMI5:
            return {}
        statements = self._records.defined(space, registration) if registration else ()
        said = progress_of(statements).said
        return {
            unit.id: is_met(unit.move_on, said.get(given_id(space, "au", unit.id), frozenset()))
            for unit in launchables(package)
        }

    def _progress(self, session: Session) -> Progress:
        return progress_of(self._records.defined(session.space, session.registration))


def _outside(
    package: Package, space: str, registration: str, learner: Learner, unit: Launchable | None = None
) -> Session:
    """A session for what the LMS says outside of any launch (cmi5 9.3.7, 9.3.9)."""
    course = course_of(package)
    session = Session(
        id=str(uuid.uuid4()),
        space=space,
        kind=Kind.CMI5,
        registration=registration,
        learner=learner.id,
        actor=actor_of(learner),
        unit="",
        activity="",
        begun=datetime.now(UTC),
        course=(course[0].id or "") if course else "",
    )
    if unit is None:
        return session
    return replace(session, unit=unit.id, activity=given_id(space, "au", unit.id))
