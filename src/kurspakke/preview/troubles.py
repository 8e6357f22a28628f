"""Trouble on demand: what can go wrong between a course and its LMS.

What happens between the course's API calls and the LMS is done by the LMS page in the browser, what happens to the LRS
by the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Side = Literal["lms", "lrs", "both"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A thing that goes wrong: its name in addresses, what it is called, and who carries it out."""

    id: str
    side: Side
    nb: str
    en: str


TROUBLES: Mapping[str, Trouble] = {
    trouble.id: trouble
    for trouble in (
        Trouble("commit-refused", "lms", "LMS-et avviser lagring", "The LMS refuses to store"),
        Trouble(
            "commit-lost",
            "lms",
            "Lagringen går tapt, men LMS-et svarer «true»",
            "What is stored gets lost, though the LMS says «true»",
        ),
        Trouble("offline", "both", "Ikke noe nett", "No network"),
        Trouble("slow", "both", "Tregt nett (tre sekunder)", "A slow network (three seconds)"),
        Trouble("session-expired", "both", "Innloggingen er utløpt", "The login has expired"),
        Trouble("lrs-401", "lrs", "LRS-et svarer 401: ikke innlogget", "The LRS answers 401: not authorized"),
        Trouble(
            "lrs-409",
            "lrs",
            "LRS-et svarer 409: noe annet er lagret i mellomtiden",
            "The LRS answers 409: something else was stored meanwhile",
        ),
        Trouble(
            "lrs-500", "lrs", "LRS-et svarer 500: feil i LRS-et", "The LRS answers 500: an error of its own"
        ),
        Trouble("lrs-down", "lrs", "LRS-et svarer ikke", "The LRS can't be reached"),
        Trouble("api-late", "lms", "API-et kommer ti sekunder for sent", "The API comes ten seconds late"),
        Trouble("api-missing", "lms", "API-et mangler", "There is no API"),
        Trouble("tab-killed", "lms", "Fanen blir borte midt i et ord", "The tab is gone in mid-word"),
    )
}
