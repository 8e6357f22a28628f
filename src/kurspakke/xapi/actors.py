"""Who does things in statements: agents and groups (xAPI 1.0.3, part two, 2.4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.xapi import values
from kurspakke.xapi.form import Form, fits
from kurspakke.xapi.problem import Check, Problem, within

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
"""The members of which exactly one identifies an agent (2.4.2.3)."""

_ACCOUNT = Form("an account", "2.4.2.4", {"homePage": values.iri, "name": values.text}, ("homePage", "name"))


def _account(value: object, path: str) -> Iterator[Problem]:
    yield from fits(_ACCOUNT, value, path)


_IDENTITY: dict[str, Check] = {
    "name": values.text,
    "mbox": values.mailbox,
    "mbox_sha1sum": values.sha1,
    "openid": values.iri,
    "account": _account,
}
_AGENT = Form("an Agent", "2.4.2.1", {"objectType": values.one_of({"Agent"}, "2.4.2.1"), **_IDENTITY})


def agent(value: object, path: str) -> Iterator[Problem]:
    """An Agent: somebody with exactly one identifier."""
    yield from fits(_AGENT, value, path)
    if isinstance(value, dict):
        given = [name for name in IDENTIFIERS if name in value]
        if not given:
            yield Problem(path, f"has none of {', '.join(IDENTIFIERS)}: nobody can tell who it is", "2.4.2.1")
        yield from _too_many(given, path)


def _too_many(given: list[str], path: str) -> Iterator[Problem]:
    if len(given) > 1:
        yield Problem(path, f"has {' and '.join(given)}; exactly one identifies it", "2.4.2.3")


_GROUP = Form(
    "a Group",
    "2.4.2.2",
    {
        "objectType": values.one_of({"Group"}, "2.4.2.2"),
        "member": values.array_of(agent, "2.4.2.2"),
        **_IDENTITY,
    },
    ("objectType",),
)


def group(value: object, path: str) -> Iterator[Problem]:
    """A Group: with an identifier, or with the members that make it up."""
    yield from fits(_GROUP, value, path)
    if isinstance(value, dict):
        given = [name for name in IDENTIFIERS if name in value]
        if not given and not value.get("member"):
            yield Problem(path, "has neither an identifier nor members", "2.4.2.2")
        yield from _too_many(given, path)


def actor(value: object, path: str) -> Iterator[Problem]:
    """An Agent or a Group; without objectType it is an Agent."""
    is_group = isinstance(value, dict) and value.get("objectType") == "Group"
    yield from (group if is_group else agent)(value, path)


def authority(value: object, path: str) -> Iterator[Problem]:
    """An Agent, or the pair that OAuth makes: a Group of two without an identifier (2.4.9)."""
    yield from actor(value, path)
    if not isinstance(value, dict) or value.get("objectType") != "Group":
        return
    if any(name in value for name in IDENTIFIERS):
        yield Problem(
            path, "is a Group with an identifier; an authority may be a Group of two without", "2.4.9"
        )
    members = value.get("member")
    if isinstance(members, list) and len(members) != 2:
        yield Problem(
            within(path, "member"), f"has {len(members)} members, where exactly two may be", "2.4.9"
        )
