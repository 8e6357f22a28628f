"""The findings of a course as its own course.yaml wants them, and the rules about what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kurspakke.control import Control
from kurspakke.findings import Finding, Rule, Severity
from kurspakke.ignores import Ignore, Validation
from kurspakke.project import COURSE_FILE
from kurspakke.rules.chosen import hint, named, weights
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source
from kurspakke.yamltree import Keys

_NOTHING = Validation(ignore=())


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
            rules = named(ignore.rule, self.rules)
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
        left += IGNORING.findings(self)
        yield from Control(weights=weights(self.validation.severity, self.rules)).kept(left)


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
    validation = ignoring.validation
    places: list[tuple[str, Keys]] = [
        (ignore.rule, ("ignore", index, "rule")) for index, ignore in enumerate(validation.ignore)
    ]
    places += [(word, ("severity", word)) for word in validation.severity]
    for word, keys in places:
        if not named(word, ignoring.rules):
            document = ignoring.source.document(COURSE_FILE)
            yield Problem(
                document.locate_key(("validation", *keys)),
                f"there is no rule about a course's source called «{word}»",
                hint(word, ignoring.rules),
            )
