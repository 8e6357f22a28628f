"""Changes in the files of a package and in what they say."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.facts import Facts

GROWTH = 1.5
"""A package that has grown so many times, and by a megabyte at least, is told about."""
_MEGABYTE = 1_000_000


def nothing(old: Facts, new: Facts) -> Iterator[Change]:
    """Two packages with the same content."""
    if old.files == new.files:
        yield Change(
            "nothing-changed",
            Effect.HARMLESS,
            new.path,
            "the two packages have the same content",
            "there is nothing to upload",
        )


def removed(old: Facts, new: Facts) -> Iterator[Change]:
    """Files that are gone."""
    for path in sorted(old.files.keys() - new.files.keys()):
        yield Change(
            "file-removed",
            Effect.HARMLESS,
            path,
            f"{path} is gone",
            "the new package does not use it; links to it from outside break",
        )


def added(old: Facts, new: Facts) -> Iterator[Change]:
    """Files that are new."""
    for path in sorted(new.files.keys() - old.files.keys()):
        size = _size(new.files[path].size)
        yield Change("file-added", Effect.HARMLESS, path, f"{path} is new ({size})", "")


def changed(old: Facts, new: Facts) -> Iterator[Change]:
    """Files whose content is another."""
    for path in sorted(old.files.keys() & new.files.keys()):
        before, after = old.files[path], new.files[path]
        if before != after:
            sizes = f"{_size(before.size)} → {_size(after.size)}"
            yield Change("file-changed", Effect.HARMLESS, path, f"{path} has changed ({sizes})", "")


def size(old: Facts, new: Facts) -> Iterator[Change]:
    """A package that has become much larger."""
    if new.size > old.size * GROWTH and new.size - old.size > _MEGABYTE:
        yield Change(
            "package-grown",
            Effect.CHANGES,
            new.path,
            f"the package has grown from {_size(old.size)} to {_size(new.size)} (unpacked)",
            "see that the LMS still takes it: many have a limit for uploads",
        )


def _size(size: int) -> str:
    """Bytes for people, in powers of ten as LMSs' limits are."""
    return f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE else f"{size / 1000:.1f} kB"
