"""The LMSs that the preview can stand in for, each as the data by which its page in the browser goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kurspakke.findings import UsageError
from kurspakke.profiles import profile, profile_ids
from kurspakke.rules.suggest import did_you_mean

if TYPE_CHECKING:
    from kurspakke.profile import Profile
    from kurspakke.standin import StandIn

LIMITS = ("suspend_data", "lesson_location", "student_response")
"""What a profile's limits say as well: there is one figure unless the stand-in has its own."""


@dataclass(frozen=True, slots=True)
class Character:
    """An LMS to stand in for: `id` chooses it, `title` names it, `temperament` is what is known of it."""

    id: str
    title: str
    temperament: Mapping[str, Any]


def temperament_of(known: Profile, setting: str = "") -> dict[str, Any]:
    """What is known of how it answers, by the names in temperament.ts; with that setting of its, if one is named.

    Raises:
        UsageError: it has no such setting.
    """
    facts: dict[str, Any] = {}
    for name in LIMITS:
        if limit := getattr(known.limits, name):
            facts[name] = limit.value
    if known.limits.session_minutes:
        facts["session_minutes"] = known.limits.session_minutes.value
    if known.window.opens and known.window.opens.value != "either":
        facts["opens"] = known.window.opens.value
    if known.window.unload:
        facts["unload"] = known.window.unload.value
    facts |= _stated(known.stand_in)
    if setting:
        settings = {each.id: each for each in known.settings}
        if setting not in settings:
            hint = did_you_mean(setting, tuple(settings), f"there is {', '.join(settings) or 'none'}")
            raise UsageError(f"the LMS profile «{known.id}» has no setting «{setting}»", hint)
        facts |= _stated(settings[setting].stand_in)
    return facts


@cache
def characters() -> tuple[Character, ...]:
    """All there are: each profile, and after it each of its settings."""
    return tuple(each for name in profile_ids() for each in _characters(profile(name)))


def character(name: str) -> Character:
    """The one of this id.

    Raises:
        UsageError: there is none.
    """
    known = {each.id: each for each in characters()}
    if name not in known:
        hint = did_you_mean(name, tuple(known), f"there are {', '.join(known)}")
        raise UsageError(f"there is no LMS «{name}» to stand in for", hint)
    return known[name]


def in_launch(chosen: Character) -> dict[str, Any]:
    """The character as the LMS page is handed it; `elsewhere` says what other LMSs mind."""
    return {
        "id": chosen.id,
        "title": chosen.title,
        "temperament": {**chosen.temperament, "elsewhere": elsewhere()},
    }


@cache
def elsewhere() -> Mapping[str, Any]:
    """Where content would be refused: LMSs by their limits, the lowest first, and those that check types."""
    known = [each for each in characters() if each.id != "generic"]
    limits = {
        name: sorted(
            ([each.title, each.temperament[name]] for each in known if name in each.temperament),
            key=lambda pair: (pair[1], pair[0]),
        )
        for name in LIMITS
    }
    return {
        **limits,
        "types": [each.title for each in known if each.temperament.get("types") == "checked"],
    }


def _characters(known: Profile) -> Iterator[Character]:
    yield Character(known.id, known.title, temperament_of(known))
    for setting in known.settings:
        yield Character(
            f"{known.id}-{setting.id}", f"{known.title}: {setting.title}", temperament_of(known, setting.id)
        )


def _stated(facts: StandIn) -> dict[str, Any]:
    values = {name: getattr(facts, name) for name in type(facts).model_fields}
    return {name: _plain(fact.value) for name, fact in values.items() if fact}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
