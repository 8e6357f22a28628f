"""The comparison: every check there is, the verdict, and what single LMSs make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kurspakke.comparison import beside, files, identity, progress
from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.facts import Facts, facts_of, sequencing
from kurspakke.comparison.notes import Note, notes_on
from kurspakke.comparison.wording import Passage, passages
from kurspakke.findings import KurspakkeError
from kurspakke.package import Kind, Package

Check = Callable[[Facts, Facts], Iterator[Change]]

CHECKS: tuple[Check, ...] = (
    files.nothing,
    identity.standard,
    identity.identifier,
    identity.gone,
    identity.added,
    identity.organization,
    identity.sequence,
    identity.launched,
    identity.rules,
    identity.activities,
    progress.unknown_player,
    progress.state,
    progress.activity,
    progress.version,
    progress.language,
    progress.completion,
    progress.pages,
    progress.questions,
    progress.surveys,
    files.size,
    files.removed,
    files.added,
    files.changed,
)
"""Everything that is looked at, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An old and a new package, what differs (the gravest first), and what LMSs make of it."""

    old: str
    new: str
    kinds: tuple[Kind, ...]
    changes: tuple[Change, ...]
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]

    @property
    def is_safe(self) -> bool:
        """Whether the new package can be uploaded over the old one without harm to any learner."""
        return all(change.effect is not Effect.LOSES for change in self.changes)


def compare(old: Package, new: Package, profiles: tuple[str, ...] = ()) -> Comparison:
    """What happens when `new` replaces `old`; `profiles` are the LMSs to speak of, all if there are none.

    Raises:
        KurspakkeError: one of them is no package, or can't be read.
    """
    for package in (old, new):
        _readable(package)
    before, after = facts_of(old), facts_of(new)
    if beside.are_editions(before, after):
        told = tuple(beside.changes(before, after))
        texts = tuple(beside.texts(before, after))
        return Comparison(old.path, new.path, after.kinds, told, texts, ())
    if before.kinds == after.kinds and identity.are_strangers(before, after):
        found = list(identity.stranger(before, after))
        return Comparison(old.path, new.path, after.kinds, tuple(found), (), tuple(notes_on(found, profiles)))
    found = [change for check in CHECKS for change in check(before, after)]
    found += _sequencing(old, new)
    # Sorting is stable: within an effect they stay in the order of the checks.
    changes = tuple(sorted(found, key=lambda change: change.effect.rank))
    texts = tuple(passages(before.wording, after.wording))
    notes = tuple(notes_on(changes, profiles))
    return Comparison(old.path, new.path, after.kinds, changes, texts, notes)


def _readable(package: Package) -> None:
    damaged = package.archive is not None and package.archive.directory is None
    if damaged or not package.kinds:
        raise KurspakkeError(
            f"{package.path} is no package that can be compared",
            f"see what is wrong with it: kurspakke validate {package.path}",
        )


def _sequencing(old: Package, new: Package) -> Iterator[Change]:
    if sequencing(old) != sequencing(new):
        yield Change(
            "sequencing-changed",
            Effect.CHANGES,
            new.path,
            "the sequencing rules have changed",
            "learners under way meet other rules for what is open and what counts",
        )
