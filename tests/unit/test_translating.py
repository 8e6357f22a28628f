"""The translator's file: complete, kept up to date, stable, and never poorer than it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.catalog import read_catalog
from kurspakke.catalogfile import CatalogFile, Entry, new_file, read_file, written
from kurspakke.sourcereader import read_source
from kurspakke.texts import Text, texts
from kurspakke.translating import updated
from tests.command import run
from tests.courses import BASE, copy, edit, findings

EMPTY = new_file("prove", "nn")
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n\t")
WORDS = st.text(CHARACTERS, min_size=1, max_size=200).filter(str.strip)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy(BASE, tmp_path / "kurs")


def po(course: Path) -> Path:
    return course / "locale" / "nn.po"


def entries(course: Path) -> dict[str | None, Entry]:
    return {entry.id: entry for entry in read_file(po(course).read_bytes(), EMPTY).entries}


def translate_all(course: Path) -> None:
    """Each text translated by the same word before it."""
    file = read_file(po(course).read_bytes(), EMPTY)
    done = tuple(Entry(e.id, e.source, f"NN {e.source}", place=e.place) for e in file.entries)
    po(course).write_bytes(written(CatalogFile(file.head, done, file.obsolete)))


def a_text(course: Path) -> Text:
    source = read_source(course)
    assert source.course
    return next(text for text in texts(source.course) if text.file == "course.yaml")


def test_a_new_file_has_every_text_in_the_order_of_the_course(course: Path) -> None:
    answer = run("translate", "nn", course)
    source = read_source(course)
    assert source.course
    expected = [text.id for text in texts(source.course)]
    assert [*entries(course)] == expected
    assert f"0 translated, 0 outdated, {len(expected)} missing" in answer.out
    assert "add nn to `languages`" in answer.out
    assert '#: course.yaml\nmsgctxt "#title"\nmsgid "En liten prøve"\n' in po(course).read_text("utf-8")


def test_a_course_that_is_translated_has_no_finding(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    edit(course / "course.yaml", "languages: [nb]", "languages: [nb, nn]")
    assert [finding for finding in findings(course) if finding.rule.id.startswith("SRC-06")] == []
    assert "0 missing" in run("translate", "nn", course).out


def test_running_it_again_changes_nothing(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    edit(course / "course.yaml", "En liten prøve", "En annen prøve")
    run("translate", "nn", course)
    before = po(course).read_bytes(), po(course).stat().st_mtime_ns
    run("translate", "nn", course)
    assert (po(course).read_bytes(), po(course).stat().st_mtime_ns) == before


def test_a_changed_text_makes_its_translation_outdated_and_keeps_it(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    edit(course / "course.yaml", "En liten prøve", "En annen prøve")
    assert "1 outdated, 0 missing" in run("translate", "nn", course).out
    entry = entries(course)["#title"]
    assert (entry.source, entry.previous, entry.text) == (
        "En annen prøve",
        "En liten prøve",
        "NN En liten prøve",
    )
    assert '#| msgid "En liten prøve"' in po(course).read_text("utf-8")
    assert read_catalog(po(course).read_bytes(), "nn.po").translations["#title"].outdated


def test_a_text_changed_twice_shows_what_its_translation_was_made_from(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    for old, new in (("En liten prøve", "En annen prøve"), ("En annen prøve", "En tredje prøve")):
        edit(course / "course.yaml", old, new)
        run("translate", "nn", course)
    assert entries(course)["#title"].previous == "En liten prøve"


def test_a_text_that_is_changed_back_has_its_translation_again(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    before = po(course).read_bytes()
    for old, new in (("En liten prøve", "En annen prøve"), ("En annen prøve", "En liten prøve")):
        edit(course / "course.yaml", old, new)
        run("translate", "nn", course)
    assert po(course).read_bytes() == before


def test_a_translation_of_a_text_that_is_gone_is_kept_and_comes_back(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    before = po(course).read_bytes()
    edit(course / "course.yaml", "keywords: [prøve]", "keywords: []")
    assert "1 of texts that are gone" in run("translate", "nn", course).out
    assert '#~ msgctxt "#keywords.0"\n' in po(course).read_text("utf-8")
    assert "#keywords.0" not in read_catalog(po(course).read_bytes(), "nn.po").translations
    edit(course / "course.yaml", "keywords: []", "keywords: [prøve]")
    run("translate", "nn", course)
    assert po(course).read_bytes() == before


def test_a_translators_head_notes_and_marks_stay(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    file = po(course)
    edit(file, '"Language: nn\\n"\n', '"Language: nn\\n"\n"Last-Translator: Kari <kari@example.org>\\n"\n')
    edit(file, '#: course.yaml\nmsgctxt "#title"', '# Spør Kari.\n#: course.yaml\n#, fuzzy\nmsgctxt "#title"')
    before = file.read_bytes()
    assert "1 outdated" in run("translate", "nn", course).out
    assert file.read_bytes() == before


def test_of_two_entries_with_one_id_the_later_counts_and_neither_is_lost() -> None:
    head, first, second = EMPTY.head, Entry("#a", "Ein", "Eitt"), Entry("#a", "To", "Tvo")
    new = updated(CatalogFile(head, (first, second)), [Text("#a", "course.yaml", ("a",), "To")])
    assert [entry.text for entry in new.entries] == ["Tvo"]
    assert [entry.text for entry in new.obsolete] == ["Eitt"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'msgid "a"\nmsgstr "b\n', "nn.po:2: the file can't be read here"),
        (b"\xff\xfe", "nn.po:1: the file can't be read here"),
        (b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', "plural forms"),
    ],
)
def test_a_file_that_cannot_be_read_stays_as_it_is(course: Path, data: bytes, words: str) -> None:
    po(course).parent.mkdir()
    po(course).write_bytes(data)
    answer = run("translate", "nn", course)
    assert answer.code == 3
    assert words in answer.err
    assert po(course).read_bytes() == data


def test_a_course_that_cannot_be_read_whole_is_refused(course: Path) -> None:
    run("translate", "nn", course)
    translate_all(course)
    before = po(course).read_bytes()
    page = next((course / "modules/post/pages").glob("*.yaml"))
    page.write_text("id: [", "utf-8")
    answer = run("translate", "nn", course)
    assert answer.code == 3
    assert "kurspakke validate" in answer.err
    assert po(course).read_bytes() == before


def test_the_language_of_the_course_and_unknown_ones_are_refused(course: Path) -> None:
    assert "the course is written in nb" in run("translate", "nb", course).err
    assert run("translate", "nb", course).code == 2
    assert run("translate", "xx", course).code == 2
    assert not po(course).exists()


def test_where_nothing_can_be_written_the_refusal_says_so(course: Path) -> None:
    (course / "locale").write_text("")
    answer = run("translate", "nn", course)
    assert answer.code == 3
    assert "can't write" in answer.err


@given(st.lists(st.tuples(WORDS, WORDS, st.none() | WORDS), max_size=5))
def test_what_is_written_is_read_again(items: list[tuple[str, str, str | None]]) -> None:
    made = tuple(
        Entry(f"#t.{number}", source, text, previous, "course.yaml", flags=frozenset({"fuzzy"}))
        for number, (source, text, previous) in enumerate(items)
    )
    assert read_file(written(CatalogFile(EMPTY.head, made)), EMPTY).entries == made
