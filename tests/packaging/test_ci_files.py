"""The hook, the action and the GitLab template, each run as it is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.courses import BASE, edit
from tests.packaging.distributions import ROOT, Distributions, Tree, clean_environment, run

pytestmark = [pytest.mark.slow, pytest.mark.packaging]

GIT = ("git", "-c", "user.name=Kari", "-c", "user.email=kari@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A repository with a sound course."""
    shutil.copytree(BASE, tmp_path / "repo" / "course_source")
    run(*GIT, "init", "-q", cwd=tmp_path / "repo")
    return tmp_path / "repo"


def spoil(course: Path) -> None:
    edit(course / "course_source" / "course.yaml", "\npublisher:", "\npublsher:")


def shell(script: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run lines as a CI runs them: bash that stops at the first failure."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def with_command(kurspakke: Path, **variables: str) -> dict[str, str]:
    """An environment in which the installed command comes first."""
    path = f"{kurspakke.parent}{os.pathsep}{os.environ['PATH']}"
    return {**clean_environment(), "PATH": path, **variables}


# The hook


@pytest.fixture(scope="module")
def hooks(tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository with a commit that hooks can be taken from; its assets are there, as in a release."""
    place = tmp_path_factory.mktemp("hooks") / "kurspakke"
    shutil.copytree(tree.path, place)
    run(*GIT, "init", "-q", cwd=place)
    run(*GIT, "add", "-A", cwd=place)
    run(*GIT, "add", "-f", "src/kurspakke/assets", cwd=place)
    run(*GIT, "commit", "-qm", "as released", cwd=place)
    return place


def test_the_hook_lets_good_commits_through_and_stops_bad_ones(
    hooks: Path, course: Path, tmp_path: Path
) -> None:
    revision = run("git", "rev-parse", "HEAD", cwd=hooks).strip()
    ids = [{"id": "kurspakke-course"}, {"id": "kurspakke-packages"}]
    plan = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": ids}]}
    (course / ".pre-commit-config.yaml").write_text(yaml.safe_dump(plan))
    environment = {**clean_environment(), "PRE_COMMIT_HOME": str(tmp_path / "home")}
    run(sys.executable, "-m", "pre_commit", "install", cwd=course, env=environment)

    def commit(message: str) -> subprocess.CompletedProcess[str]:
        run(*GIT, "add", "-A", cwd=course)
        command = [*GIT, "commit", "-m", message]
        return subprocess.run(
            command, cwd=course, env=environment, capture_output=True, text=True, check=False
        )

    good = commit("a course")
    assert good.returncode == 0, good.stdout + good.stderr
    spoil(course)
    bad = commit("a slip")
    assert bad.returncode == 1
    assert "course_source/course.yaml" in bad.stdout + bad.stderr
    assert "did you mean «publisher»?" in bad.stdout + bad.stderr
    run("git", "reset", "-q", "--hard", cwd=course)
    (course / "pakke.zip").write_text("no zip")
    package = commit("a package")
    assert package.returncode == 1
    assert "PKG-001" in package.stdout + package.stderr


def test_every_hook_has_a_command_of_ours() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["entry"].split()[0] for hook in hooks} == {"kurspakke"}


# The action


def action() -> dict[str, Any]:
    plain: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
    return plain


def steps(inputs: dict[str, str], place: Path) -> list[tuple[str, dict[str, str]]]:
    """Each step's script and variables, with the inputs put in as the runner does it."""
    known = {name: str(entry.get("default", "")) for name, entry in action()["inputs"].items()} | inputs
    filled = []
    for step in action()["runs"]["steps"]:
        variables = {}
        for name, text in step["env"].items():
            value = text.replace("${{ github.action_path }}", str(place))
            for key, given in known.items():
                value = value.replace(f"${{{{ inputs.{key} }}}}", given)
            assert "${{" not in value
            variables[name] = value
        filled.append((step["run"], variables))
    return filled


def test_the_action_marks_what_is_wrong(tree: Tree, kurspakke: Path, course: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    (install, where), (validate, variables) = steps({"sarif": "funn.sarif"}, tree.path)
    environment = with_command(kurspakke, GITHUB_STEP_SUMMARY=str(summary))
    pip = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    installed = shell(install, course, {**environment, **pip, **where})
    assert installed.returncode == 0, installed.stdout + installed.stderr
    good = shell(validate, course, {**environment, **variables})
    assert good.returncode == 0, good.stdout + good.stderr
    spoil(course)
    bad = shell(validate, course, {**environment, **variables})
    assert bad.returncode == 1
    assert "::error " in bad.stdout
    assert "file=course_source/course.yaml" in bad.stdout
    assert (course / "funn.sarif").stat().st_size > 0
    assert summary.read_text()


def test_the_action_takes_paths_and_profiles(tree: Tree, kurspakke: Path, course: Path) -> None:
    (course / "pakke.zip").write_text("no zip")
    _, (validate, variables) = steps({"paths": "pakke.zip course_source", "profile": "moodle"}, tree.path)
    answer = shell(validate, course, {**with_command(kurspakke), **variables})
    assert answer.returncode == 1
    assert "PKG-001" in answer.stdout


# The template


def test_the_gitlab_template_reports(distributions: Distributions, kurspakke: Path, course: Path) -> None:
    job = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text())[".kurspakke-validate"]
    variables = {name: str(value) for name, value in job["variables"].items()}
    variables["KURSPAKKE"] = str(distributions.wheel)
    pip = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    environment = {**with_command(kurspakke), **variables, **pip}
    spoil(course)
    answer = shell("\n".join(job["script"]), course, environment)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "did you mean «publisher»?" in answer.stdout
    for name in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (course / name).stat().st_size > 0
