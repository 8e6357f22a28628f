"""Whatever paths name, checked one after the other: targets → findings → control → reports.

A target's files are let go of before the next one is looked at, so that hundreds of packages need no more room
than the largest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kurspakke.baseline import Baseline
from kurspakke.clock import today
from kurspakke.contents import contents_of
from kurspakke.control import Control
from kurspakke.findings import Finding, Severity, below, ordered
from kurspakke.limits import DEFAULT_LIMITS, Clock, Limits, OutOfTimeError
from kurspakke.package import Kind, Package
from kurspakke.reporters.target import TargetReport
from kurspakke.rules.archive import ARCHIVE
from kurspakke.rules.validate import validate_package
from kurspakke.targets import Form, Target, find_targets

if TYPE_CHECKING:
    from kurspakke.builtpages import BuiltPages
    from kurspakke.source import Source

FEW = 8
"""Fewer targets than that are looked at one after the other, whatever the jobs."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of one validation, the same for each of its targets. It can be sent to another process.

    `today` decides whether what a course accepts has run out; what `baseline` knows is no news.
    With `play`, packages are played in a browser, too; with `describes`, their contents are told, and a course is
    built in memory for the report on its pages. `profiles` are the LMSs that packages are held to, by id or by the
    path of a profile (see profiles/chosen.py). `limits` are what one package may ask of us, `jobs` how many processes
    look at packages side by side.
    """

    control: Control = field(default_factory=Control)
    today: date = field(default_factory=today)
    baseline: Baseline | None = None
    play: bool = False
    profiles: tuple[str, ...] = ()
    describes: bool = False
    limits: Limits = DEFAULT_LIMITS
    jobs: int = 1


def validate_paths(paths: Iterable[str], wish: Wish) -> Iterator[TargetReport]:
    """A report for each target that the paths name, made when it is asked for.

    Raises:
        KurspakkeError: there is nothing at a path, or it can't be read.
        UsageError: a profile that is asked for is none.
    """
    if wish.profiles:
        from kurspakke.profiles.chosen import chosen

        for word in wish.profiles:  # told before any work is done
            chosen(word)
    return reports(find_targets(paths), wish)


def reports(targets: Iterable[Target], wish: Wish) -> Iterator[TargetReport]:
    """A report for each target in their order, made side by side by as many processes as the wish has jobs."""
    waiting = iter(targets)
    first = list(islice(waiting, FEW)) if wish.jobs > 1 else []
    if len(first) < FEW:  # a process takes longer to start than such a package to be looked at
        yield from (report(target, wish) for target in chain(first, waiting))
        return
    from kurspakke.sidebyside import in_order

    yield from in_order(partial(report, wish=wish), chain(first, waiting), wish.jobs)


def report(target: Target, wish: Wish) -> TargetReport:
    """What is to be said of one target."""
    raw = _source(target, wish) if target.form is Form.SOURCE else _package(target, wish)
    found = replace(raw, findings=tuple(wish.control.kept(raw.findings)))
    if pages := found.pages:
        found = replace(found, pages=replace(pages, findings=tuple(wish.control.kept(pages.findings))))
    return wish.baseline.compare(found) if wish.baseline else found


def _source(target: Target, wish: Wish) -> TargetReport:
    # Here, since looking at packages needs nothing of what reading a course does.
    from kurspakke.coverage import coverage
    from kurspakke.readability import readings
    from kurspakke.rules.source import validate_source
    from kurspakke.sourcereader import read_source

    folder = Path(target.path)
    source = read_source(folder)
    findings = below(folder, validate_source(source, wish.today))
    return TargetReport(
        target.path,
        Kind.SOURCE,
        findings,
        goals=tuple(coverage(source)),
        readings=tuple(readings(source)),
        pages=_pages(source, findings) if wish.describes else None,
    )


def _pages(source: Source, findings: tuple[Finding, ...]) -> BuiltPages | None:
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None
    from kurspakke.builtpages import built_pages

    return built_pages(source)


def _package(target: Target, wish: Wish) -> TargetReport:
    package = target.package(wish.limits)
    findings = validate_package(package)
    try:
        return _judged(target.path, package, findings, wish)
    except OutOfTimeError:
        told = ordered((*findings, *ARCHIVE.findings(package, Clock())))  # among them, that time is up
        return TargetReport(target.path, Kind.UNKNOWN, told)


def _judged(path: str, package: Package, findings: tuple[Finding, ...], wish: Wish) -> TargetReport:
    """The report with what was asked for besides the rules about any package."""
    if wish.play and package.kinds and not package.is_bare:
        from kurspakke.rules.playing import validate_played

        findings = ordered((*findings, *validate_played(package)))
    if wish.profiles:
        # Here, since most packages are looked at for no LMS in particular.
        from kurspakke.profiles.chosen import chosen
        from kurspakke.rules.held import held

        findings = held(package, findings, [chosen(lms) for lms in wish.profiles])
    contents = contents_of(package) if wish.describes else None
    return TargetReport(path, package.kind, findings, contents=contents)
