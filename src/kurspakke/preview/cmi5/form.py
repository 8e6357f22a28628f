"""cmi5's rules for a statement in itself: id, actor, verb, object, time (cmi5 9.1 to 9.4, 9.7)."""

from __future__ import annotations

from datetime import datetime

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.rules import Table
from kurspakke.preview.cmi5.said import Said, object_of

FORM: Table[Said] = Table()


@FORM.rule(
    "9.1.0.0-1",
    "id",
    "utsagnet har ingen id; AU-en skal gi hvert utsagn en UUID når det lages",
    "the statement has no id; an AU gives each statement a UUID when it is made",
)
def without_id(said: Said) -> str | None:
    """Sent again after a broken connection it would be a second statement."""
    return None if said.id else ""


@FORM.rule(
    "6.3.0.0-1",
    "verb.id",
    "en AU kan ikke erklære utsagn ugyldige",
    "an AU may not void statements",
)
def voiding(said: Said) -> str | None:
    """Voiding is the LMS's alone."""
    return "" if said.verb == terms.VOIDED else None


@FORM.rule(
    "9.7.0.0-1",
    "timestamp",
    "utsagnet har ikke noe tidspunkt",
    "the statement has no timestamp",
)
def without_timestamp(said: Said) -> str | None:
    """By it the order of a session is judged."""
    return None if said.timestamp else ""


@FORM.rule(
    "9.7.0.0-2",
    "timestamp",
    "tidspunktet {found} er ikke i UTC; skriv det med Z til slutt",
    "the timestamp {found} is not in UTC; write it with a Z at the end",
)
def not_in_utc(said: Said) -> str | None:
    """Local times of a learner and an LMS can't be put in order."""
    moment = moment_of(said.timestamp)
    if moment is None or moment.utcoffset() is None:
        # One without a zone: xAPI's own rules tell of what is no time at all.
        return said.timestamp if moment is not None else None
    return said.timestamp if moment.utcoffset() else None


@FORM.rule(
    "9.2.0.0-2",
    "actor.objectType",
    "aktøren er en {found}, ikke en Agent",
    "the actor is a {found}, not an Agent",
)
def not_an_agent(said: Said) -> str | None:
    """A result belongs to one learner."""
    kind = said.actor.get("objectType", "Agent")
    return str(kind) if said.is_defined and kind != "Agent" else None


@FORM.rule(
    "9.2.0.0-3",
    "actor.account",
    "aktøren har ingen account; bruk actor fra oppstartsadressen uendret",
    "the actor has no account; use the actor of the launch address, unchanged",
)
def without_account(said: Said) -> str | None:
    """LMSs know learners by accounts."""
    return "" if said.is_defined and not object_of(said.actor.get("account")) else None


@FORM.rule(
    "8.1.3.0-3",
    "actor.account",
    "utsagnet handler om en annen enn den som startet AU-en",
    "the statement is about somebody other than who launched the AU",
)
def another_actor(said: Said) -> str | None:
    """The result would be somebody else's."""
    if said.is_defined and not object_of(said.actor.get("account")):
        return None
    return None if said.actor.get("account") == said.session.actor["account"] else ""


@FORM.rule(
    "8.1.3.0-3",
    "actor",
    "aktøren er ikke helt den samme som i oppstartsadressen; bruk den uendret",
    "the actor is not quite that of the launch address; use it unchanged",
    refuses=False,
)
def changed_actor(said: Said) -> str | None:
    """Some LMSs compare the whole object."""
    same_account = said.actor.get("account") == said.session.actor["account"]
    return "" if same_account and {"objectType": "Agent", **said.actor} != said.session.actor else None


@FORM.rule(
    "9.3.0.0-1",
    "verb.id",
    "{found} er ikke et verb som en AU kan bruke med kategorien cmi5; utelat kategorien",
    "{found} is no verb that an AU may use with the category cmi5; leave the category out",
)
def not_a_verb_of_the_au(said: Said) -> str | None:
    """The others are the LMS's own, or are not defined by cmi5."""
    return terms.short(said.verb) if said.is_defined and said.verb not in terms.OF_THE_AU else None


@FORM.rule(
    "8.1.5.0-6",
    "object.id",
    "utsagnet handler ikke om AU-en; object.id skal være activityId fra oppstartsadressen",
    "the statement is not about the AU; object.id is to be activityId of the launch address",
)
def about_something_else(said: Said) -> str | None:
    """The LMS gave the AU an id of its own, and looks for that (cmi5 9.4)."""
    return "" if said.is_defined and not said.is_about_unit else None


def moment_of(written: str) -> datetime | None:
    """The moment that a timestamp tells, None where it tells none."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
