"""Whose edition of which course a package of ours is: told only where all that it says of itself agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke.comparison.player import Player
from kurspakke.htmlpage import Page
from kurspakke.htmltext import text_of
from kurspakke.package import Kind, Package
from kurspakke.unit import COMBINED, identifier_of
from kurspakke.words import words

_LANGUAGES = frozenset({"nb", "nn", "en", "se"})


@dataclass(frozen=True, slots=True)
class Origin:
    """`course` is what the activity ids of all its editions begin with, `unit` a module's id or `all`.

    `edition` is the locality's id, as in its activities, and `title` its name; both are empty in the national edition.
    """

    course: str
    unit: str
    edition: str
    title: str

    def __str__(self) -> str:
        """Whose it is, in words."""
        return f"that of «{self.edition}» ({self.title})" if self.edition else "the national one"


def origin_of(package: Package, identifier: str, player: Player) -> Origin | None:
    """What the footer, the activity ids and the manifest's `identifier` agree on; None where they don't.

    An edition names itself in the footer. Its activities have its id after the course's, and then the audience's if
    that is not the first one; those of the national edition have the audience's alone.
    """
    unit = _unit(player, identifier)
    title = _title(package, player)
    parts = player.course_activity.split("/")
    found = []
    for count in (1, 2) if title else (0, 1):
        course, suffixes = parts[: len(parts) - count], tuple(parts[len(parts) - count :])
        named = _names(package, player, unit, suffixes)
        if unit and player.course and course[-1:] == [player.course] and identifier in named:
            found.append(Origin("/".join(course), unit, suffixes[0] if title else "", title))
    return found[0] if len(found) == 1 else None


def _unit(player: Player, identifier: str) -> str:
    whole = player.course_activity
    # The first document of a cmi5 course speaks of its first module; the course's id is that of the whole.
    if whole in {player.activity, identifier}:
        return COMBINED
    return player.unit if player.activity == f"{whole}/{player.unit}" else ""


def _names(package: Package, player: Player, unit: str, suffixes: tuple[str, ...]) -> frozenset[str]:
    """What the manifest's identifier may be (formats/)."""
    activity = player.course_activity if unit == COMBINED else player.activity
    match package.kinds:
        case (Kind.SCORM12,):
            return frozenset({identifier_of(player.course, unit, suffixes, player.language)})
        case (Kind.XAPI,):
            return frozenset({activity})
        case (Kind.CMI5,):
            return frozenset({activity if unit == COMBINED else f"{activity}/course"})
        case (Kind.WEB,):
            return frozenset({""})
    return frozenset()


def _title(package: Package, player: Player) -> str:
    """Whose edition the footer says it is; empty where it says nothing of the kind."""
    return next((title for page in package.pages.values() for title in _titles(page, player)), "")


def _titles(page: Page, player: Player) -> Iterator[str]:
    if player.language not in _LANGUAGES:
        return
    known = words(player.language)
    sentence = known["edition_builds_on"].replace("{version}", player.version)
    before, _, after = sentence.partition("{title}")
    for term in page.all("dt"):
        told = term.getnext()
        if told is None or told.tag != "dd" or text_of(term) != known["edition_label"]:
            continue
        text = text_of(told)
        if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
            yield text[len(before) : len(text) - len(after)]
