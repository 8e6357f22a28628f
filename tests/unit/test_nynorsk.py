"""The study package in nynorsk: whole, up to date, with the markup of the texts it is made from, and in no bokmål."""

from __future__ import annotations

import re

import pytest

from kurspakke.catalogfile import Entry, new_file, read_file
from tests.courses import REAL, findings

ENTRIES = read_file((REAL / "locale" / "nn.po").read_bytes(), new_file("kurs", "nn")).entries
BOKMAL = re.compile(
    r"\b(ikke|hva|hvem|hvor|hvordan|hvorfor|hvilke[nt]?|jeg|noen|også|dere|deres|løsning(en|er)?|tjeneste[nr]?"
    r"|innbygger(en|e|ne)?|leder(en|e|ne)?|kommuner|bare|mye|fortsatt|gjør|sier|være|skole[nr]?|opplysninger)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"«[^»]*»|\]\([^)]*\)")
"""Words in a picture that is the same in both languages, and addresses."""


def markup(text: str) -> tuple[object, ...]:
    """What has to be the same in each language: addresses, slots, paragraphs, list items and emphasis."""
    return (
        sorted(re.findall(r"\]\(([^)]*)\)", text)),
        sorted(re.findall(r"\{\w+\}", text)),
        len(re.findall(r"\n\s*\n", text)),
        re.findall(r"(?m)^(-|\d+\.) ", text),
        text.count("**"),
        len(re.findall(r"(?<!\*)\*(?!\*)", text)),
    )


def test_the_course_has_no_finding_in_either_language() -> None:
    assert findings(REAL) == ()
    assert all(entry.text and not entry.outdated for entry in ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_translation_has_the_markup_of_its_text(entry: Entry) -> None:
    assert markup(entry.text) == markup(entry.source)


def test_nothing_is_left_in_bokmal() -> None:
    """Titles of sources are what they are."""
    found = {
        entry.id: match.group()
        for entry in ENTRIES
        if entry.id and not entry.id.endswith(".source.text")
        if (match := BOKMAL.search(QUOTED.sub("", entry.text)))
    }
    assert found == {}
