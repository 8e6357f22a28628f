"""The data files about LMSs: whole, cited, dated, and told alike everywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from kurspakke.findings import KurspakkeError
from kurspakke.island import island
from kurspakke.profile import Cited, Limits, Profile, Tracking
from kurspakke.profiles import ANY, DEFAULTS, profile, profile_ids
from kurspakke.source import read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from tests.courses import BASE, REAL, copy, edit

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors" / "profiles.json"
WANTED = {
    *("any", "moodle", "totara", "openedx", "canvas", "cornerstone", "successfactors", "docebo", "talentlms"),
    *("saba", "chamilo", "ilias", "brightspace"),
}


def cited(model: BaseModel) -> Iterator[Cited]:
    """Everything in a profile that is known from somewhere."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Cited):
                yield part
            elif isinstance(part, BaseModel):
                yield from cited(part)


@pytest.mark.parametrize("name", profile_ids())
def test_a_profile_is_whole_cited_and_dated(name: str) -> None:
    known = profile(name)
    facts = list(cited(known))
    assert facts
    for fact in facts:
        assert len(fact.source) > 8
        assert date(2026, 1, 1) <= date.fromisoformat(fact.noted) <= date(2100, 1, 1)
    quirks = [quirk.id for quirk in known.quirks]
    assert len(set(quirks)) == len(quirks)
    assert set(known.tracked()) == set(DEFAULTS) == set(Tracking.model_fields)
    assert all(known.tracked()[each] == DEFAULTS[each] for each in known.unknown()), "nothing is made up"


def test_the_profiles_that_were_asked_for_are_there() -> None:
    assert set(profile_ids()) >= WANTED
    assert profile_ids()[0] == ANY


def test_any_states_each_default_and_why() -> None:
    assert profile(ANY).unknown() == ()
    assert profile(ANY).tracked() == DEFAULTS
    assert profile(ANY).reporting() == {}
    assert profile(ANY).limits.suspend_data
    assert set(Limits.model_fields) >= {"suspend_data", "package_megabytes", "session_minutes"}


def test_the_player_is_tested_with_the_same_data() -> None:
    data = {name: profile(name).reporting() for name in profile_ids()}
    assert json.loads(VECTORS.read_text("utf-8")) == data


def test_the_player_has_the_same_defaults() -> None:
    script = (ROOT / "src/runtime/src/adapters/reporting.ts").read_text("utf-8")
    block = re.search(r"const ANY: Reporting = \{(.*?)\};", script, re.DOTALL)
    assert block
    told = dict(re.findall(r'(\w+): "(\w*)"', block[1]))
    assert told == {name: value for name, value in DEFAULTS.items() if name != "under_way"}


def row(known: Profile) -> str:
    """How the README tells of a profile: what nothing is known about stands in brackets."""
    tracked = known.tracked()
    shown = [
        f"({tracked[name] or 'empty'})" if name in known.unknown() else tracked[name] or "empty"
        for name in ("completed", "passed", "below", "score", "mastery", "exit_unfinished", "exit_finished")
    ]
    return f"| `{known.id}` | {known.title} | {' | '.join(shown)} |"


@pytest.mark.parametrize("name", profile_ids())
def test_the_readme_tells_what_the_data_say(name: str) -> None:
    assert row(profile(name)) in (ROOT / "README.md").read_text("utf-8")


def told(course: Path, format_name: str) -> dict[str, object]:
    read = read_source(course).course
    assert read
    unit = Unit(read, read.modules[:1], Variant("nb"), combined=False)
    data: dict[str, object] = json.loads(island(unit, unit.modules, format_name, {}, {}))
    return data


def test_a_package_is_told_only_what_differs(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    edit(course / "course.yaml", "modules: [post]", "modules: [post]\nlms: cornerstone")
    assert told(course, "scorm12")["reporting"] == {"passed": "completed"}
    assert "reporting" not in told(course, "cmi5"), "the rules of cmi5 are the same everywhere"
    assert "reporting" not in told(BASE, "scorm12")


def test_a_profile_that_is_not_there_is_refused() -> None:
    with pytest.raises(KurspakkeError, match="no LMS profile «moodel»"):
        profile("moodel")
    with pytest.raises(KurspakkeError, match="no LMS profile"):
        profile("../course")


@pytest.mark.slow
def test_a_course_for_any_lms_reads_no_profile(tmp_path: Path) -> None:
    """A build must not take longer for data that it has no use for."""
    script = (
        "import sys; from kurspakke.cli import main; "
        "sys.argv = ['kurspakke', 'build', sys.argv[1], '-o', sys.argv[2]];\n"
        "try: main()\nexcept SystemExit: pass\n"
        "assert 'kurspakke.profiles' in sys.modules; assert 'kurspakke.profile' not in sys.modules"
    )
    command = [sys.executable, "-c", script, str(REAL), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
