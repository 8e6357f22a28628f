"""The first thing that an administrator wants to know: whether this can be imported, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kurspakke.findings import Finding, KurspakkeError, Severity
from kurspakke.minding import minding
from kurspakke.package import Kind
from kurspakke.reporters.target import TargetReport, worst_first
from kurspakke.ruletexts import rule_text

if TYPE_CHECKING:
    from kurspakke.profile import Profile


class Grade(StrEnum):
    """How good the news is."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, in Norwegian, and why."""

    grade: Grade
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class LmsVerdict:
    """The answer for one LMS."""

    name: str
    verdict: Verdict


STANDARDS = {
    Kind.SOURCE: "kildetekst til et kurs",
    Kind.SCORM12: "SCORM 1.2",
    Kind.SCORM2004: "SCORM 2004",
    Kind.XAPI: "xAPI (Tin Can)",
    Kind.CMI5: "cmi5",
    Kind.WEB: "nettutgave uten læringsplattform",
    Kind.UNKNOWN: "ukjent",
}
"""What administrators call the kinds of target."""

_CLEAN = "Kontrollen fant ingenting som står i veien."


def verdict(target: TargetReport) -> Verdict:
    """The answer for the whole target, in any LMS."""
    kind = Kind(target.kind)
    if kind is Kind.SOURCE:
        return _of_source(target.findings)
    if kind is Kind.WEB:
        return _of_web(target.findings)
    where = "" if kind is Kind.UNKNOWN else f" i læringsplattformer som støtter {STANDARDS[kind]}"
    return _of_package(target.findings, where)


def verdicts_by_lms(target: TargetReport) -> tuple[LmsVerdict, ...]:
    """What is known of each LMS that is known to mind something here; the answer for the whole holds for all."""
    minded: dict[str, list[Finding]] = {}
    for finding in target.findings:
        for lms in minding_of(finding):
            minded.setdefault(lms, []).append(finding)
    if not minded:
        return ()
    # Here, since it takes a while to have profiles read.
    from kurspakke.profiles import profile

    answers = [LmsVerdict(_title(profile, lms), _known(minded[lms])) for lms in minded]
    return tuple(sorted(answers, key=lambda answer: answer.name.casefold()))


def _known(findings: Sequence[Finding]) -> Verdict:
    """What is known of one LMS: never that all is well, since other findings may hold for it too."""
    whole = _of_package(findings, "")
    stops = any(rule_text(finding.rule).stops_import for finding in findings)
    titles = {Grade.BAD: "Noe slutter å virke", Grade.MIXED: "Noe bør rettes", Grade.GOOD: "Verdt å vite"}
    if whole.grade is Grade.GOOD:
        return Verdict(Grade.GOOD, titles[Grade.GOOD], _titles(findings))
    stopped = whole.grade is Grade.BAD and stops
    return Verdict(whole.grade, "Importen stopper" if stopped else titles[whole.grade], whole.reason)


def minding_of(finding: Finding) -> tuple[str, ...]:
    """The LMSs that the finding is about, or that are known to mind its rule."""
    return finding.profiles or minding(finding.rule.id)


def _title(profile: Callable[[str], Profile], lms: str) -> str:
    """What people call the LMS; its id where the profile is a course's own, which is not at hand here."""
    try:
        return profile(lms).title
    except KurspakkeError:
        return lms


def _of_package(findings: Sequence[Finding], where: str) -> Verdict:
    errors = [finding for finding in worst_first(findings) if finding.severity is Severity.ERROR]
    stops = [finding for finding in errors if rule_text(finding.rule).stops_import]
    if stops:
        return Verdict(Grade.BAD, "Pakken kan ikke importeres slik den er", _titles(stops))
    if errors:
        title = "Pakken kan trolig importeres, men vil ikke virke som den skal"
        return Verdict(Grade.BAD, title, _titles(errors))
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if warnings:
        return Verdict(Grade.MIXED, f"Pakken kan importeres{where}, men noe bør rettes", _titles(warnings))
    return Verdict(Grade.GOOD, f"Pakken kan importeres{where}", _only_notes(findings))


def _of_source(findings: Sequence[Finding]) -> Verdict:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        return Verdict(Grade.BAD, "Kurset kan ikke bygges slik det er", _titles(errors))
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if warnings:
        return Verdict(Grade.MIXED, "Kurset kan bygges, men noe bør rettes", _titles(warnings))
    return Verdict(Grade.GOOD, "Kurset kan bygges", _only_notes(findings))


def _of_web(findings: Sequence[Finding]) -> Verdict:
    home = "Den er laget for en vanlig nettside og skal ikke importeres i en læringsplattform."
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        return Verdict(Grade.BAD, "Nettutgaven vil ikke virke som den skal", f"{home} {_titles(errors)}")
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if warnings:
        return Verdict(
            Grade.MIXED, "Nettutgaven kan tas i bruk, men noe bør rettes", f"{home} {_titles(warnings)}"
        )
    return Verdict(Grade.GOOD, "Nettutgaven kan tas i bruk", f"{home} {_only_notes(findings)}")


def _only_notes(findings: Sequence[Finding]) -> str:
    return f"{_CLEAN} Det er noen opplysninger under." if findings else _CLEAN


def _titles(findings: Iterable[Finding]) -> str:
    """What is wrong, in a sentence or two; the report has the rest."""
    titles = list(dict.fromkeys(rule_text(finding.rule).title.rstrip(".") for finding in findings))
    more = len(titles) - 2
    rest = f" Og {more} andre ting, se under." if more > 1 else " Og én ting til, se under." if more else ""
    return " ".join(f"{title}." for title in titles[:2]) + (rest if more > 0 else "")
