"""Which language a text is certainly in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.htmltext import words_in
from kurspakke.tongue import tongue_of_page, tongue_of_part

NORWEGIAN = "Dere skal ikke ha det som vi har hatt det, og hva dere gjør med planen, er det dere som vet"
ENGLISH = "You are not to have it as we have had it, and what is to be done with this is for you to say"


@pytest.mark.parametrize("written", [str, str.upper, str.title, str.swapcase])
@pytest.mark.parametrize(("text", "tongue"), [(NORWEGIAN, "no"), (ENGLISH, "en")])
def test_a_text_is_in_its_language_however_it_is_written(
    text: str, tongue: str, written: Callable[[str], str]
) -> None:
    assert tongue_of_part(written(text)) == tongue
    assert tongue_of_page(words_in(written(f"{text} {text}").encode())) == tongue


@pytest.mark.parametrize("text", [f"{NORWEGIAN} {ENGLISH}", "Planen gjelder", "", "x y z " * 100])
def test_in_doubt_it_is_in_none(text: str) -> None:
    assert tongue_of_part(text) == ""
    assert tongue_of_page(words_in(text.encode())) == ""


@given(st.text())
def test_words_are_those_of_the_text(text: str) -> None:
    assert words_in(text.encode()) == [word.encode() for word in text.split()]


def test_every_blank_parts_words() -> None:
    blanks = [sign for sign in map(chr, range(0x3001)) if sign.isspace()]
    assert len(blanks) > 20
    assert all(words_in(f"og{blank}det".encode()) == [b"og", b"det"] for blank in blanks)
