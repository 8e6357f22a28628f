"""The LMSs that there is a profile of: one data file each, and read only where a course asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kurspakke.findings import KurspakkeError

if TYPE_CHECKING:
    from kurspakke.profile import Profile

GENERIC = "generic"
"""The profile that is right where nothing is known of the LMS."""

DEFAULTS: Mapping[str, str] = {
    "completed": "completed",
    "passed": "passed",
    "below": "incomplete",
    "under_way": "incomplete",
    "score": "ripe",
    "mastery": "own",
    "exit_unfinished": "suspend",
    "exit_finished": "",
}
"""How `generic.yaml` has the learner's way told, at hand without reading it."""

_FOLDER = Path(__file__).parent


def profile_ids() -> tuple[str, ...]:
    """The profiles there are: `generic` first, the others by name."""
    names = sorted(path.stem for path in _FOLDER.glob("*.yaml"))
    return (GENERIC, *(name for name in names if name != GENERIC))


@cache
def profile(name: str) -> Profile:
    """The profile of this id. Raises KurspakkeError where there is none, or where its file is damaged."""
    # Here, since most courses ask for none.
    from kurspakke import yamltree
    from kurspakke.profile import Profile
    from kurspakke.shape import shape

    path = _FOLDER / f"{name}.yaml"
    if name not in profile_ids():
        raise KurspakkeError(f"there is no LMS profile «{name}»", f"there are {', '.join(profile_ids())}")
    shaped = shape(yamltree.read(path.read_bytes(), path.name), Profile)
    if shaped.value is None or shaped.value.id != name:
        wrong = next(iter((*shaped.document.faults, *shaped.mismatches)), "another id")
        raise KurspakkeError(f"the LMS profile {path.name} is damaged: {wrong}", "install kurspakke again")
    return shaped.value


def differing(tracked: Mapping[str, str]) -> dict[str, str]:
    """What the player has to do differently from what it does for «generic»."""
    return {name: value for name, value in tracked.items() if value != DEFAULTS[name]}
