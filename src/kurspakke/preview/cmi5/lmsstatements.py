"""The statements that an LMS makes itself: launched, abandoned, waived, satisfied (cmi5 9.3)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from kurspakke.formats.cmi5_manifest import Part
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.launchdata import context_template
from kurspakke.preview.launchable import Launchable, titles_of
from kurspakke.preview.sessions import Session, given_id, stamp

Statement = dict[str, Any]

_DISPLAY = {
    terms.LAUNCHED: {"en": "launched", "nb": "åpnet"},
    terms.ABANDONED: {"en": "abandoned", "nb": "forlot"},
    terms.WAIVED: {"en": "waived", "nb": "fikk fritak for"},
    terms.SATISFIED: {"en": "satisfied", "nb": "oppfylte"},
}


def launched(session: Session, unit: Launchable, address: str) -> Statement:
    """Before an AU is opened (cmi5 9.3.1); `address` is that of the AU without what the launch adds to it (9.6.3.4)."""
    extensions: dict[str, Any] = {
        terms.LAUNCH_MODE: session.mode.value,
        terms.LAUNCH_URL: address,
        terms.MOVE_ON: session.move_on,
    }
    if session.mastery is not None:
        extensions[terms.MASTERY_SCORE] = session.mastery
    if unit.launch_parameters is not None:
        extensions[terms.LAUNCH_PARAMETERS] = unit.launch_parameters
    statement = _statement(session, terms.LAUNCHED, _unit(session), session.begun)
    statement["context"]["extensions"].update(extensions)
    return statement


def abandoned(session: Session, at: datetime, lasted: timedelta) -> Statement:
    """For a session that is left without `terminated` (cmi5 9.3.6); `lasted` is from launch to last word (9.5.4.2)."""
    statement = _statement(session, terms.ABANDONED, _unit(session), at)
    return {**statement, "result": {"duration": duration(lasted)}}


def waived(session: Session, reason: str, at: datetime) -> Statement:
    """The learner need not take this AU, because of `reason` (cmi5 9.3.7); `session` is one for this statement alone."""
    statement = _statement(session, terms.WAIVED, _unit(session), at)
    statement["context"]["contextActivities"]["category"].append(_activity(terms.MOVE_ON_CATEGORY))
    result = {"success": True, "completion": True, "extensions": {terms.REASON: reason}}
    return {**statement, "result": result}


def satisfied(session: Session, part: Part, at: datetime) -> Statement:
    """All that a block or course asks for is done (cmi5 9.3.9), by what was said in `session`."""
    kind = terms.COURSE if part.kind == "course" else terms.BLOCK
    thing = _activity(given_id(session.space, part.kind, part.id or ""))
    definition: dict[str, Any] = {"type": kind}
    if titles := titles_of(part):
        definition["name"] = dict(titles)
    statement = _statement(session, terms.SATISFIED, {**thing, "definition": definition}, at)
    statement["context"]["contextActivities"]["grouping"] = [_activity(part.id or "")]
    return statement


def duration(lasted: timedelta) -> str:
    """A time in ISO 8601, to a hundredth of a second; never below zero."""
    return f"PT{max(lasted.total_seconds(), 0):.2f}S"


def _statement(session: Session, verb: str, thing: Mapping[str, Any], at: datetime) -> Statement:
    context = context_template(session)
    context["registration"] = session.registration
    context["contextActivities"]["category"] = [_activity(terms.CATEGORY)]
    return {
        "id": str(uuid.uuid4()),
        "actor": dict(session.actor),
        "verb": {"id": verb, "display": _DISPLAY[verb]},
        "object": dict(thing),
        "context": context,
        "timestamp": stamp(at),
    }


def _unit(session: Session) -> dict[str, Any]:
    return _activity(session.activity)


def _activity(name: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": name}
