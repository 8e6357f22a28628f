"""Rules about the time that a module says it takes."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.editions import first_audience, pages_for
from kurspakke.findings import Severity
from kurspakke.pace import said
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source, module_file

PACE: Family[Source] = Family("SRC", first=40)


@PACE.rule(15, "minutes-differ", Severity.WARNING)
def minutes_differ(source: Source) -> Iterator[Problem]:
    """The minutes of a module's pages make the minutes of the module.

    Learners read both, and see how many are left; an audience that meets only some of the pages is told theirs. Counted
    are the pages that the course's first audience meets. Where some of them don't say how long they take, the others
    take less than the module.
    """
    course = source.course
    if course is None:
        return
    first = first_audience(course)
    for module in course.modules:
        pages = pages_for(module, first) if module.whole else ()
        minutes, total = module.head.minutes, said(pages)
        silent = sum(page.minutes is None for page in pages)
        if total and (total >= minutes if silent else total != minutes):
            place = source.locate(module_file(module.id), "minutes")
            message = f"the module takes {minutes} minutes, and its pages take {total}"
            if silent:
                message += f" without the {silent} that don't say"
            yield Problem(
                place, message, f"write `minutes: {total + silent}`, or mend the minutes of the pages"
            )
