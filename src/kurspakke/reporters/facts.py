"""What a package holds and reports, in words for administrators (Norwegian)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke import filesize
from kurspakke.contents import Contents
from kurspakke.package import Kind
from kurspakke.reporters.text import printable
from kurspakke.reporters.verdict import STANDARDS

LANGUAGES = {
    "nb": "bokmål",
    "nn": "nynorsk",
    "no": "norsk",
    "se": "nordsamisk",
    "en": "engelsk",
    "da": "dansk",
    "sv": "svensk",
    "de": "tysk",
    "fr": "fransk",
}
_SENT = (
    (("lesson_status", "completion_status", "success_status"), "status (påbegynt, fullført, bestått)"),
    (("score",), "poengsum"),
    (("session_time",), "tidsbruk"),
    (("lesson_location", "suspend_data", "cmi.location"), "hvor deltakeren var, så kurset kan fortsette der"),
    (("interactions",), "svar på spørsmål"),
    (("objectives",), "resultat for hvert læringsmål"),
    (("comments",), "kommentarer"),
)
_READ = (
    (("student_name", "learner_name"), "deltakerens navn"),
    (("student_id", "learner_id"), "deltakerens bruker-id"),
)
_VERBS = {
    "initialized": "startet",
    "attempted": "påbegynt",
    "launched": "åpnet",
    "experienced": "sett",
    "progressed": "framdrift",
    "answered": "svar på spørsmål",
    "interacted": "brukt",
    "completed": "fullført",
    "passed": "bestått",
    "failed": "ikke bestått",
    "mastered": "mestret",
    "suspended": "satt på pause",
    "resumed": "tatt opp igjen",
    "terminated": "avsluttet",
    "exited": "avsluttet",
    "played": "spilt av film",
    "paused": "stoppet film",
    "seeked": "spolt i film",
}
_MOVE_ON = {
    "Passed": "når den er bestått",
    "Completed": "når den er gjennomført",
    "CompletedAndPassed": "når den er gjennomført og bestått",
    "CompletedOrPassed": "når den er gjennomført eller bestått",
    "NotApplicable": "uten noe krav: den regnes som fullført med en gang",
}
_MOST = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """A word on the package, and what it is."""

    name: str
    value: str


def facts(contents: Contents) -> tuple[Fact, ...]:
    """The facts there are, each once."""
    return tuple(Fact(name, printable(" ".join(value.split()))) for name, value in _facts(contents) if value)


def _facts(contents: Contents) -> Iterator[tuple[str, str]]:
    yield "Tittel", _some(contents.titles)
    yield "Standard", " og ".join(STANDARDS[kind] for kind in contents.standards)
    if contents.units:
        yield "Deler å starte", str(contents.units)
    yield "Startfil", _some(contents.launches)
    yield "Språk", ", ".join(LANGUAGES.get(tag.split("-")[0], tag) for tag in contents.languages[:_MOST])
    size = filesize.shown(contents.bytes, "nb")
    yield (
        "Omfang",
        f"{_number(contents.pages, 'side', 'sider')}, {_number(contents.files, 'fil', 'filer')}, {size}",
    )
    yield "Lyd og film", "ja" if contents.has_media else "nei"
    yield "Fullført", _completion(contents)
    yield "Krav til poengsum", _some(contents.mastery)
    yield "Melder til læringsplattformen", _sent(contents)
    yield "Leser fra læringsplattformen", ", ".join(_named(_READ, contents))


def _completion(contents: Contents) -> str:
    rules = [_MOVE_ON.get(rule, rule) for rule in contents.completion]
    if rules:
        return "; ".join(dict.fromkeys(rules))
    if contents.mastery:
        return "læringsplattformen avgjør etter kravet til poengsum"
    says = any(name.endswith(("lesson_status", "completion_status")) for name in contents.cmi)
    return "kurset melder selv når det er fullført" if says or "completed" in contents.verbs else ""


def _sent(contents: Contents) -> str:
    if Kind.WEB in contents.standards:
        return "ingenting"
    of_scorm = list(_named(_SENT, contents)) if _is_scorm(contents) else []
    of_xapi = [_VERBS.get(verb, verb) for verb in contents.verbs] if not _is_scorm(contents) else []
    found = ", ".join(dict.fromkeys([*of_scorm, *of_xapi]))
    return found or "ingenting som kan sees i filene; kurset kan likevel melde noe når det er i gang"


def _is_scorm(contents: Contents) -> bool:
    return bool({Kind.SCORM12, Kind.SCORM2004} & set(contents.standards))


def _named(table: tuple[tuple[tuple[str, ...], str], ...], contents: Contents) -> Iterator[str]:
    if _is_scorm(contents):
        for parts, words in table:
            if any(part in name for name in contents.cmi for part in parts):
                yield words


def _some(values: tuple[str, ...]) -> str:
    more = f" og {len(values) - _MOST} til" if len(values) > _MOST else ""
    return ", ".join(value[:200] for value in values[:_MOST]) + more


def _number(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
