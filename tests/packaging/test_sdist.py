"""The source distribution installs where there is no Node and no way to npm's packages."""

import sys
from pathlib import Path

import pytest

from tests.packaging.distributions import ROOT, Distributions, clean_environment, run

pytestmark = [pytest.mark.slow, pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


def test_it_installs_without_node_and_npm(distributions: Distributions, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    run(sys.executable, "-m", "venv", venv, cwd=tmp_path)
    env = clean_environment() | {
        "PATH": str(venv / "bin"),
        "npm_config_registry": "http://127.0.0.1:9/",
        "npm_config_cache": str(tmp_path / "npm-cache"),
    }
    pip = [venv / "bin" / "python", "-m", "pip", "install", "-v", "-c", ROOT / "constraints.txt"]
    said = run(*pip, distributions.sdist, cwd=tmp_path, env=env)
    assert "nodejs" not in said
    assert not (tmp_path / "npm-cache").exists()
    assert "0.1.0" in run(venv / "bin" / "kurspakke", "--version", cwd=tmp_path, env=env)
