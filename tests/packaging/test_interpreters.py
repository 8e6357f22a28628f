"""Every supported Python makes the same bytes of the same course."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.distributions import Distributions, install_wheel, run

pytestmark = [pytest.mark.slow, pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def candidates(version: tuple[int, int]) -> Iterator[Path]:
    name = "python{}.{}".format(*version)
    if found := shutil.which(name):
        yield Path(found)
    yield from sorted(Path.home().glob(f".pyenv/versions/{version[0]}.{version[1]}.*/bin/{name}"))


def answers(python: Path, version: tuple[int, int]) -> bool:
    """Whether it is what its name says and can make environments: a shim may stand for nothing."""
    ask = f"import sys, ensurepip, venv; sys.exit(sys.version_info[:2] != {version})"
    return subprocess.run([python, "-c", ask], capture_output=True, check=False).returncode == 0


def others() -> dict[str, Path]:
    """One interpreter of each other supported version that this machine has."""
    versions = [version for version in SUPPORTED if version != sys.version_info[:2]]
    working = {v: next((python for python in candidates(v) if answers(python, v)), None) for v in versions}
    return {"{}.{}".format(*version): python for version, python in working.items() if python}


def sums(command: Path, course_source: Path, out: Path) -> dict[str, str]:
    """Path of each package of the real course and of some local editions, and its SHA-256."""
    run(command, "build", course_source, "-o", out, cwd=out.parent)
    editions = ("--edition", "digi-agder,bykle,amli,utsira", "--module", "strategi")
    run(command, "build", course_source, "-o", out, *editions, cwd=out.parent)
    packages = json.loads((out / "build.json").read_bytes())["packages"]
    assert {"bykle", None} <= {package["edition"] for package in packages}
    return {package["path"]: package["sha256"] for package in packages}


def test_another_python_makes_the_same_packages(
    distributions: Distributions, kurspakke: Path, course_source: Path, tmp_path: Path
) -> None:
    pythons = others()
    if not pythons:
        pytest.skip("this machine has no second Python among 3.11, 3.12 and 3.13 that can make environments")
    ours = sums(kurspakke, course_source, tmp_path / "ours")
    assert ours
    for version, python in pythons.items():
        place = tmp_path / version
        place.mkdir()
        command = install_wheel(python, distributions.wheel, place)
        assert sums(command, course_source, place / "dist") == ours, version
