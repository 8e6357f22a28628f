"""Rules about the LMS that a course is set up for."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.profiles import GENERIC, profile_ids
from kurspakke.project import COURSE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.source import Source, profile_file

LMS: Family[Source] = Family("SRC", first=100)


@LMS.rule(70, "unknown-lms", Severity.ERROR)
def unknown_lms(source: Source) -> Iterator[Problem]:
    """The LMS that a course is set up for is one that there is a profile of.

    A profile says how an LMS wants to be told: `failed` or not, when the score comes, whose pass mark counts. Where
    yours is not among them, fill in a questionnaire (`kurspakke profile new profiles/ID.yaml`); where learners come
    by several, leave `lms` out: what is reported then works everywhere.
    """
    named = source.course.head.lms if source.course else GENERIC
    own = source.shaped.get(profile_file(named))
    called = getattr(own.value, "id", named) if own else named
    if own and called != named:
        message = f"this profile has the id «{called}», its file is called {named}.yaml"
        yield Problem(own.document.locate(("id",)), message, f"write `id: {named}`")
    elif named != GENERIC and named not in profile_ids() and not own:
        hint = did_you_mean(named, profile_ids(), f"there are {listing(profile_ids())}")
        yield Problem(source.locate(COURSE_FILE, "lms"), f"there is no LMS profile «{named}»", hint)
