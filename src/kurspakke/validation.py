"""Whatever paths name, checked one after the other: targets → findings → control → reports.

A target's files are let go of before the next one is looked at, so that hundreds of packages need no more room
than the largest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kurspakke.baseline import Baseline
from kurspakke.clock import today
from kurspakke.contents import contents_of
from kurspakke.control import Control
from kurspakke.findings import below, ordered
from kurspakke.package import Kind
from kurspakke.reporters.target import TargetReport
from kurspakke.rules.validate import validate_package
from kurspakke.targets import Form, Target, find_targets


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of one validation, the same for each of its targets. It can be sent to another process.

    `today` decides whether what a course accepts has run out; what `baseline` knows is no news.
    With `play`, packages are played in a browser, too; with `describes`, their contents are told. `profiles` are the
    LMSs that packages are held to, by id or by the path of a profile (see profiles/chosen.py).
    """

    control: Control = field(default_factory=Control)
    today: date = field(default_factory=today)
    baseline: Baseline | None = None
    play: bool = False
    profiles: tuple[str, ...] = ()
    describes: bool = False


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
    return (report(target, wish) for target in find_targets(paths))


def report(target: Target, wish: Wish) -> TargetReport:
    """What is to be said of one target."""
    raw = _source(target, wish.today) if target.form is Form.SOURCE else _package(target, wish)
    found = replace(raw, findings=tuple(wish.control.kept(raw.findings)))
    return wish.baseline.compare(found) if wish.baseline else found


def _source(target: Target, day: date) -> TargetReport:
    # Here, since looking at packages needs nothing of what reading a course does.
    from kurspakke.coverage import coverage
    from kurspakke.rules.source import validate_source
    from kurspakke.source import read_source

    folder = Path(target.path)
    source = read_source(folder)
    findings = below(folder, validate_source(source, day))
    return TargetReport(target.path, Kind.SOURCE, findings, goals=tuple(coverage(source)))


def _package(target: Target, wish: Wish) -> TargetReport:
    package = target.package()
    findings = validate_package(package)
    if wish.play and package.kinds and not package.is_bare:
        from kurspakke.rules.playing import validate_played

        findings = ordered((*findings, *validate_played(package)))
    if wish.profiles:
        # Here, since most packages are looked at for no LMS in particular.
        from kurspakke.profiles.chosen import chosen
        from kurspakke.rules.held import held

        findings = held(package, findings, [chosen(lms) for lms in wish.profiles])
    contents = contents_of(package) if wish.describes else None
    return TargetReport(target.path, package.kind, findings, contents=contents)
