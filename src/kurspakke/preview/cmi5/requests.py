"""cmi5's rules for what an AU asks of the LRS beside statements: its documents (cmi5 8.1, 10.2.1, 11)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kurspakke.hrefs import is_language_tag
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.rules import Table
from kurspakke.preview.sessions import End, Session

STATE, AGENT_PROFILE, AGENTS = "activities/state", "agents/profile", "agents"
_ABOUT_AGENTS = frozenset({STATE, AGENT_PROFILE, AGENTS})


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the LRS understands it: method and resource (`activities/state`), query, body and its type."""

    session: Session
    method: str
    resource: str
    query: Mapping[str, str]
    body: bytes = b""
    media_type: str = "application/json"

    @property
    def is_reading(self) -> bool:
        """Whether nothing is changed by it."""
        return self.method in {"GET", "HEAD"}

    @property
    def is_preferences(self) -> bool:
        """Whether it is about the learner's preferences (cmi5 11)."""
        return self.resource == AGENT_PROFILE and self.query.get("profileId") == terms.PREFERENCES

    @property
    def is_launch_data(self) -> bool:
        """Whether it is about the launch data of the LMS (cmi5 10)."""
        return self.resource == STATE and self.query.get("stateId") == terms.LAUNCH_DATA


REQUESTS: Table[Asked] = Table()


@REQUESTS.rule(
    "8.1.2.0-2",
    "",
    "økten er avsluttet med terminated; etter det leses ikke mer",
    "the session is over since terminated; nothing is read after it",
)
def read_after_terminated(asked: Asked) -> str | None:
    """What was written with the last words may still be on its way; a reading begins anew."""
    return "" if asked.session.end is End.TERMINATED and asked.is_reading else None


@REQUESTS.rule(
    "10.2.1.0-5",
    "stateId",
    "AU-en kan bare lese LMS.LaunchData, ikke endre eller slette det",
    "an AU may only read LMS.LaunchData, not change or delete it",
)
def launch_data_changed(asked: Asked) -> str | None:
    """It is the LMS's; a DELETE without stateId would take it too."""
    takes_all = asked.resource == STATE and asked.method == "DELETE" and not asked.query.get("stateId")
    return "" if takes_all or (asked.is_launch_data and not asked.is_reading) else None


@REQUESTS.rule(
    "8.1.3.0-3",
    "agent",
    "agent er ikke actor fra oppstartsadressen",
    "agent is not the actor of the launch address",
)
def another_agent(asked: Asked) -> str | None:
    """The documents would be somebody else's."""
    given = _json(asked.query.get("agent", ""))
    if asked.resource not in _ABOUT_AGENTS or not isinstance(given, dict):
        return None
    return None if given.get("account") == asked.session.actor["account"] else ""


@REQUESTS.rule(
    "8.1.4.0-3",
    "registration",
    "registreringen er ikke den fra oppstartsadressen",
    "the registration is not that of the launch address",
)
def another_registration(asked: Asked) -> str | None:
    """The state would belong to another enrolment."""
    given = asked.query.get("registration", "").lower()
    return "" if asked.resource == STATE and given and given != asked.session.registration else None


@REQUESTS.rule(
    "8.1.4.0-3",
    "registration",
    "tilstanden er ikke knyttet til registreringen: den overlever en ny påmelding",
    "the state is not bound to the registration: it outlives an enrolment anew",
    refuses=False,
)
def without_registration(asked: Asked) -> str | None:
    """Who takes the course again then begins where the last attempt ended."""
    return "" if asked.resource == STATE and not asked.query.get("registration") else None


@REQUESTS.rule(
    "11.0.0.0-5",
    "",
    "cmi5LearnerPreferences er ikke et JSON-objekt (application/json) med languagePreference og audioPreference",
    "cmi5LearnerPreferences is no JSON object (application/json) with languagePreference and audioPreference",
)
def preferences_of_another_form(asked: Asked) -> str | None:
    """Other AUs read it too."""
    return "" if _writes_preferences(asked) and not _preferences(asked) else None


@REQUESTS.rule(
    "11.1.0.0-1",
    "languagePreference",
    "{found} er ikke språkkoder med komma mellom, som nb,en",
    "{found} is not a list of language tags with commas, such as nb,en",
)
def not_languages(asked: Asked) -> str | None:
    """In the order in which the learner wants them."""
    known = _preferences(asked) if _writes_preferences(asked) else None
    if not known:
        return None
    tags = known["languagePreference"].split(",")
    return None if all(is_language_tag(tag) for tag in tags) else known["languagePreference"]


@REQUESTS.rule(
    "11.2.0.0-1",
    "audioPreference",
    "audioPreference er {found}, ikke on eller off",
    "audioPreference is {found}, neither on nor off",
)
def neither_on_nor_off(asked: Asked) -> str | None:
    """An AU turns its sound on or off by it."""
    known = _preferences(asked) if _writes_preferences(asked) else None
    return known["audioPreference"] if known and known["audioPreference"] not in {"on", "off"} else None


def _writes_preferences(asked: Asked) -> bool:
    return asked.is_preferences and asked.method in {"PUT", "POST"}


def _preferences(asked: Asked) -> dict[str, str] | None:
    known = _json(asked.body)
    if asked.media_type != "application/json" or not isinstance(known, dict):
        return None
    wanted = {name: known.get(name) for name in ("languagePreference", "audioPreference")}
    texts = {name: value for name, value in wanted.items() if isinstance(value, str)}
    return texts if len(texts) == len(wanted) else None


def _json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
