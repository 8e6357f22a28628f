"""What SCORM packages of a release report, in words for administrators, and what an LMS is known to keep of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kurspakke.course import Course
from kurspakke.profile import Profile
from kurspakke.profiles import DEFAULTS
from kurspakke.release.offer import VersionOffer

_STATES = {"completed": "fullført", "passed": "bestått", "incomplete": "påbegynt", "failed": "ikke bestått"}
_SCORES = {"ripe": "så snart det er et resultat", "done": "når alt er gjort"}


@dataclass(frozen=True, slots=True)
class Reported:
    """Something that the package reports, when, and whether the LMS is known to keep it: ja, nei or ikke kjent."""

    name: str
    when: str
    kept: str


def reported(course: Course, offers: Sequence[VersionOffer], lms: Profile) -> Iterator[Reported]:
    """What the packages of these versions report, by the LMS that the course is set up for, beside what `lms` keeps."""
    for key, name, when in _told(course, offers):
        kept = "ikke kjent" if lms.reports is None else "ja" if key in lms.reports.value else "nei"
        yield Reported(name, when, kept)


def _told(course: Course, offers: Sequence[VersionOffer]) -> Iterator[tuple[str, str, str]]:
    tracked = course.lms.tracked if course.lms else DEFAULTS
    rules = [rule for offer in offers for module in offer.modules for rule in module.rules]
    judged = any(rule.has_questions for rule in rules)
    states = ["under_way", "completed"]
    if any(rule.mastery is not None for rule in rules):
        states += ["passed", "below"]
    words = ", ".join(dict.fromkeys(_STATES[tracked[state]] for state in states))
    yield "status", "Status", f"{words}; hver gang noe endrer seg"
    if judged and tracked["score"] in _SCORES:
        yield "score", "Poengsum fra 0 til 100", _SCORES[tracked["score"]]
    yield "time", "Tidsbruk", "når modulen lukkes"
    yield "bookmark", "Hvor deltakeren var", "underveis, slik at modulen kan fortsette der"
    if judged:
        yield "interactions", "Svar på spørsmål", "når deltakeren svarer"
