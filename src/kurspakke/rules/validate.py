"""Which rules a package is held to, and what they find in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kurspakke.findings import Finding, Rule, Severity, ordered
from kurspakke.limits import Clock, OutOfTimeError
from kurspakke.package import Kind, Package
from kurspakke.rules.archive import ARCHIVE
from kurspakke.rules.captions import CAPTIONS, CaptionFile, caption_files
from kurspakke.rules.cmi5 import CMI5_RULES, Cmi5Package
from kurspakke.rules.cmi5_form import CMI5_FORM
from kurspakke.rules.family import Check
from kurspakke.rules.html import PAGE, PackagePage
from kurspakke.rules.html_content import CONTENT
from kurspakke.rules.html_language import LANGUAGE
from kurspakke.rules.html_links import LINKS
from kurspakke.rules.html_media import MEDIA
from kurspakke.rules.html_structure import STRUCTURE
from kurspakke.rules.html_style import STYLE, Styles
from kurspakke.rules.inline import INLINE
from kurspakke.rules.lms_manifest import LMS_MANIFEST
from kurspakke.rules.lms_package import LMSS
from kurspakke.rules.names import NAMES
from kurspakke.rules.package import FORM, GATE
from kurspakke.rules.references import REFERENCES
from kurspakke.rules.scorm12 import HEAD, Scorm
from kurspakke.rules.scorm12_metadata import METADATA
from kurspakke.rules.scorm12_organizations import ORGANIZATIONS
from kurspakke.rules.scorm12_resources import RESOURCES
from kurspakke.rules.scorm12_schema import SCHEMA
from kurspakke.rules.scorm2004 import HEAD_2004, Scorm2004
from kurspakke.rules.scorm2004_content import CONTENT_2004
from kurspakke.rules.scorm2004_sequencing import SEQUENCING_2004
from kurspakke.rules.script_habits import HABITS
from kurspakke.rules.script_scorm import SCRIPT_SCORM
from kurspakke.rules.strangers import STRANGERS
from kurspakke.rules.xapi import XAPI, TincanPackage
from kurspakke.scripttext import Scripts

_ABOUT_FILES = (ARCHIVE, NAMES, REFERENCES)
_SCORM12 = (HEAD, ORGANIZATIONS, RESOURCES, METADATA)
_HTML = (PAGE, CONTENT, LINKS, MEDIA, STRUCTURE, LANGUAGE)
_SCRIPTS = (SCRIPT_SCORM, HABITS)
_SCORM2004 = (HEAD_2004, CONTENT_2004, SEQUENCING_2004)
_CMI5 = (CMI5_RULES, CMI5_FORM)

LEFT_TO_THE_AUTHOR = frozenset(
    {"PKG-048", "PKG-051", "S12-050"}  # OpenDocument files, much video, a mastery score that was asked for
    # What the author's own words, tables and captions are like; a source's rules speak of them before.
    | {"HTM-021", "HTM-024", "HTM-029", "HTM-030", "HTM-031", "HTM-032", "HTM-041", "HTM-042", "HTM-045"}
    | {"HTM-054", "HTM-055", "HTM-057", "HTM-065", "HTM-066", "HTM-067", "HTM-068"}
)
"""What a sound package may have all the same: a build makes it, and `validate` tells."""


MOST_OF_ONE_RULE = 1_000
"""So many findings of a rule are told one by one: nobody reads more, and a million do not find room."""

# Where these find something, the schema stumbles over whatever comes next.
_MEANS_NOT_VALID = frozenset({"S12-001", "S12-030", "S12-070"})


def validate_package(package: Package) -> tuple[Finding, ...]:
    """Every finding about the package, one for each cause."""
    found: list[Finding] = []
    told: Counter[str] = Counter()
    try:
        # However late it is, what is no package at all is called so.
        if gate := (*GATE.findings(package, Clock()), *STRANGERS.findings(package, Clock())):
            return ordered(gate)
        for finding in _findings(package):
            told[finding.rule.id] += 1
            if told[finding.rule.id] <= MOST_OF_ONE_RULE:
                found.append(finding)
    except OutOfTimeError:
        found.extend(ARCHIVE.findings(package, Clock()))
    found.extend(_untold(package, told))
    return ordered(found)


def proof(package: Package) -> tuple[Finding, ...]:
    """The findings, of whatever severity, that no package made by this program may have."""
    return tuple(
        finding for finding in validate_package(package) if finding.rule.id not in LEFT_TO_THE_AUTHOR
    )


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is: about sources, about packages, and about what packages do when they are played."""
    # Here, since looking at a package needs nothing of what reading a source does, and seldom a browser.
    from kurspakke.rules.playing import play_rules
    from kurspakke.rules.source import source_rules

    return (*source_rules(), *package_rules(), *play_rules())


def package_rules() -> tuple[Rule, ...]:
    """The rules about packages, in the order of their ids within each family."""
    checks: tuple[Sequence[Check[Any]], ...] = (
        *(family.checks for family in (GATE, FORM, STRANGERS, *_ABOUT_FILES, INLINE)),
        LMSS.checks,
        LMS_MANIFEST.checks,
        *(family.checks for family in (*_SCORM12, SCHEMA, *_SCORM2004)),
        XAPI.checks,
        *(family.checks for family in _CMI5),
        *(family.checks for family in _HTML),
        CAPTIONS.checks,
        STYLE.checks,
        *(family.checks for family in _SCRIPTS),
    )
    return tuple(check.rule for family in checks for check in family)


def _findings(package: Package) -> Iterator[Finding]:
    for what, findings in _parts(package):
        package.clock.reached = what
        package.clock.check()
        yield from findings


def _parts(package: Package) -> Iterator[tuple[str, Iterable[Finding]]]:
    """The rules part by part, each with what has been reached when the time runs out in it."""
    clock = package.clock
    yield "its manifest was being read", FORM.findings(package, clock)
    if not package.is_bare:
        for family in _ABOUT_FILES:
            yield "the links between its files were being followed", family.findings(package, clock)
    yield "its manifest was being read", _scorm(package)
    if package.tincan:
        yield "its tincan.xml was being read", XAPI.findings(TincanPackage(package, package.tincan), clock)
    if package.cmi5:
        for of_cmi5 in _CMI5:
            yield "its cmi5.xml was being read", of_cmi5.findings(Cmi5Package(package, package.cmi5), clock)
    for name in caption_files(package):
        yield "its captions were being read", CAPTIONS.findings(CaptionFile(package, name), clock)
    yield "its style sheets were being read", STYLE.findings(Styles(package), clock)
    yield "its scripts were being read", _scripts(package)
    for path in package.pages:
        yield f"{path} was being read", _page(package, path)


def _untold(package: Package, told: Mapping[str, int]) -> Iterator[Finding]:
    """One finding for every rule that has found more than anybody would read."""
    many = {name: count - MOST_OF_ONE_RULE for name, count in told.items() if count > MOST_OF_ONE_RULE}
    for rule in package_rules() if many else ():
        if more := many.get(rule.id):
            message = f"and {more:,} more of this kind, which are not told one by one"
            yield Finding(rule, message, "mend the first ones, then validate again", package.whole)


def _page(package: Package, path: str) -> Iterator[Finding]:
    # Here by its path, so that the page is gone before the next one is read.
    subject = PackagePage(package, package.pages[path])
    for family in (INLINE, *_HTML):
        yield from family.findings(subject, package.clock)


def _scripts(package: Package) -> Iterator[Finding]:
    scripts = Scripts(package)
    if package.scorm and Kind.SCORM12 in package.kinds and not package.is_bare:
        yield from SCRIPT_SCORM.findings(scripts, package.clock)
    yield from HABITS.findings(scripts, package.clock)


def _scorm(package: Package) -> Iterator[Finding]:
    if not package.scorm:
        return
    if Kind.SCORM2004 in package.kinds:
        scorm_2004 = Scorm2004(package, package.scorm)
        for of_2004 in _SCORM2004:
            yield from of_2004.findings(scorm_2004, package.clock)
        return
    scorm = Scorm(package, package.scorm)
    found = [finding for family in _SCORM12 for finding in family.findings(scorm, package.clock)]
    yield from found
    # The schema sees many faults that a rule has named already, and says it worse.
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if not any(finding.rule.id in _MEANS_NOT_VALID for finding in errors):
        named = {finding.location.line for finding in errors}
        by_schema = SCHEMA.findings(scorm, package.clock)
        yield from (finding for finding in by_schema if finding.location.line not in named)
