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
from kurspakke.lmsfacts import Cited, Limits, Tracking
from kurspakke.minding import minding
from kurspakke.objections import by_rule, objections
from kurspakke.profile import Profile
from kurspakke.profiles import DEFAULTS, GENERIC, profile, profile_ids
from kurspakke.rules.validate import all_rules
from kurspakke.sourcereader import read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from tests.courses import BASE, REAL, copy, edit

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors" / "profiles.json"
SECTIONS = ("tracking", "limits", "packaging", "window", "stand_in")
WANTED = {
    *("generic", "moodle", "moodle-app", "totara", "open-edx", "canvas", "learn365", "successfactors"),
    *("cornerstone", "docebo", "talentlms", "blackboard", "brightspace", "itslearning", "ks-laering"),
    *("saba", "chamilo", "ilias", "wagtail-lms"),
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
    assert all(known.tracked()[each] == DEFAULTS[each] for each in known.untold()), "nothing is made up"


def test_the_profiles_that_were_asked_for_are_there() -> None:
    assert set(profile_ids()) == WANTED
    assert profile_ids()[0] == GENERIC


@pytest.mark.parametrize("name", sorted(WANTED - {GENERIC}))
def test_what_is_not_known_is_marked_so(name: str) -> None:
    """Every fact is either stated or was looked for and not found, and never both."""
    known = profile(name)
    facts = known.facts()
    marked: list[str] = []
    for missing in known.unknown:
        for fact in missing.facts:
            inside = (
                [each for each in facts if each.partition(".")[0] == fact] if fact in SECTIONS else [fact]
            )
            assert set(inside) <= set(facts), fact
            marked += inside
    assert len(set(marked)) == len(marked)
    assert set(marked) == {each for each, fact in facts.items() if fact is None}


@pytest.mark.parametrize("name", profile_ids())
def test_what_a_profile_says_of_rules_and_menus_holds_together(name: str) -> None:
    known = profile(name)
    rules = {rule.id for rule in all_rules()}
    minded = [objection.rule for objection in known.minds]
    assert set(minded) <= rules
    assert len(set(minded)) == len(minded)
    assert set(objections(known)) <= rules
    for step in (*known.guide.upload, *known.guide.replace):
        for text in (step.text, step.nn):
            assert text
            assert text[0].isupper()
            assert text.endswith(".")
        assert bool(step.words) is bool(step.language)


def test_the_table_of_who_minds_what_is_made_of_the_profiles() -> None:
    script = ROOT / "scripts" / "minding.py"
    made = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    file = ROOT / "src/kurspakke/profiles/minding.json"
    assert made.stdout == file.read_text("utf-8"), f"python scripts/minding.py > {file}"
    table = json.loads(made.stdout)
    assert table == by_rule()
    assert {rule: minding(rule) for rule in table} == {rule: tuple(names) for rule, names in table.items()}
    assert minding("PKG-003") == ("docebo", "moodle", "moodle-app", "successfactors", "talentlms", "totara")
    assert minding("PKG-999") == ()


def test_generic_states_each_default_and_why() -> None:
    assert profile(GENERIC).untold() == ()
    assert profile(GENERIC).tracked() == DEFAULTS
    assert profile(GENERIC).reporting() == {}
    assert profile(GENERIC).limits.suspend_data
    assert set(Limits.model_fields) >= {"suspend_data", "package_megabytes", "session_minutes"}


def test_the_player_is_tested_with_the_same_data() -> None:
    data = {name: profile(name).reporting() for name in profile_ids()}
    assert json.loads(VECTORS.read_text("utf-8")) == data


def test_the_player_has_the_same_defaults() -> None:
    script = (ROOT / "src/runtime/src/adapters/reporting.ts").read_text("utf-8")
    block = re.search(r"const GENERIC: Reporting = \{(.*?)\};", script, re.DOTALL)
    assert block
    told = dict(re.findall(r'(\w+): "(\w*)"', block[1]))
    assert told == {name: value for name, value in DEFAULTS.items() if name != "under_way"}


def row(known: Profile) -> str:
    """How the README tells of a profile: what nothing is known about stands in brackets."""
    tracked = known.tracked()
    shown = [
        f"({tracked[name] or 'empty'})" if name in known.untold() else tracked[name] or "empty"
        for name in ("completed", "passed", "below", "score", "mastery", "exit_unfinished", "exit_finished")
    ]
    return f"| `{known.id}` | {known.title} | {' | '.join(shown)} |"


@pytest.mark.parametrize("name", profile_ids())
def test_the_readme_tells_what_the_data_say(name: str) -> None:
    assert row(profile(name)) in (ROOT / "README.md").read_text("utf-8")


def taken(known: Profile) -> str:
    """How the README tells what an LMS makes of packages."""
    limit, root = known.limits.package_megabytes, known.packaging.manifest_at_root
    rules = len(objections(known))
    cells = (
        ", ".join(known.takes.value) if known.takes else "not known",
        str(limit.value) if limit else "not known",
        ("needed" if root.value else "not needed") if root else "not known",
        f"{rules} rule{'' if rules == 1 else 's'}" if rules else "not known",
    )
    return f"| `{known.id}` | {' | '.join(cells)} |"


@pytest.mark.parametrize("name", profile_ids())
def test_the_readme_tells_what_an_lms_makes_of_packages(name: str) -> None:
    assert taken(profile(name)) in (ROOT / "README.md").read_text("utf-8")


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
