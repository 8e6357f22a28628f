"""The report for a person at a terminal: grouped by file, each finding with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kurspakke.coverage import Covered
from kurspakke.findings import Finding, Severity, count, ordered
from kurspakke.minding import minding
from kurspakke.readability import listed
from kurspakke.reporters.target import Compared, TargetReport

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def render(targets: Sequence[TargetReport], *, colour: bool = False) -> str:
    """Every finding as `file:line:column severity RULE name`, its message and what to do; then the sums."""
    lines = [line for target in targets for line in _target(target, colour=colour)]
    everything = [finding for target in targets for finding in target.findings]
    return "\n".join([*lines, _sums(len(targets), everything)]) + "\n"


def _target(target: TargetReport, *, colour: bool) -> Iterator[str]:
    if not target.findings:
        yield f"{_ink(target.path, '1', colour=colour)}: {target.kind}, no findings"
        yield ""
    if target.compared:
        yield from _compared(target.compared)
    for path, findings in groupby(ordered(target.findings), key=lambda finding: finding.location.path):
        yield _ink(printable(path), "1", colour=colour)
        for finding in findings:
            yield from _finding(finding, colour=colour)
        yield ""
    if target.goals:
        yield from _goals(target.goals)
    if target.readings:
        yield from listed(target.readings)
        yield ""


def _goals(goals: Sequence[Covered]) -> Iterator[str]:
    served = sum(bool(goal.components) for goal in goals)
    yield f"goals: {served} of {len(goals)} served"
    for goal in goals:
        yield f"  {goal.module} {goal.goal}: {', '.join(goal.components) or 'no component'}"
    yield ""


def _finding(finding: Finding, *, colour: bool) -> Iterator[str]:
    severity = _ink(finding.severity.value, _COLOURS[finding.severity], colour=colour)
    yield f"  {printable(str(finding.location))} {severity} {finding.rule.id} {finding.rule.name}"
    yield f"      {printable(finding.message)}"
    if finding.hint:
        yield f"      → {printable(finding.hint)}"
    if not finding.profiles and (lmss := minding(finding.rule.id)):  # otherwise the message names them
        yield f"      minded by: {', '.join(lmss)}"


def _compared(compared: Compared) -> Iterator[str]:
    if compared.known:
        yield f"  {_number(compared.known, 'known finding')} of the baseline left out"
    for entry in compared.fixed:
        times = f" ({entry.count} times)" if entry.count > 1 else ""
        yield f"  mended: {entry.rule} {entry.name} {printable(entry.path)}{times}: {printable(entry.message)}"
    if compared.known or compared.fixed:
        yield ""


def _sums(targets: int, findings: Sequence[Finding]) -> str:
    numbers = ", ".join(_number(number, severity.value) for severity, number in count(findings).items())
    return f"{_number(targets, 'target')} checked: {numbers}"


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    """`text` on one line and without control characters, which a stranger's file name could steer a terminal by."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def _ink(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
