"""The course and the interface are spelt as the dictionaries spell, in every language that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from kurspakke.media import version_of
from kurspakke.sourcereader import read_source
from tests.courses import REAL
from tests.spelling.spelling import DICTIONARIES, drawn, met, misspelt, own

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


def test_no_package_in_nynorsk_has_a_drawing_in_bokmal() -> None:
    """Each drawing whose words differ has a version, with as many words in the same places."""
    drawings = drawn("nn")
    versions = {name for name in drawings if version_of(name)}
    assert len(versions) > 10
    assert versions == {name for name in _every_file() if name.endswith(".nn.svg") and "/media/" in name}
    for name in versions:
        base, _ = version_of(name) or ("", "")
        assert drawings[name] != drawn("nb")[base]
        assert parts_of(REAL / name) == parts_of(REAL / base), name
    words = {word: name for name, text in drawings.items() for word in re.findall(r"[^\W\d_]{2,}", text)}
    assert misspelt("nn", words) == {}
    assert "Hva" in misspelt("nn", {"Hva": "a drawing without a version"})


def parts_of(drawing: Path) -> list[tuple[str, dict[str, str]]]:
    """A drawing's elements with their attributes: all but its words."""
    return [(str(each.tag), dict(each.attrib)) for each in etree.parse(drawing).iter()]


def _every_file() -> Iterator[str]:
    return (path.relative_to(REAL).as_posix() for path in REAL.rglob("*"))


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
