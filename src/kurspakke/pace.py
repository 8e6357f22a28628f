"""How many minutes a module takes: as its author says for the course's first audience, by its pages for the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kurspakke.course import Page


def minutes_of(minutes: int, usual: Sequence[Page], met: Sequence[Page]) -> int:
    """What the pages `met` take, in whole minutes from 1, where the `usual` ones take `minutes`.

    Pages that don't say how long they take share what the others of the usual ones leave.
    """
    if [(page.id, page.minutes) for page in met] == [(page.id, page.minutes) for page in usual]:
        return minutes
    share = _share(minutes, usual)
    return max(1, round(sum(page.minutes or share for page in met)))


def said(pages: Sequence[Page]) -> int:
    """The minutes that pages say they take, all together."""
    return sum(page.minutes or 0 for page in pages)


def _share(minutes: int, pages: Sequence[Page]) -> float:
    silent = sum(page.minutes is None for page in pages)
    return max(0, minutes - said(pages)) / silent if silent else 1
