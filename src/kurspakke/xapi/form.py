"""An object with a fixed set of members, as every object of xAPI is (part two, 2.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kurspakke.xapi.problem import Check, Problem, kind_of, within

_FORMATTING = "2.2"


@dataclass(frozen=True, slots=True)
class Form:
    """Which members an object has: `noun` is what it is called, `needs` are those it can't be without."""

    noun: str
    clause: str
    members: Mapping[str, Check]
    needs: tuple[str, ...] = ()


def fits(form: Form, value: object, path: str) -> Iterator[Problem]:
    """What of `value` is not in the form: missing, unknown and null members, and those of another kind."""
    if not isinstance(value, dict):
        yield Problem(path, f"is {kind_of(value)}; {form.noun} is an object", form.clause)
        return
    for name in form.needs:
        if name not in value:
            yield Problem(within(path, name), f"is missing; {form.noun} must have it", form.clause)
    for name, inner in value.items():
        check = form.members.get(name)
        if check is None:
            yield Problem(within(path, name), _stranger(form, name), _FORMATTING)
        elif inner is None:
            yield Problem(within(path, name), "is null, which is allowed within extensions only", _FORMATTING)
        else:
            yield from check(inner, within(path, name))


def _stranger(form: Form, name: str) -> str:
    meant = next((known for known in form.members if known.lower() == name.lower()), None)
    return f"is to be written `{meant}`" if meant else f"is not a property of {form.noun}"
