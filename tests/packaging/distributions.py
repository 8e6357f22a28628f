"""What the packaging tests share: running programs cleanly, and the two files of a release."""

import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What the command printed; a failure shows all of it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment() if env is None else env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def clean_environment() -> dict[str, str]:
    """This environment without what would let a program find this tree or this interpreter's packages."""
    ours = ("PYTHON", "VIRTUAL_ENV", "KURSPAKKE", "COV_", "PYTEST")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@dataclass(frozen=True)
class Distributions:
    """The two files that a release consists of."""

    wheel: Path
    sdist: Path


@dataclass(frozen=True)
class Tree:
    """A copy of this tree, and the names of the files that git would bring into it."""

    path: Path
    names: frozenset[str]

    @property
    def assets(self) -> Path:
        """What the build hook makes."""
        return self.path / "src/kurspakke/assets"

    def below(self, *places: str) -> set[str]:
        """Those files that are, or lie below, one of the places."""
        return {name for name in self.names if any(name == at or name.startswith(f"{at}/") for at in places)}


def install_wheel(python: Path, wheel: Path, place: Path) -> Path:
    """Install into a new environment of the given interpreter; the command's path."""
    run(python, "-m", "venv", place / "venv", cwd=place)
    binaries = place / "venv" / "bin"
    pip = [binaries / "python", "-m", "pip", "install", "-qq", "-c", ROOT / "constraints.txt"]
    run(*pip, wheel, cwd=place)
    return binaries / "kurspakke"


def members(wheel: Path) -> list[str]:
    """Names in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clone(place: Path) -> Tree:
    """Copy to `place` what a clone of this tree would hold, once the work in it is committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    names = frozenset(name for name in listed if (ROOT / name).is_file())
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, place / name)
    return Tree(place, names)
