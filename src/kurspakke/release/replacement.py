"""Whether a package may take the place of the one that was released before, told for each package of a release.

Where both are the same as those of another locality but for its names (alike.py), they are not compared once more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.compare import compare
from kurspakke.press.blanks import Names
from kurspakke.record import PackageRecord
from kurspakke.release.alike import likeness, names_in, tells
from kurspakke.release.previous import Previous
from kurspakke.release.stock import Stock
from kurspakke.sidebyside import in_order
from kurspakke.source import Source
from kurspakke.targets import package_at

MOST_SUBJECTS = 6
"""So many of the things that a kind of change is about are named; the others are counted."""

_FEW = 8
"""Fewer packages than that are compared one after the other."""


class Answer(StrEnum):
    """What an administrator who has the old package does with the new one."""

    FIRST = "first"
    """There is no earlier release to compare with."""
    NEW = "new"
    """The package was not in the earlier release."""
    UNCHANGED = "unchanged"
    """The content is the same: nothing has to be uploaded."""
    SAFE = "safe"
    """Learners keep results and progress when it is uploaded over the old one."""
    UNSAFE = "unsafe"
    """It has to be an activity of its own: over the old one, results or progress would be lost."""
    UNKNOWN = "unknown"
    """The old package is not at hand: identifiers agree, and more can't be told."""
    GONE = "gone"
    """It was in the earlier release, and is in this one no more."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A kind of change, what it does to learners, and what it is about: `subjects` and so many `more`."""

    kind: str
    effect: str
    subjects: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Replacement:
    """The answer for one package, the changes that speak for it, and how many passages of text differ."""

    path: str
    answer: Answer
    changes: tuple[Noticed, ...] = ()
    passages: int = 0

    @property
    def is_unsafe(self) -> bool:
        """Whether those who rely on the old package lose something."""
        return self.answer in {Answer.UNSAFE, Answer.GONE}


@dataclass(frozen=True, slots=True)
class Pair:
    """A package before and after: records, and where they lie; `before` is None where it is not at hand.

    `named` are its locality's names in both.
    """

    old: PackageRecord
    new: PackageRecord
    before: Path | None
    after: Path
    named: tuple[Names, Names] = ((), ())


_compared: OrderedDict[tuple[str, str], Replacement] = OrderedDict()
"""What this process has found, by what two packages are like."""

_MOST = 512
"""So much of it is remembered."""


def replacements(
    stock: Stock, previous: Previous | None, source: Source, jobs: int = 1
) -> Mapping[str, Replacement]:
    """The answer for every package of the stock and of the release before, by file name.

    Raises:
        KurspakkeError: a package is none that can be compared.
    """
    new = {package.path: package for package in stock.record.packages}
    if previous is None:
        return {path: Replacement(path, Answer.FIRST) for path in new}
    both = [path for path in new if path in previous.packages]
    pairs = [_pair(path, stock, new[path], previous, source) for path in both]
    found = {path: Replacement(path, Answer.NEW) for path in new if path not in previous.packages}
    found |= {path: Replacement(path, Answer.GONE) for path in previous.packages if path not in new}
    alone = len(pairs) < _FEW or jobs < 2
    results = map(replacement, pairs) if alone else in_order(replacement, pairs, jobs)
    return found | {result.path: result for result in results}


def _pair(path: str, stock: Stock, new: PackageRecord, previous: Previous, source: Source) -> Pair:
    old = previous.packages[path]
    named = tuple(
        names_in(record.label, source, version) if old.label == new.label else ()
        for record, version in ((old, previous.version), (new, stock.record.course.version))
    )
    return Pair(old, new, previous.places.get(path), stock.places[path], (named[0], named[1]))


def replacement(pair: Pair) -> Replacement:
    """What happens when the one takes the other's place."""
    path = pair.new.path
    if pair.old.content_sha256 == pair.new.content_sha256:
        return Replacement(path, Answer.UNCHANGED)
    if pair.before is None:
        return _by_record(pair)
    before, after = likeness(pair.before, pair.named[0]), likeness(pair.after, pair.named[1])
    alike = (before.sum, after.sum) if before and after else None
    if alike and alike in _compared:
        _compared.move_to_end(alike)
        return replace(_compared[alike], path=path)
    comparison = compare(package_at(str(pair.before)), package_at(str(pair.after)))
    answer = Answer.SAFE if comparison.is_safe else Answer.UNSAFE
    found = Replacement(path, answer, tuple(_noticed(comparison.changes)), len(comparison.passages))
    if alike and not any(tells(repr(found.changes), named) for named in pair.named):
        _compared[alike] = found
        while len(_compared) > _MOST:
            _compared.popitem(last=False)
    return found


def _by_record(pair: Pair) -> Replacement:
    """What sums and identifiers alone can say: never that a replacement is safe."""
    old, new = pair.old.label, pair.new.label
    differing = (
        ("standard-changed", old.format, new.format),
        ("identifier-changed", old.identifier, new.identifier),
        ("activity-changed", old.activity_id, new.activity_id),
    )
    found = tuple(
        Noticed(kind, Effect.LOSES, (after or "–",)) for kind, before, after in differing if before != after
    )
    return Replacement(pair.new.path, Answer.UNSAFE if found else Answer.UNKNOWN, found)


def _noticed(changes: Sequence[Change]) -> Iterator[Noticed]:
    """The changes, those of a kind together, without the harmless ones."""
    told = [change for change in changes if change.effect is not Effect.HARMLESS]
    for kind, effect in dict.fromkeys((change.kind, change.effect) for change in told):
        subjects = [change.subject for change in told if (change.kind, change.effect) == (kind, effect)]
        yield Noticed(kind, effect, tuple(subjects[:MOST_SUBJECTS]), max(0, len(subjects) - MOST_SUBJECTS))
