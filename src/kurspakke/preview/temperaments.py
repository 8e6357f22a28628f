"""The LMS that a package is shown in, as the LMS page wants it: a profile, or the strictest LMS there is."""

from __future__ import annotations

from functools import cache

from kurspakke.temperament import characters, elsewhere, in_launch


@cache
def temperament(name: str) -> dict[str, object]:
    """The LMS of that id (`moodle`, `moodle-strict`); the strictest there is where there is none of it."""
    chosen = next((each for each in characters() if each.id == name), None)
    if chosen is None:
        return {"id": "", "title": "", "temperament": {"elsewhere": elsewhere()}}
    return in_launch(chosen)
