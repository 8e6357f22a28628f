"""A wheel and a source distribution of this tree, and the wheel installed in a clean place."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.distributions import ROOT, Distributions, Tree, clone, install_wheel, run


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A copy of this tree as a clone would hold it, with its assets: edits during the tests change nothing."""
    copy = clone(tmp_path_factory.mktemp("tree") / "kurspakke")
    shutil.copytree(ROOT / "src/kurspakke/assets", copy.assets)
    return copy


@pytest.fixture(scope="session")
def distributions(tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """Built as for a release: the source distribution from the tree, the wheel from that."""
    out = tmp_path_factory.mktemp("distributions")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, tree.path, cwd=out)
    return Distributions(next(out.glob("*.whl")), next(out.glob("*.tar.gz")))


@pytest.fixture(scope="session")
def kurspakke(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel into an environment of its own."""
    return install_wheel(Path(sys.executable), distributions.wheel, tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="session")
def course_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real course, so that a build writes nothing into the tree."""
    return Path(shutil.copytree(ROOT / "course_source", tmp_path_factory.mktemp("course") / "course_source"))
