"""What a module asks of its reader."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kurspakke.readability import readings
from kurspakke.reporters import REPORTERS
from kurspakke.schema import report_schema_text
from kurspakke.sourcereader import read_source
from kurspakke.validation import Wish, validate_paths
from tests.courses import BASE, copy, findings

# Eight words in two sentences, two of them longer than six letters: 8/2 + 100 · 2/8.
TEXT = "Kommunen svarer deg i dag. Innbyggeren er glad."


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Eight words on one page for everybody, and as many on one for leaders, who are not the first audience."""
    course = copy(BASE, tmp_path / "course")
    pages = course / "modules/post/pages"
    module = course / "modules/post/module.yaml"
    for page in pages.iterdir():
        page.unlink()
    line = next(line for line in module.read_text("utf-8").splitlines() if line.startswith("pages:"))
    module.write_text(module.read_text("utf-8").replace(line, "pages: [alle, leder]"), "utf-8")
    for name, more in (("alle", ""), ("leder", "show_for: [leder]\n")):
        body = f"components:\n  - {{type: text, id: tekst-{name}, text: '{TEXT}'}}\n"
        (pages / f"{name}.yaml").write_text(f"id: {name}\ntitle: Side\n{more}{body}", "utf-8")
    return course


def test_words_and_lix_are_those_of_the_first_audience(course: Path) -> None:
    (found,) = readings(read_source(course))
    assert (found.module, found.minutes, found.words, found.lix) == ("post", 10, 8, 29)


def test_reports_tell_them(course: Path) -> None:
    targets = list(validate_paths([str(course)], Wish()))
    assert "\npost    10 min       8 words  LIX 29\n" in REPORTERS["text"].render(targets)
    report = json.loads(REPORTERS["json"].render(targets))
    jsonschema.validate(report, json.loads(report_schema_text()))
    assert report["targets"][0]["modules"] == [{"module": "post", "minutes": 10, "words": 8, "lix": 29}]


COORDINATOR = (
    "introduction: |\n  Kommunen svarer {date}. Du skal iverksette alt.\n"
    "checklist:\n  before: [{id: rom, text: Rommet er bestilt.}]\n"
)


def test_the_coordinators_texts_are_read_as_a_page_of_their_own(course: Path) -> None:
    (course / "coordinator.yaml").write_text(COORDINATOR, "utf-8")
    module, coordinator = readings(read_source(course))
    assert module.module == "post"
    # Nine words in three sentences, three of them longer than six letters; the slot counts for none.
    assert (coordinator.module, coordinator.minutes, coordinator.words, coordinator.lix) == (
        "coordinator.yaml",
        None,
        9,
        36,
    )
    targets = list(validate_paths([str(course)], Wish()))
    assert "\ncoordinator.yaml                 9 words  LIX 36\n" in REPORTERS["text"].render(targets)
    report = json.loads(REPORTERS["json"].render(targets))
    assert [each["module"] for each in report["targets"][0]["modules"]] == ["post"]


def test_hints_for_plain_language_are_about_the_coordinators_texts(course: Path) -> None:
    (course / "coordinator.yaml").write_text(COORDINATOR, "utf-8")
    found = [each for each in findings(course) if each.rule.id in {"SRC-045", "SRC-046", "SRC-047"}]
    assert [(each.rule.name, str(each.location)) for each in found] == [
        ("office-word", "coordinator.yaml:2:3")
    ]
