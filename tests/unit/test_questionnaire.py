"""The questionnaire about an LMS: whole, valid as it is, and read with exact places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kurspakke import yamltree
from kurspakke.lmsfacts import Limits, Packaging, Tracking, Window
from kurspakke.profile import Profile
from kurspakke.profiles import DEFAULTS, profile
from kurspakke.questionnaire import TEMPLATE
from kurspakke.schema import schema_of
from kurspakke.shape import shape
from kurspakke.sourcereader import read_source
from kurspakke.standin import StandIn
from tests.command import run
from tests.courses import BASE, copy, edit

CASES = BASE.parents[1] / "package"
ANSWERS = {
    "takes": "[scorm12, xapi]",
    "reports": "[status, score]",
    "limits.scos": "1",
    "limits.package_megabytes": "50",
    "packaging.manifest_at_root": "true",
    "packaging.file_names": "plain",
    "packaging.blocked_extensions": "[json, exe]",
    "tracking.below": "failed",
    "tracking.exit_unfinished": '""',
    "window.opens": "frame",
}


def filled(text: str, answers: dict[str, str]) -> str:
    """The questionnaire with these answers after `value:`."""
    for name, answer in answers.items():
        section, _, fact = name.rpartition(".")
        start = text.index(f"\n{section}:\n") if section else 0
        at = re.compile(rf"^( *){fact}:\n +value:", re.MULTILINE).search(text, start)
        assert at, name
        text = f"{text[: at.end()]} {answer}{text[at.end() :]}"
    return text


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "profiles" / "var-lms.yaml"
    done = run("profile", "new", str(path))
    assert done.code == 0, done.err
    return path


def test_it_asks_for_each_fact_there_is() -> None:
    document = yamltree.read(TEMPLATE.read_bytes(), TEMPLATE.name)
    value = document.value
    assert not document.faults
    assert isinstance(value, dict)
    for section, model in {
        "limits": Limits,
        "packaging": Packaging,
        "tracking": Tracking,
        "window": Window,
        "stand_in": StandIn,
    }.items():
        asked = value[section]
        assert isinstance(asked, dict)
        assert set(asked) == set(model.model_fields), section
    assert {"takes", "reports", "id", "title", "about"} <= set(value)


def test_as_it_is_nothing_is_known(blank: Path) -> None:
    known = shape(yamltree.read(blank.read_bytes(), blank.name), Profile).value
    assert known
    assert (known.id, known.title) == ("var-lms", "Var lms")
    assert not any(known.facts().values())
    assert known.tracked() == DEFAULTS
    assert "__" not in blank.read_text("utf-8")


def test_every_answer_is_taken(blank: Path) -> None:
    text = filled(blank.read_text("utf-8"), ANSWERS)
    known = shape(yamltree.read(text.encode(), "x.yaml"), Profile).value
    assert known
    facts = {name: fact for name, fact in known.facts().items() if fact}
    assert set(facts) == set(ANSWERS)
    assert facts["packaging.blocked_extensions"].value == ("json", "exe")
    assert facts["limits.package_megabytes"].cited.startswith("Svar fra systemansvarlig, noted 20")
    assert known.reporting() == {"below": "failed", "exit_unfinished": ""}


def test_what_stands_ready_behind_hashes_is_taken_too(blank: Path) -> None:
    """The steps and the quirk, once their hashes are gone."""
    head, mark, tail = blank.read_text("utf-8").partition("# guide:\n")
    lines = (line.removeprefix("# ") for line in (mark + tail).splitlines())
    wanted = "\n".join(line for line in lines if line[:1] not in {"#", "8"})
    known = shape(yamltree.read(f"{head}{wanted}".encode(), "x.yaml"), Profile).value
    assert known
    assert [bool(step.nn) for step in known.guide.upload] == [True]
    assert known.quirks


def test_the_schema_for_editors_takes_an_empty_answer_too() -> None:
    schema = schema_of("profile")
    facts = [name for name in schema["$defs"] if name.startswith("Stated")]
    assert len(facts) > 10
    for name in facts:
        assert {"type": "null"} in schema["$defs"][name]["properties"]["value"]["anyOf"], name
        assert schema["$defs"][name]["required"] == ["source", "noted", "value"]


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("takes", "[scorm-12]", "«value» is «scorm-12»; expected scorm12, scorm2004, aicc, xapi or cmi5"),
        ("limits.scos", "mange", "«value» is «mange»; expected a whole number without quotes"),
        ("packaging.manifest_at_root", "ja", "«value» is «ja»; expected true or false without quotes"),
    ],
)
def test_a_wrong_answer_is_named_with_its_place(blank: Path, name: str, answer: str, said: str) -> None:
    text = filled(blank.read_text("utf-8"), {name: answer})
    blank.write_text(text, "utf-8")
    line = next(
        number for number, row in enumerate(text.splitlines(), 1) if answer in row and "value:" in row
    )
    done = run("validate", str(CASES), "--profile", str(blank))
    assert done.code == 2
    assert said in done.err
    assert f"{blank}:{line}:" in done.err


def test_a_misspelt_key_is_named_with_the_right_one(blank: Path) -> None:
    edit(blank, "  blocked_extensions:\n", "  blocked_extension:\n")
    blank.write_text(
        filled(blank.read_text("utf-8"), {}).replace(
            "blocked_extension:\n    value:", "blocked_extension:\n    value: [exe]"
        ),
        "utf-8",
    )
    done = run("validate", str(CASES), "--profile", str(blank))
    assert done.code == 2
    assert "did you mean «blocked_extensions»?" in done.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Vår LMS.yaml", "write small letters: var-lms.yaml"),
        ("lms.txt", "write small letters: lms.yaml"),
        ("moodle.yaml", "there is a profile «moodle» already"),
    ],
)
def test_a_name_that_can_be_no_id_is_refused(tmp_path: Path, name: str, said: str) -> None:
    done = run("profile", "new", str(tmp_path / name))
    assert done.code == 2
    assert said in done.err
    assert not list(tmp_path.iterdir())


def test_what_is_filled_in_is_never_overwritten(blank: Path) -> None:
    blank.write_text("mitt", "utf-8")
    assert run("profile", "new", str(blank)).code == 3
    assert blank.read_text("utf-8") == "mitt"


def test_a_course_can_be_set_up_for_it(tmp_path: Path, blank: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    (course / "profiles").mkdir()
    (course / "profiles" / "var-lms.yaml").write_text(
        filled(blank.read_text("utf-8"), {"tracking.below": "failed"}), "utf-8"
    )
    edit(course / "course.yaml", "modules: [post]", "modules: [post]\nlms: var-lms")
    done = run("validate", str(course))
    assert done.code == 0, done.out
    read = read_source(course).course
    assert read
    assert read.lms
    assert read.lms.title == "Var lms"
    assert read.lms.tracked == {**DEFAULTS, "below": "failed"}
    edit(course / "profiles" / "var-lms.yaml", "below:\n    value: failed", "below:\n    value: fald")
    done = run("validate", str(course))
    assert done.code == 1
    assert "did you mean «failed»?" in done.out
    edit(course / "profiles" / "var-lms.yaml", "value: fald", "value: failed")
    edit(course / "profiles" / "var-lms.yaml", "\nid: var-lms", "\nid: en-annen")
    assert "SRC-170 unknown-lms" in run("validate", str(course)).out


def test_the_other_profiles_are_read_the_same_way(tmp_path: Path) -> None:
    assert profile("moodle").takes
    done = run("validate", str(tmp_path), "--profile", "moodel")
    assert done.code == 2
    assert "did you mean «moodle»?" in done.err
