"""What is to be said of a package once it has been played in a browser, against a strict LMS or an LRS."""

from __future__ import annotations

from kurspakke.findings import Finding, Rule, ordered
from kurspakke.limits import Clock
from kurspakke.package import Package
from kurspakke.play.process import performance_of
from kurspakke.rules.played import Played
from kurspakke.rules.runtime_page import PAGES
from kurspakke.rules.runtime_result import RESULTS
from kurspakke.rules.runtime_scorm import CALLS
from kurspakke.rules.runtime_xapi import RECORDS

_FAMILIES = (PAGES, CALLS, RESULTS, RECORDS)


def play_rules() -> tuple[Rule, ...]:
    """The rules about played packages, in the order of their ids."""
    rules = (check.rule for family in _FAMILIES for check in family.checks)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def validate_played(package: Package) -> tuple[Finding, ...]:
    """Plays the package that lies at its path, and says what is wrong with what it did.

    Raises:
        KurspakkeError: Playwright or Chromium is not there.
    """
    return judged(Played(package, performance_of(package.path)))


def judged(played: Played) -> tuple[Finding, ...]:
    """The findings about a performance."""
    clock = Clock()  # the time of a performance is its own, and what it left is little
    return ordered(finding for family in _FAMILIES for finding in family.findings(played, clock))
