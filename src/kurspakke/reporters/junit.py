"""JUnit XML, which nearly every CI shows: a suite for each target, a case for each rule that found something.

An error is a failure; warnings and notes stand in the case's output, so that they are seen and break nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from kurspakke.findings import Finding, Severity, ordered
from kurspakke.formats.xmlwriter import Element, element, to_bytes
from kurspakke.reporters.target import TargetReport
from kurspakke.reporters.text import printable

_MOST = 100
"""So many breaches of one rule are told in words; the others are counted."""


def render(targets: Sequence[TargetReport], *, colour: bool = False) -> str:
    """The findings of all targets as one `testsuites` element."""
    del colour
    root = element("testsuites", attributes={"name": "kurspakke"})
    sums = [_suite(root, target) for target in targets]
    for name, number in zip(("tests", "failures"), map(sum, zip(*sums, strict=True)), strict=False):
        root.set(name, str(number))
    return to_bytes(root).decode()


def _suite(root: Element, target: TargetReport) -> tuple[int, int]:
    suite = element("testsuite", root, attributes={"name": printable(target.path)})
    cases = [list(found) for _, found in groupby(sorted(target.findings, key=_id), key=_id)]
    failures = sum([_case(suite, target, ordered(found)) for found in cases])
    if not cases:
        name = f"{target.kind}: no findings"
        element("testcase", suite, attributes={"name": name, "classname": printable(target.path)})
    for key, number in (("tests", len(cases) or 1), ("failures", failures), ("errors", 0), ("skipped", 0)):
        suite.set(key, str(number))
    return len(cases) or 1, failures


def _id(finding: Finding) -> str:
    return finding.rule.id


def _case(suite: Element, target: TargetReport, findings: Sequence[Finding]) -> bool:
    """A case for these findings of one rule; whether it failed."""
    rule = findings[0].rule
    name, path = f"{rule.id} {rule.name}", printable(target.path)
    case = element("testcase", suite, attributes={"name": name, "classname": path})
    place = findings[0].location
    if not target.is_file:
        case.set("file", printable(place.path))
    if place.line:
        case.set("line", str(place.line))
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        attributes = {"message": printable(errors[0].message), "type": rule.id}
        element("failure", case, _words(errors), attributes=attributes)
    others = [finding for finding in findings if finding.severity is not Severity.ERROR]
    if others:
        element("system-out", case, _words(others))
    return bool(errors)


def _words(findings: Sequence[Finding]) -> str:
    lines = [line for finding in findings[:_MOST] for line in _lines(finding)]
    more = [f"and {len(findings) - _MOST} more"] if len(findings) > _MOST else []
    return "\n".join([*lines, *more])


def _lines(finding: Finding) -> Iterable[str]:
    yield printable(f"{finding.location}: {finding.severity}: {finding.message}")
    if finding.hint:
        yield printable(f"  {finding.hint}")
