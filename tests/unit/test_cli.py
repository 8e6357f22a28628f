"""The commands, as a stranger meets them."""

import json
import re
from pathlib import Path

import pytest

from kurspakke import __version__
from kurspakke.cli import commands
from kurspakke.rules.validate import all_rules
from tests.command import contents, run, run_alone
from tests.courses import BASE, copy


def test_version_and_help() -> None:
    assert run("--version").out == f"kurspakke, version {__version__}\n"
    told = run("--help").out
    assert all(f"  {name} " in told for name in commands.commands)
    assert "\n  A course to start from:   kurspakke new mitt-kurs\n" in told
    assert "Exit codes: 0 " in told


@pytest.mark.parametrize("name", commands.commands)
def test_help_of_a_command(name: str) -> None:
    answer = run(name, "-h")
    assert answer.code == 0
    assert f" {name} [OPTIONS]" in answer.out.splitlines()[0]
    assert "\\b" not in answer.out


@pytest.mark.parametrize(
    "words", [("bygg",), ("build", "--formt", "web"), ("build", "--format", "scorm"), ("explain",)]
)
def test_a_command_that_is_not_understood(words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert "Error:" in answer.err


def test_a_build_and_its_table(tmp_path: Path) -> None:
    first = run("build", BASE, "-o", tmp_path / "dist", "--format", "web,scorm12,web", "--combined")
    assert first.code == 0
    assert first.err == ""
    names = [line.split()[0] for line in first.out.splitlines() if line.startswith("prove-")]
    assert names == [f"prove-{unit}-nb-{form}.zip" for unit in ("all", "post") for form in ("scorm12", "web")]
    assert re.search(r"^post +10 min +[0-9]+ words  LIX [0-9]+$", first.out, re.MULTILINE)
    assert "4 packages in " in first.out
    assert sorted(path.name for path in (tmp_path / "dist").glob("*.zip")) == names
    again = run("build", BASE, "-o", tmp_path / "dist", "--format", "web,scorm12,web", "--combined")
    assert again.out.endswith("Nothing has changed: 4 packages are as they were\n")


def test_a_build_for_machines(tmp_path: Path) -> None:
    answer = run("build", BASE, "-o", tmp_path / "dist", "--format", "web", "--json")
    assert json.loads(answer.out) == json.loads((tmp_path / "dist/build.json").read_bytes())
    (package,) = json.loads(answer.out)["packages"]
    assert package["path"] == "prove-post-nb-web.zip"
    assert package["bytes"] == (tmp_path / "dist/prove-post-nb-web.zip").stat().st_size


def test_a_warning_is_told_and_stops_nothing(tmp_path: Path) -> None:
    course = copy(
        BASE, tmp_path / "course", Path(__file__).parents[1] / "rules/source/SRC-106-long-film/broken"
    )
    answer = run("build", course, "-o", tmp_path / "dist", "--format", "web")
    assert answer.code == 0
    assert "film.yaml:11:14 warning SRC-106 long-film" in answer.err
    assert "1 package in " in answer.out


def test_the_course_here_is_built_without_naming_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(BASE, tmp_path / "project/course_source")
    for folder in ("project", "project/course_source"):
        monkeypatch.chdir(tmp_path / folder)
        assert run("build", "--format", "web").code == 0
        assert (tmp_path / folder / "dist/prove-post-nb-web.zip").is_file()
    monkeypatch.chdir(tmp_path)
    assert run("build").code == 3


def test_a_new_project_builds_at_once(tmp_path: Path) -> None:
    made = run("new", tmp_path / "mitt-kurs")
    assert made.code == 0
    assert "kurspakke build" in made.out
    answer = run("build", tmp_path / "mitt-kurs/course_source", "-o", tmp_path / "mitt-kurs/dist")
    assert answer.code == 0, answer.err
    assert answer.err == ""
    before = contents(tmp_path)
    again = run("new", tmp_path / "mitt-kurs")
    assert again.code == 3
    assert "not empty" in again.err
    assert contents(tmp_path) == before


def test_schemas(tmp_path: Path) -> None:
    together = json.loads(run("schema").out)
    assert len(together["anyOf"]) == 10
    assert run("schema", "-o", tmp_path / "schema").code == 0
    names = {path.name: json.loads(path.read_text()) for path in (tmp_path / "schema").iterdir()}
    kinds = (
        *("course", "module", "page", "glossary", "instrument", "profile", "coordinator"),
        *("edition", "localities", "guide"),
    )
    assert set(names) == {f"{kind}.schema.json" for kind in kinds}
    assert names["course.schema.json"]["additionalProperties"] is False


def test_every_rule_is_explained_by_id_and_name() -> None:
    for rule in all_rules():
        for word in (rule.id.lower(), rule.name):
            answer = run("explain", word)
            assert answer.code == 0
            assert answer.out.startswith(f"{rule.id} {rule.name} ({rule.severity})")
    assert run("explain", "no-such-fil").err.endswith("did you mean «no-such-file»?\n")


def test_validate(tmp_path: Path) -> None:
    course = copy(
        BASE, tmp_path / "course", Path(__file__).parents[1] / "rules/source/SRC-106-long-film/broken"
    )
    assert run("validate", BASE).code == 0
    assert run("validate", course).code == 0
    strict = run("validate", course, "--fail-on", "warning", "--report", "json")
    assert strict.code == 1
    (target,) = json.loads(strict.out)["targets"]
    assert target["kind"] == "source"
    assert [finding["rule"] for finding in target["findings"]] == ["SRC-106"]
    assert run("validate", tmp_path / "none").code == 3


def test_the_command_starts_as_a_module(tmp_path: Path) -> None:
    answer = run_alone("build", BASE, "-o", tmp_path / "dist", "--format", "web")
    assert (answer.code, answer.err) == (0, "")
    assert "1 package in " in answer.out
