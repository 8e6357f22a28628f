"""What an LMS minds, and what it leads to there: what its profile says, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kurspakke.findings import Severity
from kurspakke.profiles import GENERIC, profile, profile_ids

if TYPE_CHECKING:
    from kurspakke.profile import Profile


@dataclass(frozen=True, slots=True)
class Objection:
    """What a breach of the rule leads to in an LMS, and from where that is known.

    `weight` is what it weighs there, None: as the rule says. `general` is False where a rule of the profile's own
    (PKG-120 to 149) looks closer: whether this LMS's limit is passed.
    """

    rule: str
    text: str
    weight: Severity | None
    cited: str
    general: bool = True


@dataclass(frozen=True, slots=True)
class _Consequence:
    """What follows from a fact of a profile that has one of these values, any of them if `values` is None."""

    fact: str
    values: tuple[Any, ...] | None
    rules: tuple[str, ...]
    text: str
    general: bool = True


_CONSEQUENCES = (
    _Consequence("packaging.manifest_at_root", (True,), ("PKG-003",), "a manifest in a folder is not found"),
    _Consequence(
        "packaging.launches", ("first-resource",), ("S12-076",), "what stands first is opened, not the SCO"
    ),
    _Consequence(
        "packaging.base_names", ("unique",), ("PKG-041",), "one of the files is shown for the other"
    ),
    _Consequence("packaging.file_names", ("plain",), ("PKG-045",), "such names are refused or not found"),
    _Consequence("packaging.blocked_extensions", None, ("PKG-047",), "the package is refused"),
    _Consequence("packaging.insecure", ("refused",), ("PKG-069",), "what comes by http is not shown"),
    _Consequence(
        "packaging.other_hosts",
        ("refused",),
        ("PKG-068", "PKG-070"),
        "what comes from other hosts is refused",
    ),
    _Consequence(
        "packaging.lost_characters", None, ("PKG-045",), "characters are taken out of names", general=False
    ),
    _Consequence("limits.scos", None, ("S12-051",), "there are more SCOs than it takes", general=False),
    _Consequence("limits.title", None, ("S12-036",), "a title that is too long is refused", general=False),
    _Consequence("limits.path", None, ("PKG-043",), "a path that is too long is refused", general=False),
    _Consequence(
        "limits.package_megabytes",
        None,
        ("PKG-051",),
        "a package that is too large is refused",
        general=False,
    ),
)


def objections(lms: Profile) -> Mapping[str, Objection]:
    """What the LMS minds, by the rules' ids."""
    return {objection.rule: objection for objection in (*_following(lms), *_stated(lms))}


def _stated(lms: Profile) -> Iterator[Objection]:
    for known in lms.minds:
        weight = Severity(known.weight) if known.weight else None
        yield Objection(known.rule, known.text.rstrip("."), weight, known.cited)


def _following(lms: Profile) -> Iterator[Objection]:
    facts = lms.facts()
    for known in _CONSEQUENCES:
        fact = facts[known.fact]
        if fact and (known.values is None or fact.value in known.values):
            for rule in known.rules:
                yield Objection(rule, known.text, Severity.ERROR, fact.cited, known.general)


def by_rule() -> dict[str, list[str]]:
    """The LMSs that mind each rule, by the ids of their profiles; `profiles/minding.json` keeps it."""
    found: dict[str, list[str]] = {}
    for name in profile_ids():
        if name != GENERIC:  # what works everywhere is no LMS
            for rule in objections(profile(name)):
                found.setdefault(rule, []).append(name)
    return dict(sorted(found.items()))
