"""The report on a version's packages, with each criterion of WCAG, as `validate --report html` writes it.

Packages that are the same but for a locality's names are looked at once (alike.py), if what is found tells of no name
and of no place that a name may have moved.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kurspakke.findings import ContentError, Finding, Severity
from kurspakke.press.blanks import TEXTS, Names
from kurspakke.release.alike import likeness, tells
from kurspakke.reporters import REPORTERS
from kurspakke.reporters.target import TargetReport
from kurspakke.sidebyside import in_order
from kurspakke.targets import Form, Target
from kurspakke.validation import Wish, report
from kurspakke.zipreader import read_zip

_MOST = 512
"""So many reports are remembered at a time."""

_looked_at: OrderedDict[str, TargetReport] = OrderedDict()
"""What this process has found, by likeness: it stays true, whatever is released."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A package to look at: its name, where it lies, its SHA-256, and the names of its locality in it."""

    name: str
    place: Path
    sha256: str
    named: Names


@dataclass(frozen=True, slots=True)
class Checked:
    """The packages of a version, and the report about them once it is made."""

    version: str
    packages: tuple[Looked, ...]
    page: bytes = b""


def check_reports(versions: Iterable[Checked], jobs: int) -> Iterator[Checked]:
    """Each version with its page, in order, made by so many processes.

    Raises:
        ContentError: the validator finds an error in a package: what is released is in order.
    """
    versions = tuple(versions)
    if min(jobs, len(versions)) < 2:
        yield from map(_checked, versions)
    else:
        yield from in_order(_checked, versions, min(jobs, len(versions)))


def _checked(version: Checked) -> Checked:
    found = [_report(package) for package in version.packages]
    errors = [finding for report in found for finding in _errors(report)]
    if errors:
        raise ContentError(errors)
    return replace(version, page=REPORTERS["html"].render(found).encode())


def _report(package: Looked) -> TargetReport:
    """By its own name: where it lay when it was looked at is nobody's business."""
    alike = likeness(package.place, package.named)
    if alike and alike.sum in _looked_at:
        _looked_at.move_to_end(alike.sum)
        return _as_if(_looked_at[alike.sum], package.name, alike.bytes)
    found = report(Target(str(package.place), Form.ZIP), Wish(describes=True))
    found = _renamed(found, package.name)
    if alike and _is_of_all(found, package):
        _looked_at[alike.sum] = found
        while len(_looked_at) > _MOST:
            _looked_at.popitem(last=False)
    return found


def _is_of_all(found: TargetReport, package: Looked) -> bool:
    """Whether the same is to be said of the package of every locality."""
    said = [text for one in found.findings for text in (one.message, one.hint)]
    if tells(repr((said, found.contents)), package.named):
        return False
    return not any(_may_move(finding, package) for finding in found.findings)


def _may_move(finding: Finding, package: Looked) -> bool:
    """Whether a name stands in the line of which the finding tells the column."""
    place = finding.location
    name = place.path.removeprefix(f"{package.name}/")
    if not place.column or not name.endswith(TEXTS):
        return False
    file = read_zip(package.place, verify=False).tree.get(name)
    lines = file.read().split(b"\n") if file else []
    line = b"".join(lines[place.line - 1 : place.line])
    return not line or any(known in line for known, _ in package.named)


def _as_if(found: TargetReport, name: str, size: int) -> TargetReport:
    """What was found, as it is to be said of a package that is the same: only its bytes have another number."""
    contents = found.contents and replace(found.contents, bytes=size)
    return replace(_renamed(found, name), contents=contents)


def _renamed(found: TargetReport, name: str) -> TargetReport:
    findings = tuple(_moved(finding, found.path, name) for finding in found.findings)
    return replace(found, path=name, findings=findings)


def _moved(finding: Finding, old: str, new: str) -> Finding:
    path = finding.location.path
    if path != old and not path.startswith(f"{old}/"):
        return finding
    return replace(finding, location=replace(finding.location, path=new + path[len(old) :]))


def _errors(report: TargetReport) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.severity is Severity.ERROR)
