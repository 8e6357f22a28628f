"""Where reports go, and what the command line says about it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from kurspakke.findings import UsageError
from kurspakke.reporters.delivery import STEP_SUMMARY, Delivery
from tests.command import Answer, run
from tests.packages import base


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a picture that is not there, in the folder where one stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(STEP_SUMMARY, raising=False)
    folder = tmp_path / "kurs"
    for name, file in base("scorm12").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file.read())
    (folder / "media/hus.svg").unlink()
    return folder


def test_several_reports_are_written_in_one_run(broken: Path) -> None:
    del broken
    answer = run(
        *("validate", "kurs", "--report", "text", "--report", "html=r.html"),
        *("--report", "sarif=r.sarif", "--report", "junit=r.xml"),
    )

    assert answer.code == 1
    assert "PKG-060" in answer.out
    assert Path("r.html").read_text().startswith("<!doctype html>")
    assert json.loads(Path("r.sarif").read_text())["version"] == "2.1.0"
    assert "<testsuites" in Path("r.xml").read_text()


def test_out_is_for_the_report_without_a_file(broken: Path) -> None:
    del broken
    answer = run("validate", "kurs", "--report", "json", "-o", "r.json", "--report", "html=r.html")

    assert answer == Answer(1, "", "")
    assert json.loads(Path("r.json").read_text())["summary"]["error"] >= 1
    assert Path("r.html").is_file()


def test_without_a_wish_the_report_is_text(broken: Path) -> None:
    del broken

    assert run("validate", "kurs", "-o", "r.txt") == Answer(1, "", "")
    assert "1 target checked" in Path("r.txt").read_text()


def test_a_report_in_a_file_has_no_colours(broken: Path) -> None:
    del broken
    delivery = Delivery.of([("text", "r.txt")], None)

    assert delivery.deliver((), colour=True) == ""
    assert "\x1b" not in Path("r.txt").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--report", "json", "--report", "text"), "can't both go to one place"),
        (("--report", "json=a", "--report", "text=./a"), "can't both go to a"),
        (("--report", "json=a", "-o", "b"), "every report has a file already"),
        (("--report", "yaml"), "'yaml' is not one of text, json, sarif, junit, github, html"),
        (("--report", "json="), "there is no file name after 'json='"),
    ],
)
def test_a_wish_that_can_not_be_met_is_told(broken: Path, words: tuple[str, ...], told: str) -> None:
    del broken
    try:
        answer = run("validate", "kurs", *words)
    except UsageError as error:  # pragma: no cover - the command turns it into an exit code
        pytest.fail(str(error))

    assert answer.code == 2
    assert told in answer.err
    assert not Path("a").exists()


def test_a_file_that_can_not_be_written_is_a_refusal(broken: Path) -> None:
    del broken
    answer = run("validate", "kurs", "-o", "ingen/slik/mappe.txt")

    assert answer.code == 3
    assert "can't write ingen/slik/mappe.txt: No such file or directory" in answer.err


def test_the_step_summary_is_added_to(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del broken
    summary = Path("summary.md")
    summary.write_text("first\n")
    monkeypatch.setenv(STEP_SUMMARY, str(summary))

    answer = run("validate", "kurs", "--report", "github")

    assert "::error file=kurs/" in answer.out
    assert summary.read_text().startswith("first\n### kurspakke validate")
    run("validate", "kurs", "--report", "json")
    assert summary.read_text().count("###") == 2 == summary.read_text().count("#### ") + 1


def test_a_place_in_the_source_leads_to_the_file(broken: Path) -> None:
    del broken
    answer = run("validate", "kurs/imsmanifest.xml", "--report", "github")

    assert answer.code == 0
    assert "::" not in answer.out


def test_the_schema_of_the_report_is_printed() -> None:
    answer = run("schema", "--report")

    assert json.loads(answer.out)["properties"]["version"] == {"const": 1}
    assert run("schema", "--report", "-o", "x").code == 2


def test_the_schema_ships_with_the_program() -> None:
    root = Path(__file__).resolve().parents[2]
    listed = subprocess.run(
        ["git", "ls-files", "src/kurspakke"], cwd=root, capture_output=True, text=True, check=True
    )
    assert "src/kurspakke/reporters/report.schema.json" in listed.stdout.split()
