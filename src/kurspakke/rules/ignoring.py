"""The findings of a course as its own course.yaml wants them, and the rules about what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kurspakke.control import Control
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.ignores import Ignore, Validation
from kurspakke.limits import Clock
from kurspakke.project import COURSE_FILE
from kurspakke.rules.chosen import hint, named, weights
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source

_NOTHING = Validation(ignore=())

ACCEPTABLE = frozenset(
    [
        "SRC-040",
        "SRC-041",
        "SRC-103",
        "SRC-104",
        "SRC-107",
        "SRC-112",
        "SRC-113",
        "SRC-114",
        "SRC-151",
    ]
)
"""The errors that a course may accept: sound packages can be made all the same. Of other rules, any but errors."""


def _is_acceptable(rule: Rule) -> bool:
    return rule.severity is not Severity.ERROR or rule.id in ACCEPTABLE


@dataclass(frozen=True, slots=True)
class Ignoring:
    """A source's ignores on the day `today`, `rules` are those about sources, `findings` what there was before."""

    source: Source
    findings: tuple[Finding, ...]
    today: date
    rules: tuple[Rule, ...]

    @property
    def validation(self) -> Validation:
        """What course.yaml says; nothing where it could not be read."""
        return self.source.course.head.validation if self.source.course else _NOTHING

    def hits(self) -> Iterator[tuple[int, Ignore, frozenset[str], list[Finding]]]:
        """Each ignore with its index, the ids it stands for and the findings it covers."""
        for index, ignore in enumerate(self.validation.ignore):
            rules = named(ignore.rule, filter(_is_acceptable, self.rules))
            yield index, ignore, rules, [found for found in self.findings if ignore.covers(rules, found)]

    def is_over(self, ignore: Ignore) -> bool:
        """Whether its last day has passed."""
        return ignore.until < self.today.isoformat()

    def kept(self) -> Iterator[Finding]:
        """The findings that are left, with the severities of this course, and those about the ignores."""
        gone = {
            found for _, ignore, _, covered in self.hits() if not self.is_over(ignore) for found in covered
        }
        left = [found for found in self.findings if found not in gone]
        left += IGNORING.findings(self, Clock())
        yield from Control(weights=self.weights()).kept(left)

    def weights(self) -> dict[str, Severity | None]:
        """The severities that this course gives rules, as far as it may."""
        acceptable = {rule.id for rule in self.rules if _is_acceptable(rule)}
        wanted = weights(self.validation.severity, self.rules)
        return {
            rule: weight for rule, weight in wanted.items() if rule in acceptable or weight is Severity.ERROR
        }


IGNORING: Family[Ignoring] = Family("SRC")


@IGNORING.rule(37, "idle-ignore", Severity.WARNING)
def idle_ignore(ignoring: Ignoring) -> Iterator[Problem]:
    """What course.yaml ignores is there.

    An ignore that covers no finding has done its work, or names another place than was meant; left where it is, it
    would hide the next mistake of that kind. Remove it, or mend its `where`.
    """
    if not ignoring.source.whole:
        return
    for index, ignore, rules, covered in ignoring.hits():
        if rules and not covered and not ignoring.is_over(ignore):
            place = ignoring.source.locate(COURSE_FILE, "validation", "ignore", index, "rule")
            what = ignore.rule if ignore.where == "*" else f"{ignore.rule} in {ignore.where}"
            yield Problem(place, f"there is no finding of {what} to ignore", "remove it, or correct `where`")


@IGNORING.rule(38, "expired-ignore", Severity.WARNING)
def expired_ignore(ignoring: Ignoring) -> Iterator[Problem]:
    """What course.yaml ignores, it ignores until a day that has not passed.

    A finding is accepted for a while, never for good. When the day has passed, the findings are back: mend them,
    or decide again, with a new day and a reason that still holds.
    """
    for index, ignore, _, covered in ignoring.hits():
        if ignoring.is_over(ignore):
            place = ignoring.source.locate(COURSE_FILE, "validation", "ignore", index, "until")
            back = f"; {len(covered)} of {ignore.rule} are back" if covered else ""
            advice = "mend them and remove it, or give a new day" if covered else "remove it"
            yield Problem(place, f"it held until {ignore.until}{back}", advice)


@IGNORING.rule(39, "unknown-rule", Severity.ERROR)
def unknown_rule(ignoring: Ignoring) -> Iterator[Problem]:
    """Every rule that course.yaml ignores or weighs is one that there is.

    Rules are named by id (`SRC-106`), by name (`long-film`), or by the beginning of ids (`SRC-10`). Only rules about
    the source count here: the packages that are made of it have no findings to ignore.
    """
    for word, place in _words(ignoring):
        if not named(word, ignoring.rules):
            message = f"there is no rule about a course's source called «{word}»"
            yield Problem(place, message, hint(word, ignoring.rules))


@IGNORING.rule(54, "not-acceptable", Severity.ERROR)
def not_acceptable(ignoring: Ignoring) -> Iterator[Problem]:
    """What course.yaml accepts is something that packages can be made with.

    A page that can't be read or a picture that is not there would be missing in the package without a word. Such
    errors can't be ignored or made milder; warnings and notes can, and errors that are about what the content has
    promised: missing captions, a missing kind of component, a case without source.
    """
    acceptable = [rule for rule in ignoring.rules if _is_acceptable(rule)]
    for word, place in _words(ignoring):
        is_raised = ignoring.validation.severity.get(word) == "error"
        if named(word, ignoring.rules) and not named(word, acceptable) and not is_raised:
            yield Problem(place, f"findings of {word} can't be accepted", "mend them")


def _words(ignoring: Ignoring) -> Iterator[tuple[str, Location]]:
    """Every word for rules, with its place."""
    if COURSE_FILE not in ignoring.source.shaped:
        return
    document = ignoring.source.document(COURSE_FILE)
    for index, ignore in enumerate(ignoring.validation.ignore):
        yield ignore.rule, document.locate(("validation", "ignore", index, "rule"))
    for word in ignoring.validation.severity:
        yield word, document.locate_key(("validation", "severity", word))
