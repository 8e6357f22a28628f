"""What a package does with personal data: «Personvern i denne pakken», made from what is really in the package.

Each row says what, when, where and for how long, by keys of the interface's texts, and by the names that administrators
know it under: SCORM elements, xAPI verbs and documents, keys of the browser's storage (`…` stands for what differs from
learner to learner). `tests/browser/test_privacy.py` plays packages and holds the rows against what they did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kurspakke.components.likert import Likert
from kurspakke.course import Module
from kurspakke.profiles import DEFAULTS
from kurspakke.state import ROOM, longest_state_of
from kurspakke.unit import Unit

_KEEPING = frozenset({"reflection", "action-plan", "prioritise", "survey"})
"""The components whose content stays in the browser; opinions that are not reported do too."""

_FORMATS_WITH_LRS = frozenset({"xapi", "cmi5"})
_NOTES_MOST = 8000
"""Characters of notes in an LRS: what is sent as a page closes may hold 64 kB in all."""

_NOTES_FRAME = 2
"""The dot and the letter that the notes begin with (src/runtime/src/state.ts)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is sent, read or kept. All but `names` are keys of texts."""

    what: tuple[str, ...]
    names: tuple[str, ...]
    when: str
    where: str
    kept: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole page: what to read first, the LMS it is set up for if it is set up for one, and the rows."""

    lead: tuple[str, ...]
    set_up_for: str | None
    rows: tuple[Row, ...]


def ledger(unit: Unit, modules: Sequence[Module], format_name: str) -> Ledger:
    """What one document of a package does; `modules` are those it holds."""
    told = _Told(unit, modules, format_name)
    lms = unit.course.lms
    return Ledger(
        lead=("privacy_lead_web",) if format_name == "web" else ("privacy_lead", "privacy_lead_who"),
        set_up_for=lms.title if lms and format_name == "scorm12" else None,
        rows=tuple(told.rows()),
    )


def keeps_notes(modules: Sequence[Module]) -> bool:
    """Whether there is something to fill in that stays in the browser."""
    components = [component for module in modules for component in module.components()]
    return any(
        getattr(component, "type", "") in _KEEPING or (isinstance(component, Likert) and not component.report)
        for component in components
    )


def tells_opinions(modules: Sequence[Module]) -> bool:
    """Whether there are opinions that are reported."""
    return any(
        isinstance(component, Likert) and component.report
        for module in modules
        for component in module.components()
    )


def has_films(modules: Sequence[Module]) -> bool:
    """Whether there is a film or a recording to play."""
    components = [component for module in modules for component in module.components()]
    return any(getattr(component, "type", "") in {"video", "audio"} for component in components)


def room_for_notes(modules: Sequence[Module], format_name: str) -> int | None:
    """Characters of notes that the LMS has room for if the learner wants them there; None if that is not offered."""
    if format_name == "web" or not keeps_notes(modules):
        return None
    if format_name == "scorm12":
        return max(0, ROOM - longest_state_of(modules) - _NOTES_FRAME)
    return _NOTES_MOST


_FILM_VERBS = ("initialized", "played", "paused", "seeked", "completed", "terminated")
"""Of the xAPI Video Profile."""


class _Told:
    """The rows of one document."""

    def __init__(self, unit: Unit, modules: Sequence[Module], format_name: str) -> None:
        self._modules = modules
        self._format = format_name
        whole = len(modules) > 1 or (unit.combined and len(unit.modules) == 1)
        self._activity = unit.activity_of(None if whole else modules[0])
        components = (component for module in modules for component in module.components())
        self._questions = [found for component in components for _, found in component.interactions()]
        self._judged = any(question.is_judged for question in self._questions)
        lms = unit.course.lms if format_name == "scorm12" else None
        self._tracking = lms.tracked if lms else dict(DEFAULTS)

    def rows(self) -> Iterator[Row]:
        """Sent first, then what stays in the browser, then what is only read."""
        if self._format == "scorm12":
            yield from self._scorm12()
        if self._format in _FORMATS_WITH_LRS:
            yield from self._statements()
        yield from self._browser()
        yield from self._read()

    def _scorm12(self) -> Iterator[Row]:
        step, lms = "privacy_when_step", ("privacy_where_lms", "privacy_kept_lms")
        yield Row(("privacy_status",), ("cmi.core.lesson_status",), step, *lms)
        if self._judged and self._tracking["score"] != "never":
            when = "privacy_when_done" if self._tracking["score"] == "done" else step
            yield Row(
                ("privacy_score",),
                tuple(f"cmi.core.score.{name}" for name in ("raw", "min", "max")),
                when,
                *lms,
            )
        place = tuple(f"cmi.{name}" for name in ("suspend_data", "core.lesson_location", "core.exit"))
        yield Row(self._place(), place, step, *lms)
        yield Row(("privacy_time",), ("cmi.core.session_time",), "privacy_when_leave", *lms)
        if self._questions:
            names = ["id", "type", "time", "student_response", "result", "weighting", "latency"]
            if self._judged:
                names.append("correct_responses.0.pattern")
            answer = tuple(f"cmi.interactions.n.{name}" for name in names)
            yield Row(self._answers(), answer, "privacy_when_answer", *lms)
        yield from self._shared("cmi.suspend_data")

    def _statements(self) -> Iterator[Row]:
        step, lms = "privacy_when_step", ("privacy_where_lms", "privacy_kept_lms")
        cmi5 = self._format == "cmi5"
        yield Row(("privacy_actor",), ("actor",), step, *lms)
        begins = ("initialized",) if cmi5 else ("initialized", "resumed")
        ends = ("terminated",) if cmi5 else ("terminated", "suspended")
        yield Row(("privacy_session",), (*begins, *ends), "privacy_when_session", *lms)
        pages = ("privacy_pages", "privacy_progress")
        yield Row(pages, ("experienced", "progressed"), "privacy_when_page", *lms)
        if has_films(self._modules):
            yield Row(("privacy_media",), _FILM_VERBS, "privacy_when_media", *lms)
        if self._questions:
            yield Row(self._answers(), ("answered",), "privacy_when_answer", *lms)
        # By cmi5, an LMS may hold a package without a limit of its own against one.
        limit = self._judged and any(module.head.mastery_score is not None for module in self._modules)
        judged = ("passed", "failed") if limit or (cmi5 and self._judged) else ("passed",) if cmi5 else ()
        what = "privacy_outcome_score" if self._judged else "privacy_outcome"
        yield Row((what,), ("completed", *judged), "privacy_when_done", *lms)
        yield Row(self._place(), ("suspendData",), step, *lms)
        yield from self._shared("suspendData")

    def _browser(self) -> Iterator[Row]:
        here, kept = "privacy_where_browser", "privacy_kept_browser"
        step, activity = "privacy_when_step", f"kurspakke:{self._activity}"
        if keeps_notes(self._modules):
            yield Row(
                ("privacy_notes",), (f"{activity}:notes",), "privacy_when_write", here, "privacy_kept_notes"
            )
        if self._format == "web":
            yield Row(self._place(), (activity,), step, here, kept)
        else:
            yield Row(("privacy_alone",), (activity,), step, here, kept)
        yield Row(("privacy_copy",), (f"{activity}#…",), step, here, "privacy_kept_tab")
        if self._format != "web":
            yield Row(("privacy_unsaved",), ("kurspakke:unsaved:…",), step, here, "privacy_kept_saved")
        if self._format in _FORMATS_WITH_LRS:
            yield Row(("privacy_queue",), ("kurspakke:queue:…",), step, here, "privacy_kept_sent")
        if self._format == "cmi5":
            yield Row(
                ("privacy_token",), ("kurspakke:cmi5:…",), "privacy_when_open", here, "privacy_kept_tab"
            )
        yield Row(("privacy_trial",), ("kurspakke:?",), "privacy_when_open", here, "privacy_kept_not")

    def _read(self) -> Iterator[Row]:
        names: tuple[str, ...] = ()
        if self._format == "scorm12":
            core = ["lesson_mode", "lesson_status", "lesson_location", "student_id"]
            mastery = ["student_data.mastery_score"] if self._tracking["mastery"] == "lms" else []
            asked = ["interactions._count"] if self._questions else []
            parts = [*(f"core.{name}" for name in core), "suspend_data", *mastery, *asked]
            names = tuple(f"cmi.{part}" for part in parts)
        elif self._format == "cmi5":
            names = ("LMS.LaunchData", "cmi5LearnerPreferences", "suspendData")
        elif self._format == "xapi":
            names = ("suspendData",)
        what = ("privacy_read", "privacy_read_number") if self._format == "scorm12" else ("privacy_read",)
        if names:
            yield Row(what, names, "privacy_when_open", "privacy_where_from", "privacy_kept_not")

    def _shared(self, name: str) -> Iterator[Row]:
        """What the learner may choose to keep in the LMS too."""
        if keeps_notes(self._modules):
            lms = "privacy_where_lms"
            yield Row(("privacy_shared",), (name,), "privacy_when_chosen", lms, "privacy_kept_chosen")
            copy = f"kurspakke:{self._activity}:shared"
            here = "privacy_where_browser"
            yield Row(("privacy_shared_copy",), (copy,), "privacy_when_chosen", here, "privacy_kept_chosen")

    def _place(self) -> tuple[str, ...]:
        return ("privacy_place_answers",) if self._questions else ("privacy_place",)

    def _answers(self) -> tuple[str, ...]:
        """What is told of an answer; also that words and opinions are, where there are such questions."""
        kinds = {question.type for question in self._questions}
        typed = ("privacy_answers_typed",) if kinds & {"fill-in", "numeric"} else ()
        opinions = ("privacy_answers_opinions",) if "likert" in kinds else ()
        return ("privacy_answers", *typed, *opinions)
