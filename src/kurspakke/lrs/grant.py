"""What credentials allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to use one space of the store: nothing outside of it is seen or changed.

    `space` names it; `authority` is the agent who vouches for the statements (part two, 2.4.9); `label` tells the
    grants of a space apart, a launch for instance, in what is noted of the requests. `sealed` are ids of state documents
    that these credentials may read, but neither write nor delete, as cmi5 says of LMS.LaunchData (cmi5, 10.2.1).
    """

    space: str
    authority: Mapping[str, object]
    label: str = ""
    sealed: frozenset[str] = frozenset()
