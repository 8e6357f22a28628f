"""Rules about assessments that need to know their course: its audiences, and the limits of its modules."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.components.assessment import Assessment
from kurspakke.findings import Severity
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source, page_file
from kurspakke.spot import Spot

ASSESSMENTS: Family[Source] = Family("SRC", first=100)


@ASSESSMENTS.rule(15, "draw-larger-than-bank", Severity.ERROR)
def draw_larger_than_bank(source: Source) -> Iterator[Problem]:
    """A bank holds at least as many questions as are drawn from it, for each audience that meets it.

    Otherwise the learner gets fewer questions than the author meant.
    """
    for spot, test in _assessments(source):
        banks = [("", len(test.bank))]
        if test.draw and test.draw <= len(test.bank):
            named = _audiences(source, spot)
            banks = [(f" for «{name}»", len(test.shown_to(name).bank)) for name in named]
        for whose, count in banks:
            if test.draw and count < test.draw:
                message = f"{test.draw} questions are drawn, and the bank has {count}{whose}"
                yield spot.problem(message, "add questions, or draw fewer", "draw")


@ASSESSMENTS.rule(18, "pass-marks-disagree", Severity.ERROR)
def pass_marks_disagree(source: Source) -> Iterator[Problem]:
    """A module has one limit: `pass_mark` says the same as the module's `mastery_score`, or is left out.

    The learner would read «bestått» where the LMS says the opposite, or the other way round.
    """
    limits = {
        module.id: module.head.mastery_score for module in (source.course.modules if source.course else ())
    }
    for spot, test in _assessments(source):
        limit = limits[spot.module]
        if limit is not None and test.pass_mark is not None and test.pass_mark != limit:
            yield spot.problem(
                f"`pass_mark` is {test.pass_mark}, and the module's `mastery_score` is {limit}",
                "leave `pass_mark` out, or let the two be the same",
                "pass_mark",
            )


def _assessments(source: Source) -> Iterator[tuple[Spot, Assessment]]:
    for spot in source.spots:
        if isinstance(spot.component, Assessment):
            yield spot, spot.component


def _audiences(source: Source, spot: Spot) -> list[str]:
    """The audiences that meet a component on its page."""
    if source.course is None:
        return []
    pages = {
        page_file(module.id, page.id): page.show_for
        for module in source.course.modules
        for page in module.pages
    }
    shown = (pages[spot.document.path], spot.component.show_for)
    names = [audience.id for audience in source.course.head.audiences]
    return [name for name in names if all(not only or name in only for only in shown)]
