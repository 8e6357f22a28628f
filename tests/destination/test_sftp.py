"""Releases over SFTP, to a server on this machine: files are renamed into place, and passwords are nobody's business."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.destination.bucket import sha256
from tests.destination.test_bucket import local
from tests.destination.trees import packages, refused, release, send

pytestmark = pytest.mark.slow

PASSWORD = "hemmelig"  # noqa: S105 - of nobody


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "server"
    folder.mkdir()
    return folder


@pytest.fixture
def server(root: Path) -> Iterator[str]:
    line = [sys.executable, str(Path(__file__).with_name("sftp.py")), str(root), PASSWORD]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"127.0.0.1:{process.stdout.readline().strip()}/ut/kurs"
        process.terminate()


def seen(root: Path) -> dict[str, bytes]:
    files = local(root / "ut/kurs")
    return {path: data for path, data in files.items() if not path.startswith((".", "by-sha256/"))}


def test_a_release_after_another(server: str, root: Path, tmp_path: Path) -> None:
    url = f"sftp://ola:{PASSWORD}@{server}"
    first = release(tmp_path / "v1", packages("1", changed=3) | {"nb/gammel.zip": b"old"})
    assert send(first, url)[0] == 15
    assert seen(root) == local(first)
    before = local(root)
    assert send(first, url) == (0, 0, 15, 0)
    assert local(root) == before
    second = release(tmp_path / "v2", packages("2", changed=3))
    assert send(second, url)[0] == 5
    assert seen(root) == local(second)
    assert (root / "ut/kurs/by-sha256" / sha256(b"old") / "gammel.zip").read_bytes() == b"old"
    assert [path.name for path in (root / "ut/kurs/.kurspakke").iterdir()] == ["published.json"]


def test_a_wrong_password_is_not_repeated(server: str, root: Path, tmp_path: Path) -> None:
    said = refused(release(tmp_path / "v1", packages("1", 1)), f"sftp://ola:feil-{PASSWORD}@{server}")
    assert f"sftp://…@{server}: no access (AuthenticationException)" in said
    assert "SSH agent" in said
    assert PASSWORD not in said
    assert list(root.iterdir()) == []
