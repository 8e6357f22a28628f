"""What of a layer can't be applied to the course below it, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kurspakke.yamltree import Keys


class MisfitKind(StrEnum):
    """Why a part of a layer can't be applied."""

    UNKNOWN = "unknown"
    LOCKED = "locked"
    OTHER_TYPE = "other type"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A part of a layer that can't be applied.

    `known` are the ids that would have been known in place of `name`, `open` those that may be changed there.
    """

    kind: MisfitKind
    keys: Keys
    message: str
    name: str = ""
    known: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
