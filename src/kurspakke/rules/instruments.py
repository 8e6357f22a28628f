"""Rules about instruments: that every statement counts somewhere, and every result can come about."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Location, Severity
from kurspakke.instrument import Instrument, instrument_file
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean
from kurspakke.source import Source

INSTRUMENTS: Family[Source] = Family("SRC", first=100)


@INSTRUMENTS.rule(56, "unknown-group", Severity.ERROR)
def unknown_group(source: Source) -> Iterator[Problem]:
    """Statements and thresholds name steps and dimensions that the instrument has.

    With an unknown one a statement would be asked and never counted.
    """
    for instrument in _instruments(source):
        for keys, name, known in _named(instrument):
            if name is not None and name not in known:
                hint = did_you_mean(name, known, "add it to the instrument, or take the word away")
                yield Problem(
                    _place(source, instrument, *keys), f"there is no «{name}» in the instrument", hint
                )


@INSTRUMENTS.rule(57, "statement-counts-nowhere", Severity.ERROR)
def counts_nowhere(source: Source) -> Iterator[Problem]:
    """Every statement counts in each result that the instrument has.

    An instrument with steps needs to know the step of each statement, one with dimensions the dimension; one with
    neither has no result.
    """
    for instrument in _instruments(source):
        if not instrument.steps and not instrument.dimensions:
            place = _place(source, instrument, "items")
            yield Problem(place, "the instrument has no result", "add `steps:` or `dimensions:`")
        for index, item in enumerate(instrument.items):
            for key, groups in (("step", instrument.steps), ("dimension", instrument.dimensions)):
                if groups and getattr(item, key) is None:
                    place = _place(source, instrument, "items", index, "id")
                    yield Problem(place, f"{item.id}: the statement has no {key}", f"add `{key}:`")


@INSTRUMENTS.rule(58, "group-without-statements", Severity.ERROR)
def without_statements(source: Source) -> Iterator[Problem]:
    """Every step and dimension has statements.

    Without any it never gets a score.
    """
    for instrument in _instruments(source):
        named = {name for item in instrument.items for name in (item.step, item.dimension)}
        for key, groups in (("steps", instrument.steps), ("dimensions", instrument.dimensions)):
            for index, group in enumerate(groups):
                if group.id not in named:
                    place = _place(source, instrument, key, index, "id")
                    yield Problem(place, f"no statement is about «{group.id}»", "add one, or take it out")


@INSTRUMENTS.rule(59, "threshold-off-the-scale", Severity.ERROR)
def off_the_scale(source: Source) -> Iterator[Problem]:
    """A threshold lies on the scale.

    Above it, its text would never be said. The lowest one usually is the scale's lowest point, so that something is said
    about every score.
    """
    for instrument in _instruments(source):
        scale = instrument.scale
        for index, limit in enumerate(instrument.thresholds):
            if not scale.min * 10 <= limit.tenths <= scale.max * 10:
                place = _place(source, instrument, "thresholds", index, "at_least")
                message = f"{limit.at_least} is not between {scale.min} and {scale.max}"
                yield Problem(place, message, "write a point on the scale")


def _instruments(source: Source) -> tuple[Instrument, ...]:
    return source.course.instruments if source.course else ()


def _named(instrument: Instrument) -> Iterator[tuple[tuple[str | int, ...], str | None, list[str]]]:
    """Every mention of a step or dimension: its keys, the id, and the ids there are."""
    steps = [group.id for group in instrument.steps]
    dimensions = [group.id for group in instrument.dimensions]
    for index, item in enumerate(instrument.items):
        yield ("items", index, "step"), item.step, steps
        yield ("items", index, "dimension"), item.dimension, dimensions
    for index, limit in enumerate(instrument.thresholds):
        yield ("thresholds", index, "about"), limit.about, steps + dimensions


def _place(source: Source, instrument: Instrument, *keys: str | int) -> Location:
    return source.locate(instrument_file(instrument.id), *keys)
