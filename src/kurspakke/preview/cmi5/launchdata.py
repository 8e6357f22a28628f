"""What a cmi5 AU is told of its launch: the document LMS.LaunchData (cmi5 10)."""

from __future__ import annotations

from typing import Any

from kurspakke.preview.cmi5.terms import SESSION_ID
from kurspakke.preview.launchable import Launchable
from kurspakke.preview.sessions import Session


def context_template(session: Session) -> dict[str, Any]:
    """What every context of the session begins with: its id, and the publisher's ids of AU and course (cmi5 10.2.1)."""
    publishers = dict.fromkeys(name for name in (session.unit, session.course) if name)
    grouping = [{"objectType": "Activity", "id": name} for name in publishers]
    return {
        "contextActivities": {"grouping": grouping},
        "extensions": {SESSION_ID: session.id},
    }


def launch_data(session: Session, unit: Launchable, back: str = "") -> dict[str, Any]:
    """The whole document; `back` is the address to which the AU sends the learner at its end, "" for none."""
    data: dict[str, Any] = {
        "contextTemplate": context_template(session),
        "launchMode": session.mode.value,
        "launchMethod": unit.launch_method,
        "moveOn": session.move_on,
    }
    if unit.launch_parameters is not None:
        data["launchParameters"] = unit.launch_parameters
    if session.mastery is not None:
        data["masteryScore"] = session.mastery
    if back:
        data["returnURL"] = back
    if unit.entitlement_key is not None:
        data["entitlementKey"] = {"courseStructure": unit.entitlement_key}
    return data
