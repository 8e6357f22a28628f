"""Rules about the time that a module says it takes."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.editions import first_audience, pages_for
from kurspakke.findings import Severity
from kurspakke.pace import said
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source, module_file, page_file

PACE: Family[Source] = Family("SRC", first=40)


@PACE.rule(15, "minutes-differ", Severity.WARNING)
def minutes_differ(source: Source) -> Iterator[Problem]:
    """The minutes of a module's pages make the minutes of the module.

    Learners read both, and see how many are left; an audience that meets only some of the pages is told theirs, and one
    that meets less of a page, what its `minutes_for` says. Counted
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


@PACE.rule(18, "minutes-for-nobody", Severity.WARNING)
def minutes_for_nobody(source: Source) -> Iterator[Problem]:
    """A page's `minutes_for` is about audiences that meet it, and about others than the first one.

    What it takes the course's first audience is its `minutes`. Where others meet less of it, without a survey for
    instance, `minutes_for: {ansatt: 5}` says how long that takes.
    """
    course = source.course
    if course is None:
        return
    first = first_audience(course)
    known = {audience.id for audience in course.head.audiences}
    for module in course.modules:
        for page in module.pages:
            for audience in page.minutes_for:
                if audience == first:
                    message, hint = f"«{first}» is the course's first audience", "write it as `minutes:`"
                elif page.show_for and audience in known - {*page.show_for}:
                    message, hint = (
                        f"«{audience}» does not meet this page",
                        "remove it, or add it to show_for",
                    )
                else:
                    continue
                place = source.locate(page_file(module.id, page.id), "minutes_for", audience)
                yield Problem(place, message, hint)
