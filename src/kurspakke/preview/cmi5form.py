"""cmi5's rules for a statement in itself: who, about what, result, context, time (cmi5 9.1 to 9.7)."""

from __future__ import annotations

from datetime import datetime

from kurspakke.preview import cmi5terms as terms
from kurspakke.preview.cmi5rules import Table
from kurspakke.preview.cmi5said import Said, number_of, object_of, text_of
from kurspakke.preview.launchdata import context_template

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


@FORM.rule(
    "9.6.1.0-1",
    "context.registration",
    "registreringen er ikke den fra oppstartsadressen",
    "the registration is not that of the launch address",
)
def another_registration(said: Said) -> str | None:
    """Without it the result belongs to no enrolment."""
    given = text_of(said.context.get("registration")).lower()
    return None if given == said.session.registration else ""


@FORM.rule(
    "9.6.3.1-4",
    "context.extensions",
    "øktens id mangler eller er en annen; bygg context på contextTemplate i LMS.LaunchData",
    "the session's id is missing or another one; build the context on contextTemplate of LMS.LaunchData",
)
def without_session(said: Said) -> str | None:
    """By it the LMS tells a learner's sessions apart."""
    return None if said.session_id == said.session.id else ""


@FORM.rule(
    "10.2.1.0-6",
    "context.contextActivities",
    "{found} fra contextTemplate mangler i context.contextActivities",
    "{found} of the contextTemplate is missing in context.contextActivities",
)
def not_on_the_template(said: Said) -> str | None:
    """The template is taken over whole, and added to (cmi5 9.6.2)."""
    template = context_template(said.session)["contextActivities"]
    missing = (
        each["id"] for kind in template for each in template[kind] if each["id"] not in said.activities(kind)
    )
    return next(missing, None)


@FORM.rule(
    "9.6.2.2-1",
    "context.contextActivities.category",
    "success eller completion uten kategorien moveon; da teller det ikke",
    "success or completion without the category moveon; so it does not count",
)
def without_move_on(said: Said) -> str | None:
    """By it the LMS finds what satisfies a course."""
    return "" if said.is_defined and _judges(said) and not _moves_on(said) else None


@FORM.rule(
    "9.6.2.2-2",
    "context.contextActivities.category",
    "kategorien moveon på et utsagn uten success og completion, eller uten kategorien cmi5",
    "the category moveon in a statement without success and completion, or without the category cmi5",
)
def move_on_elsewhere(said: Said) -> str | None:
    """It would look like a result."""
    return "" if _moves_on(said) and not (said.is_defined and _judges(said)) else None


@FORM.rule(
    "9.6.2.1-1",
    "context.contextActivities.category",
    "«{found}» om AU-en uten kategorien cmi5: det teller ikke",
    "`{found}` about the AU without the category cmi5: it counts for nothing",
    refuses=False,
)
def without_category(said: Said) -> str | None:
    """It is taken as a statement that cmi5 only allows."""
    looks_so = said.verb in terms.OF_THE_AU and said.is_about_unit
    return terms.short(said.verb) if looks_so and not said.is_defined else None


def moment_of(written: str) -> datetime | None:
    """The moment that a timestamp tells, None where it tells none."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _judges(said: Said) -> bool:
    return "success" in said.result or "completion" in said.result


def _moves_on(said: Said) -> bool:
    return terms.MOVE_ON_CATEGORY in said.activities("category")


def mastery_given(said: Said) -> float | None:
    """The masteryScore that the statement says it is judged by (cmi5 9.6.3.2)."""
    return number_of(said.extensions.get(terms.MASTERY_SCORE))
