"""What single LMSs make of a change: the facts of their profiles, where they bear on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kurspakke.comparison.change import Change
from kurspakke.profiles import GENERIC, profile_ids
from kurspakke.profiles.chosen import chosen

QUIRKS: Mapping[str, frozenset[str]] = {
    "identifiers-keep-results": frozenset({"sco-gone", "asset-gone"}),
    "masteryscore-overrides": frozenset({"masteryscore-changed"}),
    "first-resource-launched": frozenset({"launch-changed", "sco-added"}),
    "xapi-ids-match": frozenset({"activity-gone", "activity-changed", "activity-id-gone"}),
    "replace-or-reversion": frozenset({"sco-gone", "sco-added", "page-gone", "question-gone"}),
}
"""The quirks of profiles that matter here, with the kinds of change that they bear on."""


_OBJECT_IDS = frozenset({"identifier-changed", "resource-identifier-changed"})
_STANDARD = 200


@dataclass(frozen=True, slots=True)
class Note:
    """What one LMS does about one or more of the changes, and where that was read."""

    profile: str
    title: str
    kinds: tuple[str, ...]
    text: str
    source: str


def notes_on(changes: Sequence[Change], wanted: tuple[str, ...]) -> Iterator[Note]:
    """The notes of the wanted profiles, of all where none is named."""
    kinds = {change.kind for change in changes}
    for name in wanted or (known for known in profile_ids() if known != GENERIC):
        lms = chosen(name)
        for quirk in lms.quirks:
            if met := tuple(sorted(QUIRKS.get(quirk.id, frozenset()) & kinds)):
                yield Note(lms.id, lms.title, met, quirk.text, quirk.source)
        # The standard has 2,000 characters; an LMS that states fewer makes its objects' ids of them.
        own = lms.limits.identifier
        if own and own.value < _STANDARD and (met := tuple(sorted(_OBJECT_IDS & kinds))):
            text = f"An object's id is made of the first {own.value} characters of manifest and resource identifier."
            yield Note(lms.id, lms.title, met, text, own.source)
