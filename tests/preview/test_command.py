"""The command `preview` as a process: its address, its end, and what it says when it can't begin."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.previewing import zipped

SOURCE = Path(__file__).parent.parent.parent / "course_source"
MANIFEST = (
    '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><organizations default="o">'
    '<organization identifier="o"><title>Fremmed kurs</title><item identifier="i" identifierref="r">'
    "<title>Side æøå</title></item></organization></organizations><resources>"
    '<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="side.html"><file href="side.html"/>'
    "</resource></resources></manifest>"
)


@contextmanager
def previewing(*words: str, store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "kurspakke", "preview", "--no-open", "--store", str(store), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def ask(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return str(answer.read().decode())


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "fremmed.zip"
    zipped(path, {"imsmanifest.xml": MANIFEST.encode(), "side.html": b"<!doctype html><p>Hei"})
    return path


def test_it_says_where_it_is_and_lists_a_course_and_a_foreign_package(foreign: Path, tmp_path: Path) -> None:
    with previewing(str(SOURCE), str(foreign), store=tmp_path / "store") as (_, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        page = ask(address)
        assert "Fremmed kurs" in page or "fremmed.zip" in page
        assert "Strategi" in page
        offers = re.findall(r'href="/p/([0-9a-f]{32})"', page)
        findings = json.loads(ask(f"{address}api/findings/{offers[-1]}"))
        assert all({"rule", "severity", "message", "location"} <= finding.keys() for finding in findings)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_ctrl_c_ends_it_at_once_though_a_page_listens(foreign: Path, tmp_path: Path) -> None:
    took: list[float] = []
    # Other tests may have the processor for a while: the quickest of a few ends counts.
    while min(took, default=9.0) >= 1 and len(took) < 4:
        with previewing(str(foreign), store=tmp_path / "store") as (process, address):
            listening = urllib.request.urlopen(f"{address}events", timeout=20)  # noqa: S310
            assert listening.readline().startswith(b"retry")
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
            took.append(time.monotonic() - began)
            assert process.stderr
            assert process.stderr.read() == ""
            listening.close()
    assert min(took) < 1


def test_a_port_that_is_taken_is_refused_with_a_remedy(foreign: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with previewing(str(foreign), "--port", port, store=tmp_path / "store") as (process, _):
            assert process.wait(20) == 3
            assert process.stderr
            said = process.stderr.read()
            assert f"127.0.0.1:{port}" in said
            assert "choose another port" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere.zip"], 3, "there is nothing at nowhere.zip"),
        (["--profile", "moodel"], 2, "did you mean «moodle»?"),
    ],
)
def test_what_can_not_begin_says_why(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    with previewing(*words, store=tmp_path / "store") as (process, _):
        assert process.wait(20) == code
        assert process.stderr
        assert said in process.stderr.read()
