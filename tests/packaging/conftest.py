"""A wheel and a source distribution of this tree, and clean places to install them in."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.distributions import ROOT, Distributions, run


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """Built as for a release: the source distribution from the tree, the wheel from that."""
    out = tmp_path_factory.mktemp("distributions")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return Distributions(next(out.glob("*.whl")), next(out.glob("*.tar.gz")))


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Path], Path]:
    """Installs a wheel into a new environment of the given interpreter; returns its bin folder."""

    def install_into_new(python: Path, wheel: Path) -> Path:
        place = tmp_path_factory.mktemp("clean")
        run(python, "-m", "venv", place / "venv", cwd=place)
        binaries = place / "venv" / "bin"
        pip = [binaries / "python", "-m", "pip", "install", "-qq", "-c", ROOT / "constraints.txt"]
        run(*pip, wheel, cwd=place)
        return binaries

    return install_into_new


@pytest.fixture(scope="session")
def course_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real course, so that a build writes nothing into the tree."""
    return Path(shutil.copytree(ROOT / "course_source", tmp_path_factory.mktemp("course") / "course_source"))
