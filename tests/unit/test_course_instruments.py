"""The surveys of the real course: other statements, and another number of steps, come in by files alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.courses import REAL, copy, edit, findings

FOREIGN = """\
id: evner
title: Lisensiert profil
credit: Rettighetshaveren 2026, brukt med tillatelse
example: false
scale: {min: 0, max: 4, lowest: Aldri, highest: Alltid}
dimensions:
  - {id: kjerne, title: Kjerne}
  - {id: rand, title: Rand}
items:
  - {id: x1, text: Et fremmed utsagn om kjernen., dimension: kjerne}
  - {id: x2, text: Et fremmed utsagn om randen., dimension: rand, reversed: true}
thresholds:
  - {id: star, at_least: 0, kind: position, text: Her står dere.}
"""

GENERATIONS = [("digital-modenhet-seks", 6), ("digital-modenhet-fem", 5)]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy in bokmål alone: whoever replaces statements has no translations of them yet."""
    made = copy(REAL, tmp_path / "course")
    head = made / "course.yaml"
    head.write_text(re.sub(r"(?m)^languages: .*$", "languages: [nb]", head.read_text("utf-8")), "utf-8")
    shutil.rmtree(made / "locale", ignore_errors=True)
    for version in made.glob("modules/*/media/*.nn.*g"):  # drawings and posters
        version.unlink()
    return made


def test_statements_of_another_owner_take_the_place_of_the_examples(course: Path) -> None:
    before, _ = built(course, "ledelse")
    assert "Eksempelutsagn" in before

    (course / "instruments" / "evner.yaml").write_text(FOREIGN, "utf-8")

    assert findings(course) == ()
    page, surveys = built(course, "ledelse")
    assert "Eksempelutsagn" not in page
    assert "Egne eksempelutsagn" not in page
    assert "Rettighetshaveren 2026, brukt med tillatelse" in page
    assert "Et fremmed utsagn om kjernen." in page
    (survey,) = surveys.values()
    assert survey["scale"] == {"min": 0, "max": 4}
    assert [item["id"] for item in survey["items"]] == ["x1", "x2"]
    assert survey["thresholds"] == [[0, None, True]]


@pytest.mark.parametrize(("instrument", "steps"), GENERATIONS)
def test_the_number_of_generations_is_one_word_in_a_page(course: Path, instrument: str, steps: int) -> None:
    page = course / "modules" / "strategi" / "pages" / "retning.yaml"
    edit(page, "instrument: digital-modenhet-seks", f"instrument: {instrument}")

    assert findings(course) == ()
    html, surveys = built(course, "strategi")
    assert list(surveys) == ["strategi.trappen"]
    assert len(surveys["strategi.trappen"]["steps"]) == steps
    assert len(surveys["strategi.trappen"]["items"]) == 3 * steps
    assert ("Innbyggeren ser og styrer" in html) is (steps == 6)


def test_answers_stay_where_five_generations_become_six() -> None:
    """They are kept by the statements' ids."""
    five, six = (
        re.findall(
            r"(?m)^  - id: ([\w-]+)\n    text: .*\n    step: ([\w-]+)$",
            (REAL / "instruments" / f"{name}.yaml").read_text("utf-8"),
        )
        for name in ("digital-modenhet-fem", "digital-modenhet-seks")
    )
    assert five
    assert six[: len(five)] == five


def test_only_who_has_a_survey_carries_its_script(course: Path) -> None:
    _, surveys = built(course, "teknologi")
    assert surveys == {}


def built(course: Path, module: str) -> tuple[str, dict[str, Any]]:
    """The page of a module as the command builds it, without its data, and what its player is told of surveys."""
    out = course.parent / "dist"
    command = [sys.executable, "-m", "kurspakke", "build", str(course), "-o", str(out)]
    command += ["--module", module, "--format", "web"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (file for file in out.glob("*.zip") if f"-{module}-nb-" in file.name)
    with zipfile.ZipFile(path) as package:
        page = package.read("index.html").decode()
        script = package.read("kurspakke.js").decode()
    (data,) = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    told: dict[str, Any] = json.loads(data)
    assert ("data-survey" in script) is ("surveys" in told)
    return page.replace(data, ""), told.get("surveys", {})
