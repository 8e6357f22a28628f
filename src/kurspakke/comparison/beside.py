"""Two editions of one course: in an LMS one is put beside the other, never over it.

So nothing of what differs reaches learners who are under way: it is told as what it is, without consequences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kurspakke.comparison import files, identity, progress
from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.facts import Facts
from kurspakke.comparison.wording import Passage, passages

DIFFERENCES: tuple[Callable[[Facts, Facts], Iterator[Change]], ...] = (
    progress.version,
    progress.language,
    progress.completion,
    progress.pages,
    progress.questions,
    progress.surveys,
    files.removed,
    files.added,
    files.changed,
)
"""What is looked at in both: all but what follows from their being two, and what only a replacement would bring."""


def are_editions(old: Facts, new: Facts) -> bool:
    """Whether the two are certain to be different editions of the same module, or of the same whole course."""
    one, other = old.origin, new.origin
    if one is None or other is None or one.edition == other.edition:
        return False
    return (one.course, one.unit) == (other.course, other.unit)


def changes(old: Facts, new: Facts) -> Iterator[Change]:
    """That they are two, and what differs between them, the gravest first."""
    yield Change(
        "another-edition",
        Effect.LOSES,
        new.identifier or (new.player.activity if new.player else ""),
        f"these are two editions of the same course, the old package {old.origin} and the new one {new.origin}",
        "put over the old one, the new one would leave learners without their results; put beside it, as an activity "
        "of its own, they keep what they have there. Each edition has identifiers of its own by design, so that both "
        "can lie in one LMS: nothing has to be mended in the source",
    )
    yield from identity.standard(old, new)
    for check in DIFFERENCES:
        for change in check(old, new):
            yield replace(change, effect=Effect.HARMLESS, reason="")


def texts(old: Facts, new: Facts) -> Iterator[Passage]:
    """The texts that differ by more than the beginning of their activities' addresses."""
    mine, theirs = (facts.player.course_activity if facts.player else "" for facts in (old, new))
    for passage in passages(old.wording, new.wording):
        if tuple(text.replace(mine, theirs) for text in passage.before) != passage.after:
            yield passage
