"""What the template of the coordinator's page gets of a kit: its texts as HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kurspakke.kit import Gathering, Kit, WeekPlan
from kurspakke.markup import html_without_glossary, without_glossary
from kurspakke.model import Kind


def shown_kit(kit: Kit) -> dict[str, Any]:
    """The kit by the names that coordinator.html.j2 asks for."""
    return {
        "introduction": html_without_glossary(Kind.MARKDOWN, kit.introduction),
        "times": kit.times,
        "whole": kit.whole,
        "weeks": [_week(plan) for plan in kit.weeks],
        "checklist": without_glossary(kit.checklist),
        "sections": [without_glossary(section) for section in kit.sections],
        "gatherings": [_gathering(meeting) for meeting in kit.gatherings],
    }


def _week(plan: WeekPlan) -> WeekPlan:
    planned = tuple(replace(item, work=without_glossary(item.work)) for item in plan.planned)
    return replace(plan, week=without_glossary(plan.week), planned=planned)


def _gathering(meeting: Gathering) -> dict[str, Any]:
    return {
        "id": f"{meeting.module.id}.{meeting.work.id}",
        "module": meeting.module.title,
        "work": without_glossary(meeting.work),
        "letters": {key: without_glossary(letter) for key, letter in meeting.letters.items()},
    }
