"""Prints constraints.txt: the newest versions that fit pyproject.toml on the oldest Python it allows.

The oldest, because a version chosen for a newer Python may refuse an older one: Debian 12 has 3.11.2.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

OLDEST = "3.11.0"
PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def wanted() -> list[str]:
    """What the program and its tests ask for."""
    project = tomllib.loads(PROJECT.read_text())["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["test"]]


def resolve(requirements: list[str]) -> list[str]:
    """Name and version of everything that installing the requirements would install."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        options = ["--quiet", "--dry-run", "--ignore-installed", "--report", str(report)]
        oldest = ["--python-version", OLDEST, "--only-binary=:all:", "--target", folder]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, *oldest, *requirements], check=True)
        found = [item["metadata"] for item in json.loads(report.read_bytes())["install"]]
    return sorted((f"{package['name']}=={package['version']}" for package in found), key=str.lower)


if __name__ == "__main__":
    print("# Resolved and tested together; made by: make constraints")
    print(*resolve(wanted()), sep="\n")
