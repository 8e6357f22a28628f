"""Rules about the LMS that a course is set up for."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.profiles import ANY, profile_ids
from kurspakke.project import COURSE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.source import Source

LMS: Family[Source] = Family("SRC", first=100)


@LMS.rule(70, "unknown-lms", Severity.ERROR)
def unknown_lms(source: Source) -> Iterator[Problem]:
    """The LMS that a course is set up for is one that there is a profile of.

    A profile says how an LMS wants to be told: `failed` or not, when the score comes, whose pass mark counts. Where
    yours is not among them, or learners come by several, leave `lms` out: what is reported then works everywhere.
    """
    named = source.course.head.lms if source.course else ANY
    if named != ANY and named not in profile_ids():
        hint = did_you_mean(named, profile_ids(), f"there are {listing(profile_ids())}")
        yield Problem(source.locate(COURSE_FILE, "lms"), f"there is no LMS profile «{named}»", hint)
