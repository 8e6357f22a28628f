"""The Agents, Activities and About Resources (xAPI 1.0.3, part three, 2.4, 2.5 and 2.8)."""

from __future__ import annotations

from collections.abc import Mapping

from kurspakke.lrs import parameters, search
from kurspakke.lrs.asking import Asked
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.mentions import agent_key
from kurspakke.lrs.reply import Reply, in_json
from kurspakke.lrs.store import LrsStore
from kurspakke.xapi.actors import IDENTIFIERS

VERSIONS = ("1.0.3", "1.0.2", "1.0.1", "1.0.0")


def agents(store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """The Person of an agent: all that the store has been told of them, each in an array."""
    parameters.only(asked.query, frozenset({"agent"}))
    given = parameters.agent_object(asked.query)
    with store.reading() as db:
        names = search.names(db, grant.space, agent_key(given))
    asked_name = given.get("name")
    if isinstance(asked_name, str) and asked_name not in names:
        names.append(asked_name)
    identifiers = {name: [given[name]] for name in IDENTIFIERS if name in given}
    return in_json({"objectType": "Person", **({"name": names} if names else {}), **identifiers})


def activities(store: LrsStore, grant: Grant, asked: Asked) -> Reply:
    """An activity with all that statements have told of it; with its id alone, if they have told nothing."""
    parameters.only(asked.query, frozenset({"activityId"}))
    parameters.needed(asked.query, "activityId")
    name = parameters.iri(asked.query, "activityId")
    with store.reading() as db:
        known = search.definition(db, grant.space, name)
    return in_json({"objectType": "Activity", "id": name, **({"definition": known} if known else {})})


def about(query: Mapping[str, str]) -> Reply:
    """Which versions of xAPI are spoken here.

    2.0.0 is not among them, though its requests are understood: there are clients that take fright at it.
    """
    parameters.only(query, frozenset())
    return in_json({"version": list(VERSIONS)})
