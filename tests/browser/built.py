"""A course built for one test module: unpacked web packages at an address of their own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.conftest import POLICY, Site
from tests.webhost import WebHost


@contextmanager
def served(course: Path) -> Iterator[Site]:
    """Every web package of a course, the combined one too, in folders named by their units."""
    with tempfile.TemporaryDirectory() as scratch:
        built, folder = Path(scratch, "built"), Path(scratch, "served")
        command = [
            sys.executable,
            "-m",
            "kurspakke",
            "build",
            str(course),
            "-o",
            str(built),
            "--format",
            "web",
        ]
        answer = subprocess.run(
            [*command, "--combined"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        for package in built.glob("*-nb-web.zip"):
            with zipfile.ZipFile(package) as archive:
                archive.extractall(folder / package.name.split("-")[-3])
        with WebHost() as host:
            host.folder("/", folder, POLICY)
            yield Site(folder, host.address)
