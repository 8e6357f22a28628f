"""The LMS that a package is shown in: a profile, as the LMS page wants it."""

from __future__ import annotations

from functools import cache

from kurspakke.profiles import profile, profile_ids
from kurspakke.temperament import temperament_of


@cache
def temperament(profile_id: str) -> dict[str, object] | None:
    """The profile's name and its ways; None where none is asked for, or there is none of that name."""
    if profile_id not in profile_ids():
        return None
    chosen = profile(profile_id)
    return {"id": chosen.id, "title": chosen.title, "temperament": temperament_of(chosen)}
