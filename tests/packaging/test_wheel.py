"""The wheel works where this tree is not: in a clean environment, in another folder."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.packaging.distributions import run

pytestmark = [pytest.mark.slow, pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


def test_it_says_its_version(kurspakke: Path, tmp_path: Path) -> None:
    assert "0.1.0" in run(kurspakke, "--version", cwd=tmp_path)


def test_a_new_course_builds_at_once(kurspakke: Path, tmp_path: Path) -> None:
    run(kurspakke, "new", "mitt-kurs", cwd=tmp_path)
    project = tmp_path / "mitt-kurs"
    run(kurspakke, "build", cwd=project)
    packages = json.loads((project / "dist" / "build.json").read_bytes())["packages"]
    assert {package["format"] for package in packages} == {"scorm12", "xapi", "cmi5", "web"}
    for package in packages:
        written = (project / "dist" / package["path"]).read_bytes()
        assert hashlib.sha256(written).hexdigest() == package["sha256"]


def test_it_writes_the_schemas_of_the_source_files(kurspakke: Path, tmp_path: Path) -> None:
    run(kurspakke, "schema", "--help", cwd=tmp_path)


def test_the_module_runs_as_the_command_does(kurspakke: Path, tmp_path: Path) -> None:
    command = run(kurspakke, "--version", cwd=tmp_path)
    assert run(kurspakke.parent / "python", "-m", "kurspakke", "--version", cwd=tmp_path) == command
