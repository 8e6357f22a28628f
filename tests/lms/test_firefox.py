"""The main path in a second browser engine: begin, leave, resume, finish, come back."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.firefox import Visit, visit
from tests.lms.apihost import ApiHost
from tests.lms.lms import Stored
from tests.playing import Lesson

PAGES_FIRST = 3


@pytest.fixture(scope="module")
def lesson(scorm12_package: Path) -> Lesson:
    """What the package's own page says that it holds."""
    with zipfile.ZipFile(scorm12_package) as archive:
        page = archive.read("index.html").decode()
    found = re.search(r'<script type="application/json" id="kurspakke-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return Lesson(json.loads(html.unescape(found[1])))


@pytest.fixture(scope="module")
def sittings(
    strict_lms: ApiHost, scorm12_package: Path, lesson: Lesson
) -> tuple[list[Visit], list[Stored], ApiHost, str]:
    """Three sittings, and what the LMS held after each."""
    course = strict_lms.add(scorm12_package)
    answers = {question.id: question.correct for question in lesson.questions}
    visits, stored = [], []
    for pages in (PAGES_FIRST, 1000, 0):
        visits.append(visit(strict_lms.address(course), answers if pages else {}, pages))
        stored.append(strict_lms.stored(course))
    return visits, stored, strict_lms, course


Sittings = tuple[list[Visit], list[Stored], ApiHost, str]


def test_nothing_fails(sittings: Sittings, lesson: Lesson) -> None:
    visits, _, lms, course = sittings
    done = lesson.words["now_completed"].replace("{title}", lesson.data["unit"]["title"])
    assert all("firefox" in each.browser.lower() for each in visits)
    assert [error for each in visits for error in each.errors] == []
    assert [each.notices for each in visits] == ["", done, ""]
    assert [call for call in lms.calls(course) if call.error != "0"] == []


def test_half_way_is_kept_and_the_next_sitting_opens_there(sittings: Sittings, lesson: Lesson) -> None:
    (first, second, _), (half, *_), *_ = sittings
    assert first.visited == list(lesson.pages)[: PAGES_FIRST + 1]
    assert half.status == "incomplete"
    assert (second.opened, second.resumed) == (first.visited[-1], True)
    assert sorted(second.answered) == sorted(first.verdicts)


def test_everything_answered_rightly_is_completed_with_the_full_score(
    sittings: Sittings, lesson: Lesson
) -> None:
    (first, second, third), (_, done, after), *_ = sittings
    assert set({**first.verdicts, **second.verdicts}.values()) == {"correct"}
    assert {**first.verdicts, **second.verdicts}.keys() == {question.id for question in lesson.questions}
    assert (done.status, done.score) == ("completed", 100)
    assert (after.status, after.score) == (done.status, done.score)
    assert lesson.words["done_module"] in second.finish
    assert sorted(third.answered) == sorted(question.id for question in lesson.questions)
