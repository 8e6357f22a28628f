"""What a module asks of its reader."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kurspakke.readability import readings
from kurspakke.reporters import REPORTERS
from kurspakke.schema import report_schema_text
from kurspakke.source import read_source
from kurspakke.validation import Wish, validate_paths
from tests.courses import BASE, copy

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
