"""The course and the interface are spelt as the dictionaries spell, in every language that they have."""

from __future__ import annotations

import pytest

from kurspakke.source import read_source
from tests.courses import REAL
from tests.spelling.spelling import DICTIONARIES, met, misspelt, own

pytestmark = pytest.mark.slow
"""hunspell is there after `make test`; the quick tests do without."""


def test_every_language_of_the_course_has_a_dictionary() -> None:
    course = read_source(REAL).course
    assert course
    assert set(course.languages) <= DICTIONARIES.keys()


@pytest.mark.parametrize("language", DICTIONARIES)
def test_every_word_is_spelt_as_in_the_dictionary(language: str) -> None:
    words = met(language)
    assert len(words) > 400
    assert misspelt(language, words) == {}


@pytest.mark.parametrize("language", DICTIONARIES)
def test_a_slip_is_found(language: str) -> None:
    slips = {"kommmune": "here", "digitallisering": "here", "xylofonistt": "here"}
    assert misspelt(language, slips) == slips


@pytest.mark.parametrize("language", DICTIONARIES)
def test_our_own_words_are_in_order_and_in_use(language: str) -> None:
    words = own(language)
    assert words == sorted(set(words))
    used = met(language)
    assert [
        word for word in words if not used.keys() & {word, word[0].upper() + word[1:], word.upper()}
    ] == []
