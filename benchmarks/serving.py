"""The preview's server on a large zip: opening it, its memory, and many browsers' requests at once."""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench, Result
from benchmarks.measure import Run

MEGA = 1_000_000
FILMS, FILM_BYTES = 4, 250 * MEGA
PAGES, AT_ONCE = 2000, 200
BUDGET_SECONDS, BUDGET_MEGABYTES = 1.0, 150
_MANIFEST = (
    '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><organizations default="o">'
    '<organization identifier="o"><title>Stort kurs</title><item identifier="i" identifierref="r">'
    "<title>Side</title></item></organization></organizations><resources>"
    '<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="pages/0.html"/>'
    "</resources></manifest>"
)


@dataclass(frozen=True)
class Peak:
    """What asking `count` times at once came to: failed requests, seconds in all, and the slowest request."""

    count: int
    failed: int
    seconds: float
    slowest: float


@dataclass(frozen=True)
class Running:
    """`kurspakke preview` of one zip; `opened` is the seconds until its content's first page was there."""

    process: subprocess.Popen[str]
    port: int
    package: str
    opened: float

    def memory(self) -> float:
        """The most memory it has had, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024 / MEGA

    def cpu(self) -> float:
        """The processor time it has used, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def at_once(self, paths: Iterable[str]) -> Peak:
        """Ask for all of `paths` (with an optional range behind a space) in as many threads."""
        wanted = list(paths)
        start = time.perf_counter()
        with ThreadPoolExecutor(len(wanted)) as threads:
            took = list(threads.map(lambda path: ask(self.port, self.package, path), wanted))
        total = time.perf_counter() - start
        slowest = max((seconds for seconds in took if seconds is not None), default=0.0)
        return Peak(len(wanted), took.count(None), total, slowest)


def serving_results(bench: Bench) -> Iterator[Result]:
    """The lines about the preview's server."""
    path = large_zip(bench.folder / "large.zip")
    opened: list[float] = []
    for _ in range(bench.times):
        with running(path) as server:
            opened.append(server.opened)
    with running(path) as server:
        peak = server.at_once(mixture(AT_ONCE))
        memory = server.memory()
        figures = Run(median(opened), server.cpu(), memory)
        yield Result(
            "preview: a zip of 1 GB, from start to first page",
            figures,
            "memory after the requests below",
            f"{BUDGET_SECONDS:.0f} s, {BUDGET_MEGABYTES} MB",
            figures.wall <= BUDGET_SECONDS and memory <= BUDGET_MEGABYTES,
        )
        yield Result(
            f"preview: {peak.count} requests at once",
            Run(peak.seconds, figures.cpu, memory),
            f"{peak.failed} failed, the slowest took {peak.slowest:.2f} s",
            "no error",
            peak.failed == 0,
        )


def large_zip(path: Path) -> Path:
    """Films stored and pages deflated, 1 GB together; made once."""
    if not path.exists():
        block = random.Random(1).randbytes(MEGA)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("imsmanifest.xml", _MANIFEST)
            for number in range(FILMS):
                with archive.open(f"media/film-{number}.mp4", "w") as film:
                    for _ in range(FILM_BYTES // MEGA):
                        film.write(block)
            for number in range(PAGES):
                text = f"<!DOCTYPE html><title>{number}</title>" + "<p>Hei på deg" * 500
                archive.writestr(f"pages/{number}.html", text, zipfile.ZIP_DEFLATED)
    return path


def small_zip(path: Path) -> Path:
    """The same course with one page, and no films."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", _MANIFEST)
        archive.writestr("pages/0.html", "<!DOCTYPE html><title>0</title>Hei på deg")
    return path


def mixture(count: int) -> Iterator[str]:
    """Pages, and 4 MB out of the middle of a film for each tenth."""
    for number in range(count):
        start = number * MEGA
        film = f"media/film-{number % FILMS}.mp4 bytes={start}-{start + 4 * MEGA - 1}"
        yield f"pages/{number}.html" if number % 10 else film


@contextmanager
def running(path: Path) -> Iterator[Running]:
    """The preview of the zip at `path`, started anew, until this ends."""
    start = time.perf_counter()
    store = path.with_suffix(".store")
    words = ["-m", "kurspakke", "preview", str(path), "--no-open", "--store", str(store)]
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
    with process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
            package = _package(port)
            while ask(port, package, "pages/0.html") is None:
                time.sleep(0.005)
            yield Running(process, port, package, time.perf_counter() - start)
        finally:
            process.terminate()


def _package(port: int) -> str:
    """The id of the one package, as the first page links to it."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/")
            return connection.getresponse().read().decode().partition('href="/p/')[2][:32]
        except OSError:
            time.sleep(0.005)
        finally:
            connection.close()


def ask(port: int, package: str, path: str) -> float | None:
    """Seconds until the whole answer was there; None when it was not the one asked for."""
    name, _, part = path.partition(" ")
    headers = {"Host": f"{package}.localhost:{port}", **({"Range": part} if part else {})}
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", f"/content/{package}/{name}", headers=headers)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    right = response.status == (206 if part else 200) and len(body) == int(response.headers["Content-Length"])
    return time.perf_counter() - start if right else None
