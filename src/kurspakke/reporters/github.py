"""Annotations of GitHub Actions: workflow commands on stdout, and a step summary in Markdown.

GitHub shows ten annotations of each level of one step and drops the others without a word: the gravest levels come
first, and where there are more than ten, the tenth says how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kurspakke.findings import Finding, Severity, count
from kurspakke.reporters.target import TargetReport, worst_first
from kurspakke.reporters.text import printable

MOST = 10
"""Annotations of one level that GitHub shows of one step."""
MOST_SUMMARY_BYTES = 1_000_000
"""GitHub takes a step's summary up to 1 MiB, and nothing of a larger one."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "💡"}

Found = tuple[TargetReport, Finding]


def render(targets: Sequence[TargetReport], *, colour: bool = False) -> str:
    """At most ten commands of each level, and the sums in plain words."""
    del colour
    found = [(target, finding) for target in targets for finding in worst_first(target.findings)]
    lines = [line for severity in Severity for line in _level(severity, found)]
    return "\n".join([*lines, _sums(targets)]) + "\n"


def _level(severity: Severity, everything: Sequence[Found]) -> Iterator[str]:
    found = [one for one in everything if one[1].severity is severity]
    shown = found if len(found) <= MOST else found[: MOST - 1]
    yield from (_annotation(*one) for one in shown)
    if more := len(found) - len(shown):
        text = f"and {_number(more, severity)} more: the step's summary and the other reports have them"
        yield f"::{_COMMANDS[severity]} title=kurspakke::{text}"


def _annotation(target: TargetReport, finding: Finding) -> str:
    inside = target.inside(finding) if target.is_file else ""
    location = finding.location
    properties = {"file": target.path if inside else location.path}
    if not inside and location.line:
        properties["line"] = str(location.line)
        if location.column:
            properties["col"] = str(location.column)
    properties["title"] = f"{finding.rule.id} {finding.rule.name}"
    place = f"{location.path[len(target.path) + 1 :]}:{location.line}: " if inside and location.line else ""
    place = place or (f"{inside}: " if inside else "")
    text = "\n".join(printable(part) for part in (f"{place}{finding.message}", finding.hint) if part)
    words = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {words}::{_data(text)}"


def _data(text: str) -> str:
    """The text of a command, as the runner decodes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a command's property, as the runner decodes it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sums(targets: Sequence[TargetReport]) -> str:
    numbers = count(finding for target in targets for finding in target.findings)
    words = ", ".join(_number(number, severity) for severity, number in numbers.items())
    return f"{len(targets)} {'target' if len(targets) == 1 else 'targets'} checked: {words}"


def _number(number: int, severity: Severity) -> str:
    return f"{number} {severity}{'' if number == 1 else 's'}"


def summary(targets: Sequence[TargetReport]) -> str:
    """The step's summary: the sums, and a table for each target, cut where GitHub would take nothing at all."""
    blocks = [f"### kurspakke validate\n\n{_sums(targets)}\n"]
    room = MOST_SUMMARY_BYTES - 1_000
    for block in _blocks(targets):
        room -= len(block.encode(errors="replace"))
        if room < 0:
            blocks.append("\n\nThere is no room for the rest: the other reports have it.\n")
            break
        blocks.append(block)
    return "".join(blocks)


def _blocks(targets: Sequence[TargetReport]) -> Iterator[str]:
    for target in targets:
        yield f"\n#### {_cell(target.path)} ({target.kind})\n\n"
        if not target.findings:
            yield "No findings.\n"
            continue
        yield "| | rule | place | what, and what to do |\n|---|---|---|---|\n"
        for finding in worst_first(target.findings):
            place = target.inside(finding) or finding.location.path
            line = f":{finding.location.line}" if finding.location.line else ""
            what = _cell(finding.message) + (f"<br>{_cell(finding.hint)}" if finding.hint else "")
            rule = f"{finding.rule.id} {finding.rule.name}"
            yield f"| {_MARKS[finding.severity]} | {rule} | {_cell(place + line)} | {what} |\n"


def _cell(text: str) -> str:
    """A stranger's text in a table: on one line, and no markup."""
    plain = printable(text[:2_000]).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{char}" if char in "\\`*_[]|~#!@" else char for char in plain)
