"""How many minutes a module takes, for those who meet other pages than the first audience too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from kurspakke.assemble import packages
from kurspakke.components.survey import Survey
from kurspakke.course import Page
from kurspakke.editions import localise, pages_for
from kurspakke.pace import minutes_of
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from kurspakke.variant import Variant
from tests.courses import BASE, REAL, copy, edit, findings


def page(name: str, minutes: int | None) -> Page:
    return Page.model_construct(id=name, minutes=minutes)


A, B, SILENT, MUTE = page("a", 7), page("b", 5), page("silent", None), page("mute", None)


@pytest.mark.parametrize(
    ("minutes", "usual", "met", "expected"),
    [
        (12, [A, B], [A, B], 12),
        (12, [A, B], [B], 5),
        (30, [A, B, SILENT, MUTE], [A, SILENT], 16),
        (30, [SILENT, MUTE], [MUTE], 15),
        (12, [A], [A, B], 12),
        (12, [A, B], [SILENT], 1),
        (7, [A, SILENT], [SILENT], 1),
        (9, [], [A], 7),
    ],
)
def test_pages_tell_what_an_audience_needs(
    minutes: int, usual: list[Page], met: list[Page], expected: int
) -> None:
    assert minutes_of(minutes, usual, met) == expected


def test_an_audience_is_told_the_minutes_of_its_own_pages() -> None:
    """In the block of data, on the first page and in the manifest; «retning» and «sammen» are not for employees."""
    source = read_source(REAL)
    assert source.course
    (made,) = packages(source, source.course, Selection(("scorm12",), ("strategi",), ("nb",), ("ansatt",)))

    document = html.fromstring(made.tree["index.html"].read())
    (module,) = json.loads(document.get_element_by_id("kurspakke-data").text)["modules"]
    assert module["minutes"] == sum(each["minutes"] for each in module["pages"]) == 21
    assert "Om lag 21 minutter" in document.text_content()
    assert "PT0H21M" in made.tree["imsmanifest.xml"].read().decode()


def test_an_audience_that_meets_less_of_a_page_is_told_what_that_takes() -> None:
    """The surveys of «retning» and «tre-oppgaver» are for leaders."""
    source = read_source(REAL)
    course = source.course
    assert course
    for audience in course.head.audiences[1:]:
        for module in course.modules:
            usual = {page.id: page for page in pages_for(module, course.head.audiences[0].id)}
            for page in pages_for(module, audience.id):
                asked = {item.id for item in page.components if isinstance(item, Survey)}
                has_less = any(
                    isinstance(item, Survey) and item.id not in asked for item in usual[page.id].components
                )
                assert has_less == (page.minutes != usual[page.id].minutes), f"{audience.id} {page.id}"

    (made,) = packages(source, course, Selection(("web",), ("ledelse",), ("nb",), ("ansatt",)))
    document = html.fromstring(made.tree["index.html"].read())
    (module,) = json.loads(document.get_element_by_id("kurspakke-data").text)["modules"]
    assert [page["minutes"] for page in module["pages"] if page["id"].endswith("tre-oppgaver")] == [5]
    assert "om lag 5 minutter" in document.text_content()
    assert f"Om lag {module['minutes']} minutter" in document.text_content()


def test_the_same_pages_may_take_another_audience_less() -> None:
    shorter = page("b", 2)
    assert minutes_of(12, [A, B], [A, shorter]) == 9


def test_the_minutes_of_every_audience_of_the_real_course_are_those_of_its_pages() -> None:
    course = read_source(REAL).course
    assert course
    for audience in course.head.audiences:
        for module in localise(course, Variant("nb", audience.id), None).modules:
            assert module.head.minutes == sum(each.minutes or 0 for each in module.pages), module.id


def test_pages_that_all_say_their_minutes_make_up_the_module(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    pages = sorted((course / "modules/post/pages").iterdir())
    for file in pages:
        file.write_text(f"minutes: 2\n{file.read_text('utf-8')}", "utf-8")
    (finding,) = findings(course)
    assert finding.message == "the module takes 10 minutes, and its pages take 18"
    edit(course / "modules/post/module.yaml", "minutes: 10", "minutes: 18")
    assert findings(course) == ()
