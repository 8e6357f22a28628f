"""Releases to publish, and the process that publishes them."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.destination.bucket import sha256

PROGRAM = """
import sys
from pathlib import Path
from kurspakke.destination.publishing import publish_tree
from kurspakke.findings import KurspakkeError
try:
    sent = publish_tree(Path(sys.argv[1]), sys.argv[2])
except KurspakkeError as error:
    sys.exit(f"{error.message}\\n{error.hint}")
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(sent.files, sent.size, sent.there, sent.removed, int(peak) * 1024)
"""


def noise(seed: str, size: int = 3000) -> bytes:
    """Bytes that are the same for the same seed."""
    return random.Random(seed).randbytes(size)  # noqa: S311 - of no secret


def release(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A release in a folder: the files, a page that links to them, and the record of their sums."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    links = "".join(f'<a href="{path}">{sha256(data)}</a>' for path, data in sorted(files.items()))
    (folder / "index.html").write_text(f"<!doctype html><title>Pakker</title>{links}")
    packages = [{"path": path, "sha256": sha256(data)} for path, data in sorted(files.items())]
    (folder / "build.json").write_text(json.dumps({"packages": packages}))
    return folder


def packages(version: str, count: int = 12, changed: int = 12) -> dict[str, bytes]:
    """Packages of which the first ones are of this version only."""
    return {f"kurs-{n:02}.zip": noise(f"{version if n < changed else 'always'} {n}") for n in range(count)}


def start(folder: Path, url: str) -> subprocess.Popen[str]:
    """Publish in a process of its own."""
    line = [sys.executable, "-c", PROGRAM, str(folder), url]
    return subprocess.Popen(line, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def send(folder: Path, url: str) -> tuple[int, int, int, int]:
    """The same, to its end: files sent, their bytes, files that were there, files removed."""
    process = start(folder, url)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    files, size, there, removed, _ = map(int, out.split())
    return files, size, there, removed


def refused(folder: Path, url: str) -> str:
    """What a publication says that is refused."""
    process = start(folder, url)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in err
    return err
