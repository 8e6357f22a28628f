"""`kurspakke diff` as a stranger meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.courses import BASE, copy, edit


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A course before and after a text was mended: its SCORM 1.2 packages."""
    folder = tmp_path_factory.mktemp("releases")
    course = copy(BASE, folder / "course")
    assert run("build", course, "-o", folder / "old", "--format", "scorm12,cmi5").code == 0
    edit(course / "course.yaml", "version: 1.0.0", "version: 1.0.1")
    page = next((course / "modules/post/pages").glob("*.yaml"))
    text = page.read_text("utf-8")
    title = text.partition("title: ")[2].partition("\n")[0]
    page.write_text(text.replace(title, f"{title} | `nå`", 1), "utf-8")
    assert run("build", course, "-o", folder / "new", "--format", "scorm12,cmi5").code == 0
    return folder / "old", folder / "new"


@pytest.mark.parametrize("form", ["scorm12", "cmi5"])
def test_a_mended_text_is_safe_to_replace(releases: tuple[Path, Path], form: str) -> None:
    old, new = (folder / f"prove-post-nb-{form}.zip" for folder in releases)
    answer = run("diff", old, new)
    assert answer.code == 0, answer.out
    assert answer.out.splitlines()[1].startswith("Safe to replace")
    assert "lose" not in answer.out


def test_the_other_way_round_the_version_goes_back(releases: tuple[Path, Path]) -> None:
    old, new = (folder / "prove-post-nb-scorm12.zip" for folder in releases)
    assert "goes back from 1.0.1 to 1.0.0" in run("diff", new, old).out


def test_json_says_what_the_text_says(releases: tuple[Path, Path]) -> None:
    old, new = (folder / "prove-post-nb-scorm12.zip" for folder in releases)
    told = json.loads(run("diff", old, new, "--report", "json").out)
    assert told["verdict"] == "safe-to-replace"
    assert told["kind"] == "scorm12"
    assert {change["effect"] for change in told["changes"]} == {"harmless"}
    assert any("`nå`" in words for text in told["texts"] for words in text["after"])


def test_markdown_can_not_be_broken_by_a_text(releases: tuple[Path, Path]) -> None:
    old, new = (folder / "prove-post-nb-scorm12.zip" for folder in releases)
    told = run("diff", old, new, "--report", "markdown").out
    assert told.startswith("### ✅ Safe to replace")
    assert told.count("<details>") == told.count("</details>") == 2


def test_not_safe_exits_with_1(releases: tuple[Path, Path]) -> None:
    old, new = releases
    answer = run("diff", old / "prove-post-nb-scorm12.zip", new / "prove-post-nb-cmi5.zip")
    assert answer.code == 1
    assert "Not safe to replace" in answer.out


@pytest.mark.parametrize("wrong", ["nothing.zip", "text.zip", "course"])
def test_what_is_no_package_is_refused(releases: tuple[Path, Path], wrong: str, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip")
    copy(BASE, tmp_path / "course")
    answer = run("diff", releases[0] / "prove-post-nb-scorm12.zip", tmp_path / wrong)
    assert answer.code == 3
    assert answer.err.startswith("kurspakke: ")
    assert answer.out == ""
