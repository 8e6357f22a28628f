"""What the LMS page is told when a package is launched: the learner, the LMS, the table of contents, what was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kurspakke.package import Kind
from kurspakke.preview import sessions as launched
from kurspakke.preview.attempts import Learner, Session
from kurspakke.preview.carryover import kept, told
from kurspakke.preview.desk import Desk
from kurspakke.preview.framepage import line, sco_of
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import origin_of
from kurspakke.preview.temperaments import temperament
from kurspakke.preview.toc import Entry, launchable, toc

MODES = ("normal", "browse", "review")
"""The modes of SCORM 1.2 (RTE 3.4.4, cmi.core.lesson_mode), the usual one first."""
_AT_AN_LRS = frozenset({Kind.XAPI, Kind.CMI5})


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address of the LMS page asks for, in so far as there is such a thing."""

    learner: Learner
    mode: str
    sco: str | None
    profile: str

    @classmethod
    def of(cls, desk: Desk, asked: Mapping[str, str]) -> Wish:
        """The wish of an address with these words: learner, mode, sco, profile."""
        learners = {learner.id: learner for learner in desk.attempts.learners()}
        return cls(
            learners.get(asked.get("learner", "")) or next(iter(learners.values())),
            next((mode for mode in MODES if mode == asked.get("mode")), MODES[0]),
            asked.get("sco"),
            asked.get("profile") or desk.profile,
        )


def launch(desk: Desk, offer: Offer, asked: Mapping[str, str], language: str) -> dict[str, object]:
    """Launch the package for whom and as the words of the address say, and what the LMS page is told of it.

    What the words `trouble` and `look` name is switched on for the package.
    """
    wish = Wish.of(desk, asked)
    package = desk.shelf.package(offer.id)
    entries = toc(package, offer.language or language) if package else ()
    sco = launchable(entries, wish.sco)
    sessions = desk.attempts.sessions(offer.key, wish.learner.id)
    for word, switches in (("trouble", desk.troubles), ("look", desk.looks)):
        if word in asked:
            switches.by_words(offer.id, asked[word])
    return {
        "package": offer.id,
        "kind": offer.kind.value,
        "title": offer.title,
        "inspector": desk.inspector,
        "language": language,
        "learner": {"id": wish.learner.id, "name": wish.learner.name},
        "mode": wish.mode,
        "attempt": 1 + len([each for each in sessions if sco and each.whose.sco == sco.id]),
        "trouble": sorted(desk.troubles.of(offer.id)),
        "profile": temperament(wish.profile),
        "toc": _contents(desk, offer, entries, sessions, wish.learner),
        "sco": _opened(desk, offer, sco, wish) if sco else None,
        "kept": _kept(offer, sco, sessions, wish) if sco else {},
    }


def _contents(
    desk: Desk, offer: Offer, entries: Sequence[Entry], sessions: Sequence[Session], learner: Learner
) -> list[dict[str, object]]:
    standing = desk.launches.enrolments.standing(offer.key, learner) if offer.kind is Kind.CMI5 else {}
    done = {unit: "satisfied" for unit, is_satisfied in standing.items() if is_satisfied}
    return [{**line(entry, sessions), **_status(done.get(entry.id))} for entry in entries]


def _status(status: str | None) -> dict[str, object]:
    return {"status": status} if status else {}


def _opened(desk: Desk, offer: Offer, entry: Entry, wish: Wish) -> dict[str, object]:
    """What is opened; content that reports to an LRS is launched with a session and secrets of its own."""
    sco: dict[str, object] = {**sco_of(entry, f"/content/{offer.id}/"), "own_window": False}
    package = desk.shelf.package(offer.id)
    if offer.kind not in _AT_AN_LRS or package is None:
        return sco
    back = f"{origin_of(offer.id, desk.port)}/lms/{offer.id}/left"
    mode = launched.Mode[wish.mode.upper()]
    begun = desk.launches.begin(offer, package, entry.id, wish.learner, mode=mode, back=back)
    return {**sco, "url": begun.url, "own_window": begun.own_window}


def _kept(offer: Offer, entry: Entry, sessions: Sequence[Session], wish: Wish) -> dict[str, str]:
    is_2004 = offer.kind is Kind.SCORM2004
    own = [session for session in sessions if session.whose.sco == entry.id]
    return {**kept(own, is_2004=is_2004), **told(wish.learner, wish.mode, is_2004=is_2004)}
