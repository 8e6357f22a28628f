"""Scores a survey. The player does the same in `scoring.ts`; tests/vectors/survey.json holds both to it.

Whole numbers only, until a result is rounded half up: so that both languages give the same digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kurspakke.instrument import Instrument, Statement

Answers = Mapping[str, int | None]
"""Points by item id; None for «vet ikke»."""


@dataclass(frozen=True, slots=True)
class Score:
    """The mean of a group in tenths of a point, and as a percentage of the way from the lowest to the highest point."""

    tenths: int
    percent: int


@dataclass(frozen=True, slots=True)
class Row:
    """The result of a step or dimension: None where too few items are answered.

    `gap` is the ambition less what is now, in tenths. `position` and `threshold` are places in the instrument's list of
    thresholds: what is said about where it stands, and which barrier or opportunity it is.
    """

    id: str
    now: Score | None
    ambition: Score | None
    gap: int | None
    position: int | None
    threshold: int | None


def result(
    instrument: Instrument, now: Answers, ambition: Answers
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of the staircase and of the profile; either may be empty."""
    steps = (
        _row(
            instrument, group.id, [item for item in instrument.items if item.step == group.id], now, ambition
        )
        for group in instrument.steps
    )
    dimensions = (
        _row(
            instrument,
            group.id,
            [item for item in instrument.items if item.dimension == group.id],
            now,
            ambition,
        )
        for group in instrument.dimensions
    )
    return tuple(steps), tuple(dimensions)


def _row(
    instrument: Instrument, name: str, items: Sequence[Statement], now: Answers, ambition: Answers
) -> Row:
    is_now = _score(instrument, items, now)
    wanted = _score(instrument, items, ambition) if instrument.ambition else None
    gap = wanted.tenths - is_now.tenths if wanted and is_now else None
    position, threshold = (
        _threshold(instrument, name, is_now.tenths, position=said) if is_now else None
        for said in (True, False)
    )
    return Row(name, is_now, wanted, gap, position, threshold)


def _score(instrument: Instrument, items: Sequence[Statement], answers: Answers) -> Score | None:
    scale = instrument.scale
    given = list(_given(instrument, items, answers))
    if not given or len(given) * 100 < instrument.scoring.min_answered * len(items):
        return None
    weights = sum(weight for weight, _ in given)
    points = sum(weight * point for weight, point in given)
    return Score(
        tenths=_rounded(10 * points, weights),
        percent=_rounded(100 * (points - scale.min * weights), (scale.max - scale.min) * weights),
    )


def _given(instrument: Instrument, items: Sequence[Statement], answers: Answers) -> Iterator[tuple[int, int]]:
    """Weight and points of each answer on the scale."""
    scale = instrument.scale
    for item in items:
        point = answers.get(item.id)
        if point is not None and scale.min <= point <= scale.max:
            yield item.weight, scale.min + scale.max - point if item.reversed else point


def _threshold(instrument: Instrument, name: str, tenths: int, *, position: bool) -> int | None:
    """The highest threshold that is reached; one about this very group goes before those about all.

    Either among the positions or among the others.
    """
    limits = [
        (index, limit)
        for index, limit in enumerate(instrument.thresholds)
        if (limit.kind == "position") is position
    ]
    own = [(index, limit) for index, limit in limits if limit.about == name]
    fitting = own or [(index, limit) for index, limit in limits if limit.about is None]
    reached = [(limit.tenths, -index) for index, limit in fitting if limit.tenths <= tenths]
    return -max(reached)[1] if reached else None


def _rounded(part: int, whole: int) -> int:
    """A quotient, rounded half up."""
    return (2 * part + whole) // (2 * whole)
