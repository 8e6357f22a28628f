"""Parameters of requests: which ones a resource knows, and what they hold (xAPI 1.0.3, part three, 2 and 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from kurspakke.hrefs import is_absolute_iri
from kurspakke.lrs import jsontext
from kurspakke.lrs.mentions import agent_key
from kurspakke.lrs.refusal import RefusalError
from kurspakke.xapi.actors import actor
from kurspakke.xapi.instants import instant, milliseconds
from kurspakke.xapi.values import is_uuid

Query = Mapping[str, str]


def only(query: Query, known: frozenset[str]) -> None:
    """Refuse parameters that are not known: a misspelt filter would else find everything."""
    for name in query:
        if name not in known:
            meant = next((each for each in known if each.lower() == name.lower()), None)
            hint = f"; it is written {meant!r}" if meant else ""
            raise RefusalError(400, f"there is no parameter {name!r} here{hint}")


def needed(query: Query, name: str) -> str:
    """A parameter that has to be there, and not empty."""
    value = query.get(name, "")
    if not value:
        raise RefusalError(400, f"the parameter {name!r} is missing")
    return value


def uuid(query: Query, name: str) -> str:
    """A UUID in lower case; "" if it is not given."""
    value = query.get(name)
    if value is not None and not is_uuid(value):
        raise RefusalError(400, f"{name} is {value[:60]!r}, not a UUID")
    return (value or "").lower()


def iri(query: Query, name: str) -> str:
    """An IRI; "" if it is not given."""
    value = query.get(name)
    if value is not None and not is_absolute_iri(value):
        raise RefusalError(400, f"{name} is {value[:60]!r}, not an IRI with a scheme such as https:")
    return value or ""


def agent(query: Query, name: str = "agent") -> str:
    """The key of an agent or identified group that is given in JSON; "" if none is given."""
    value = query.get(name)
    return agent_key(agent_object(query, name)) if value is not None else ""


def agent_object(query: Query, name: str = "agent") -> dict[str, object]:
    """An agent or identified group, given in JSON."""
    try:
        given = jsontext.parsed(needed(query, name).encode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise RefusalError(400, f"{name} is no JSON: {error}") from None
    problems = list(actor(given, name))
    if problems:
        raise RefusalError(400, f"{name} is no valid agent: {problems[0]}", problems)
    if not agent_key(given):
        raise RefusalError(400, f"{name} has no identifier")
    return dict(given)


def moment(query: Query, name: str) -> int | None:
    """A time in milliseconds since 1970; None if it is not given."""
    value = query.get(name)
    if value is None:
        return None
    found = instant(value)
    if found is None:
        raise RefusalError(400, f"{name} is {value[:60]!r}, not a time such as 2026-05-17T09:30:00.000Z")
    return milliseconds(found)


def truth(query: Query, name: str) -> bool:
    """`true` or `false`, in lower case; false if it is not given."""
    value = query.get(name, "false")
    if value not in {"true", "false"}:
        raise RefusalError(400, f"{name} is {value[:60]!r}, not true or false")
    return value == "true"


def count(query: Query, name: str) -> int:
    """A number from 0 on; 0 if it is not given."""
    value = query.get(name, "0")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise RefusalError(400, f"{name} is {value[:60]!r}, not a whole number from 0 on")
    return int(value)


def word(query: Query, name: str, words: tuple[str, ...]) -> str:
    """One of the words; the first if it is not given."""
    value = query.get(name, words[0])
    if value not in words:
        raise RefusalError(400, f"{name} is {value[:60]!r}, not one of {', '.join(words)}")
    return value
