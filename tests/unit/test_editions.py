"""The course in one language, for one audience."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.catalog import read_catalog
from kurspakke.course import Course
from kurspakke.editions import localise
from kurspakke.findings import UsageError
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from tests.courses import REAL

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture(scope="module")
def course() -> Course:
    course = read_source(GOLDEN).course
    assert course
    return course


def ids(course: Course) -> list[str]:
    return [component.id for module in course.modules for component in module.components()]


def test_the_first_audience_is_the_one_without_a_name(course: Course) -> None:
    assert localise(course, Variant("nb"), None) == localise(course, Variant("nb", "alle"), None)
    assert "for-ledere" not in ids(localise(course, Variant("nb"), None))
    assert "for-ledere" in ids(localise(course, Variant("nb", "leder"), None))


def test_pages_and_modules_without_content_for_an_audience_drop_out() -> None:
    course = read_source(REAL).course
    assert course
    for audience in course.head.audiences:
        localised = localise(course, Variant("nb", audience.id), None)
        assert all(page.components for module in localised.modules for page in module.pages)
        assert all(module.pages for module in localised.modules)


def test_texts_come_from_the_catalogue(course: Course) -> None:
    entry = 'msgctxt "post#title"\nmsgid "Brev < pakke & omvendt"\nmsgstr "Brev og pakkar"\n'
    localised = localise(course, Variant("nn"), read_catalog((HEADER + entry).encode(), "nn.po"))
    assert localised.modules[0].title == "Brev og pakkar"
    assert localised.modules[1].title == "Takk"


def test_a_catalogue() -> None:
    entries = (
        'msgctxt "a"\nmsgid "en"\nmsgstr "ein"\n\n'
        '#, fuzzy\nmsgctxt "b"\nmsgid "to"\nmsgstr "to"\n\n'
        'msgctxt "c"\nmsgid "tre"\nmsgstr ""\n\n'
        'msgid "utan kontekst"\nmsgstr "x"\n'
    )
    catalog = read_catalog((HEADER + entries).encode(), "locale/nn.po")
    assert catalog.error is None
    assert {
        name: (found.text, found.outdated, found.line) for name, found in catalog.translations.items()
    } == {
        "a": ("ein", False, 6),
        "b": ("to", True, 11),
    }


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff\xfe", 1),
        (b'msgid "a', 1),
        (b'msgid "a"\nmsgstr "b"\nhei\n', 3),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=tull\\n"\n\nmsgid "\xe6"\nmsgstr "b"\n', 1),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=x; plural=(\\n"\n', 1),
        (b'msgctxt "a"\nmsgid "a"\nmsgstr "b\x01"\n', 2),
    ],
)
def test_a_catalogue_that_is_none_says_where_or_is_empty(data: bytes, line: int) -> None:
    catalog = read_catalog(data, "nn.po")
    assert catalog.translations == {}
    assert catalog.error is None or catalog.error[0] == line


PIECES = (
    "msgid ",
    "msgstr ",
    "msgctxt ",
    '"a"',
    '""',
    '"',
    "\n",
    "\n\n",
    "#",
    "#, fuzzy\n",
    "#~ ",
    "msgstr[0] ",
    "msgstr[x] ",
)
SIGNS = (
    "msgid_plural ",
    "\\n",
    "\\",
    '"Content-Type: text/plain; charset=',
    "utf-16",
    '"Plural-Forms: nplurals=',
    "æ",
    "\x01",
)


@given(st.lists(st.sampled_from(PIECES + SIGNS), max_size=14))
def test_any_catalogue_is_read(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    catalog = read_catalog(data, "nn.po")
    assert catalog.error is None or 1 <= catalog.error[0] <= data.count(b"\n") + 1
    assert all(found.text and found.line <= data.count(b"\n") + 1 for found in catalog.translations.values())


def test_units(course: Course) -> None:
    one = Unit(course, course.modules[:1], Variant("nb"), combined=False)
    assert (one.id, one.title, one.minutes) == ("post", "Brev < pakke & omvendt", 10)
    assert one.keywords == ("brev", "prøve", "postkasse")
    assert one.activity == "https://kurs.example.org/xapi/golden/post"
    assert one.file_name("web") == "golden-post-nb-web.zip"
    together = Unit(course, course.modules, Variant("nn", "leder"), combined=True)
    assert (together.id, together.title, together.minutes) == ("all", "Brev & pakker", 11)
    assert together.keywords == ("brev", "prøve")
    assert together.activity == "https://kurs.example.org/xapi/golden/leder"
    assert together.activity_of(course.modules[1]) == "https://kurs.example.org/xapi/golden/leder/takk"
    assert together.file_name("cmi5") == "golden-all-leder-nn-cmi5.zip"


def test_identifiers_are_unique_in_fifteen_characters_and_stable(course: Course) -> None:
    variants = [
        Variant(language, audience) for language in ("nb", "nn", "en", "se") for audience in (None, "leder")
    ]
    units = [
        Unit(course, modules, variant, combined=len(modules) > 1)
        for variant in variants
        for modules in (course.modules[:1], course.modules[1:], course.modules)
    ]
    assert len({unit.identifier[:15] for unit in units}) == len(units)
    assert all(unit.identifier[0].isalpha() and unit.identifier.isascii() for unit in units)
    assert units[0].identifier == Unit(course, course.modules[:1], Variant("nb"), combined=False).identifier


def test_all_that_the_course_has_is_selected_by_nothing(course: Course) -> None:
    everything = Selection()
    assert everything.is_everything
    assert Selection(combined=True).is_everything
    assert not Selection(modules=("post",)).is_everything
    assert everything.formats_of(course) == course.head.formats
    assert list(everything.variants_of(course)) == [Variant("nb")]
    assert everything.modules_of(course, course) == course.modules


def test_a_selection(course: Course) -> None:
    chosen = Selection(("web",), ("takk",), ("nb",), ("leder", "alle"))
    assert chosen.formats_of(course) == ("web",)
    assert list(chosen.variants_of(course)) == [Variant("nb", "leder"), Variant("nb")]
    assert [module.id for module in chosen.modules_of(course, course)] == ["takk"]


@pytest.mark.parametrize(
    ("chosen", "message", "hint"),
    [
        (Selection(languages=("nn",)), "no language «nn»", "the course has: nb"),
        (Selection(audiences=("ledere",)), "no audience «ledere»", "did you mean «leder»?"),
        (Selection(audiences=("x",)), "no audience «x»", "the course has: alle, leder"),
        (Selection(modules=("takke",)), "no module «takke»", "did you mean «takk»?"),
    ],
)
def test_what_the_course_does_not_have(chosen: Selection, message: str, hint: str, course: Course) -> None:
    with pytest.raises(UsageError, match=message) as refusal:
        (list(chosen.variants_of(course)), chosen.modules_of(course, course))
    assert refusal.value.hint == hint
