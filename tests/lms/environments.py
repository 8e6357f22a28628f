"""The virtual environments of the LMSs that the tests play in.

Each LMS lives in an environment of its own under `.venv-lms/`, from a requirements file that pins every version.
They are never mixed with the project's environment: their pins contradict each other, and some of the code is
AGPL. As a script this module makes all of them (a set-up step); the tests make those they need.

An environment is kept for as long as its requirements file and the Python that made it stay the same.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).resolve().parent / "requirements"
HOME = REPOSITORY / ".venv-lms"
NAMES = tuple(sorted(path.stem for path in REQUIREMENTS.glob("*.txt")))


class InstallationError(RuntimeError):
    """An LMS environment could not be made; the message holds the installer's own words."""


def python_of(name: str) -> Path:
    """The interpreter of the environment `name`, which is made first where it is missing or stale.

    Several processes may ask at once: one makes it, the others wait.
    """
    folder = HOME / name
    python = folder / "bin" / "python"
    with _locked(HOME / f"{name}.lock"):
        if not _is_fresh(name, folder, python):
            _make(name, folder, python)
    return python


def _is_fresh(name: str, folder: Path, python: Path) -> bool:
    stamp = folder / ".stamp"
    return python.exists() and stamp.is_file() and stamp.read_text() == _fingerprint(name)


def _fingerprint(name: str) -> str:
    digest = hashlib.sha256((REQUIREMENTS / f"{name}.txt").read_bytes())
    return f"{digest.hexdigest()} {sys.version.split()[0]}\n"


def _make(name: str, folder: Path, python: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    venv.create(folder, with_pip=False, symlinks=True)
    answer = subprocess.run(
        [*_installer(python), "--requirement", str(REQUIREMENTS / f"{name}.txt")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise InstallationError(f"cannot install the {name} environment:\n{answer.stdout}{answer.stderr}")
    (folder / ".stamp").write_text(_fingerprint(name))


def _installer(python: Path) -> list[str]:
    """The install command of whichever installer made the environment that runs this: uv's has no pip in it."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}") or shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(python)]
    return [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Make every environment, two at a time, and say what was done."""

    def timed(name: str) -> str:
        start = time.monotonic()
        python = python_of(name)
        return f"{name}: {python.parent.parent.relative_to(REPOSITORY)} ({time.monotonic() - start:.1f} s)"

    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            for line in pool.map(timed, NAMES):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
        except InstallationError as failure:
            sys.stderr.write(f"{failure}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
