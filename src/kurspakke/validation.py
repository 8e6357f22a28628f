"""Whatever a path names, checked: a course's source, or a package in any shape."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kurspakke.findings import below
from kurspakke.package import Kind
from kurspakke.reporters.target import TargetReport
from kurspakke.rules.source import validate_source
from kurspakke.rules.validate import validate_package
from kurspakke.source import read_source
from kurspakke.targets import Form, Target, find_targets


def validate_paths(paths: Iterable[str]) -> tuple[TargetReport, ...]:
    """A report for each target that the paths name. Raises KurspakkeError for a path where nothing is."""
    return tuple(_report(target) for target in find_targets(paths))


def _report(target: Target) -> TargetReport:
    if target.form is Form.SOURCE:
        folder = Path(target.path)
        return TargetReport(target.path, Kind.SOURCE, below(folder, validate_source(read_source(folder))))
    package = target.package()
    return TargetReport(target.path, package.kind, validate_package(package))
