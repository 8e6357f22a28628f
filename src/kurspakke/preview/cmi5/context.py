"""cmi5's rules for the context of a statement: registration, session, template, categories (cmi5 9.6; 10.2.1)."""

from __future__ import annotations

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.launchdata import context_template
from kurspakke.preview.cmi5.rules import Table
from kurspakke.preview.cmi5.said import Said, number_of, text_of

CONTEXT: Table[Said] = Table()


@CONTEXT.rule(
    "9.6.1.0-1",
    "context.registration",
    "registreringen er ikke den fra oppstartsadressen",
    "the registration is not that of the launch address",
)
def another_registration(said: Said) -> str | None:
    """Without it the result belongs to no enrolment."""
    given = text_of(said.context.get("registration")).lower()
    return None if given == said.session.registration else ""


@CONTEXT.rule(
    "9.6.3.1-4",
    "context.extensions",
    "øktens id mangler eller er en annen; bygg context på contextTemplate i LMS.LaunchData",
    "the session's id is missing or another one; build the context on contextTemplate of LMS.LaunchData",
)
def without_session(said: Said) -> str | None:
    """By it the LMS tells a learner's sessions apart."""
    return None if said.session_id == said.session.id else ""


@CONTEXT.rule(
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


@CONTEXT.rule(
    "9.6.2.2-1",
    "context.contextActivities.category",
    "success eller completion uten kategorien moveon; da teller det ikke",
    "success or completion without the category moveon; so it does not count",
)
def without_move_on(said: Said) -> str | None:
    """By it the LMS finds what satisfies a course."""
    return "" if said.is_defined and _judges(said) and not _moves_on(said) else None


@CONTEXT.rule(
    "9.6.2.2-2",
    "context.contextActivities.category",
    "kategorien moveon på et utsagn uten success og completion, eller uten kategorien cmi5",
    "the category moveon in a statement without success and completion, or without the category cmi5",
)
def move_on_elsewhere(said: Said) -> str | None:
    """It would look like a result."""
    return "" if _moves_on(said) and not (said.is_defined and _judges(said)) else None


@CONTEXT.rule(
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


def _judges(said: Said) -> bool:
    return "success" in said.result or "completion" in said.result


def _moves_on(said: Said) -> bool:
    return terms.MOVE_ON_CATEGORY in said.activities("category")


def mastery_given(said: Said) -> float | None:
    """The masteryScore that the statement says it is judged by (cmi5 9.6.3.2)."""
    return number_of(said.extensions.get(terms.MASTERY_SCORE))
