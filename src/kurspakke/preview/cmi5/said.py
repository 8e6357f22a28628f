"""A statement as cmi5's rules look at it: beside the session it was sent in, and all that was said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.sessions import Session

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the LRS has taken before: in the session, and of this AU in its registration.

    `verbs` are those of the session that cmi5 defines, in order, `of_unit` those of all sessions. `begun` and `over` are
    the timestamps of `initialized` and `terminated`, "" until they are there.
    """

    verbs: tuple[str, ...] = ()
    of_unit: frozenset[str] = frozenset()
    begun: str = ""
    over: str = ""

    def after(self, said: Said) -> Earlier:
        """The same with one statement more, of this or of another session."""
        if not said.is_defined or said.verb in terms.OF_THE_LMS:
            return self
        known = replace(self, of_unit=self.of_unit | {said.verb}) if said.is_about_unit else self
        if said.session_id != said.session.id:
            return known
        known = replace(known, verbs=(*known.verbs, said.verb))
        if said.verb == terms.INITIALIZED:
            return replace(known, begun=said.timestamp)
        return replace(known, over=said.timestamp) if said.verb == terms.TERMINATED else known


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an AU; whatever it holds, the properties here answer."""

    statement: Json
    session: Session
    earlier: Earlier = Earlier()

    @property
    def id(self) -> str:
        """Its id, "" where it has none."""
        return text_of(self.statement.get("id"))

    @property
    def verb(self) -> str:
        """The verb's IRI."""
        return text_of(object_of(self.statement.get("verb")).get("id"))

    @property
    def timestamp(self) -> str:
        """When it happened, as written."""
        return text_of(self.statement.get("timestamp"))

    @property
    def actor(self) -> Json:
        """Who it is about."""
        return object_of(self.statement.get("actor"))

    @property
    def context(self) -> Json:
        """Its context, empty where there is none."""
        return object_of(self.statement.get("context"))

    @property
    def session_id(self) -> str:
        """The session that it says it is of (cmi5 9.6.3.1)."""
        return text_of(self.extensions.get(terms.SESSION_ID))

    @property
    def extensions(self) -> Json:
        """The extensions of its context."""
        return object_of(self.context.get("extensions"))

    @property
    def result(self) -> Json:
        """Its result, empty where there is none."""
        return object_of(self.statement.get("result"))

    @property
    def score(self) -> Json | None:
        """Its score, None where there is none."""
        score = self.result.get("score")
        return score if isinstance(score, Mapping) else None

    @property
    def scaled(self) -> float | None:
        """The scaled score."""
        return number_of((self.score or {}).get("scaled"))

    def activities(self, kind: str) -> frozenset[str]:
        """The ids among its context activities of that kind; one may stand where a list is meant."""
        given = object_of(self.context.get("contextActivities")).get(kind, [])
        listed = given if isinstance(given, list) else [given]
        return frozenset(text_of(object_of(each).get("id")) for each in listed)

    @property
    def is_defined(self) -> bool:
        """Whether it claims to be one that cmi5 defines (cmi5 7.1.3)."""
        return terms.CATEGORY in self.activities("category")

    @property
    def is_about_unit(self) -> bool:
        """Whether its object is the AU that was launched."""
        thing = object_of(self.statement.get("object"))
        is_activity = thing.get("objectType", "Activity") == "Activity"
        return is_activity and thing.get("id") == self.session.activity

    @property
    def is_of_au(self) -> bool:
        """Whether it is a statement that cmi5 defines, with a verb that is an AU's."""
        return self.is_defined and self.verb in terms.OF_THE_AU


def earlier_of(session: Session, statements: Iterable[Json]) -> Earlier:
    """What the statements of a registration, in the order in which they were stored, amount to for `session`."""
    known = Earlier()
    for statement in statements:
        known = known.after(Said(statement, session))
    return known


def object_of(value: object) -> Json:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def text_of(value: object) -> str:
    """`value` if it is a text, else ""."""
    return value if isinstance(value, str) else ""


def number_of(value: object) -> float | None:
    """`value` if it is a number that can be counted with, else None."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None
