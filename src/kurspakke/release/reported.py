"""What SCORM packages of a release report, in words for administrators, and what an LMS is known to keep of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kurspakke.course import Course
from kurspakke.profile import Profile
from kurspakke.profiles import DEFAULTS
from kurspakke.release.offer import VersionOffer
from kurspakke.release.words import release_words

_STATES = {
    "completed": "state_completed",
    "passed": "state_passed",
    "incomplete": "state_incomplete",
    "failed": "state_failed",
}
_SCORES = {"ripe": "reported_score_ripe", "done": "reported_score_done"}


@dataclass(frozen=True, slots=True)
class Reported:
    """Something that the package reports, when, and whether the LMS is known to keep it: yes, no or not known."""

    name: str
    when: str
    kept: str


def reported(
    course: Course, offers: Sequence[VersionOffer], lms: Profile, language: str
) -> Iterator[Reported]:
    """What the packages of these versions report, by the LMS that the course is set up for, beside what `lms` keeps."""
    t = release_words(language)
    for key, name, when in _told(course, offers, t):
        kept = "unknown" if lms.reports is None else "yes" if key in lms.reports.value else "no"
        yield Reported(name, when, t[kept])


def _told(
    course: Course, offers: Sequence[VersionOffer], t: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    tracked = course.lms.tracked if course.lms else DEFAULTS
    rules = [rule for offer in offers for module in offer.modules for rule in module.rules]
    judged = any(rule.has_questions for rule in rules)
    states = ["under_way", "completed"]
    if any(rule.mastery is not None for rule in rules):
        states += ["passed", "below"]
    words = ", ".join(dict.fromkeys(t[_STATES[tracked[state]]] for state in states))
    yield "status", t["reported_status"], t["reported_status_when"].replace("{states}", words)
    if judged and tracked["score"] in _SCORES:
        yield "score", t["reported_score"], t[_SCORES[tracked["score"]]]
    yield "time", t["reported_time"], t["reported_time_when"]
    yield "bookmark", t["reported_bookmark"], t["reported_bookmark_when"]
    if judged:
        yield "interactions", t["reported_answers"], t["reported_answers_when"]
