"""Whether a build would give what lies in the output folder already, told without reading the course.

It is told by the stamps of all files that go into a build, the course's and the program's own, and by the
stamps of what came out. This module imports nothing heavy: a build with nothing to do is over before pydantic
is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kurspakke import __version__, record
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.journal import Journal
from kurspakke.record import Record
from kurspakke.statefolder import Stamp, StateFolder
from kurspakke.sums import Sums
from kurspakke.zipwriter import MOST_BYTES

_STORE = "fresh.json"
_VERSION = 1
_PROGRAM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that goes into a build, as it was before anything was read: take it first, then read the course.

    `files` are stamps by path, with the SHA-256 of those files that had not settled (`Stamp.settled`): their
    stamps will not show every change. None for what can't be told: a folder behind a symbolic link, and a file
    that no package can hold.
    """

    options: str
    files: Mapping[str, tuple[Stamp, str] | None]

    @classmethod
    def scan(
        cls, roots: Iterable[Path], options: Mapping[str, object], sums: Sums, *, without: Path
    ) -> Inputs:
        """The stamps of every file below `roots` and of the program itself.

        Hidden files and everything below `without`, the output folder, count for nothing. `options` is
        whatever else decides what is built; its values must be fit for JSON.
        """
        now = time.time_ns()
        found: dict[str, tuple[Stamp, str] | None] = {}
        for root in (*roots, _PROGRAM):
            for path in _files(root.absolute(), without.absolute()):
                found[str(path)] = _taken(path, now, sums)
        return cls(_digest(options), found)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The result of an earlier build that still holds: the packages it made, and what it had to say."""

    record: Record
    findings: tuple[Finding, ...]


def fresh(out: Path, inputs: Inputs, sums: Sums) -> Earlier | None:
    """The earlier result, when the same inputs led to what now lies untouched in `out`; else None.

    Any doubt gives None: a damaged memory, an interrupted build, a file that can't be read.
    """
    state = StateFolder(out)
    stored = state.read(_STORE)
    if stored.get("version") != _VERSION or stored.get("options") != inputs.options:
        return None
    if Journal(state).is_open():
        return None
    try:
        earlier = _earlier(out, stored) if _same_files(stored["files"], inputs, sums) else None
    except (OSError, KeyError, TypeError, ValueError, AttributeError):
        return None
    if earlier:
        sums.save()
    return earlier


def remember(out: Path, inputs: Inputs, made: Iterable[str], findings: Iterable[Finding], sums: Sums) -> None:
    """After a build: note that `inputs` gave the packages with the paths `made` in `out`, and these findings.

    Nothing is noted when a file has changed since the inputs were taken, or when there is no room to note it.
    """
    state = StateFolder(out)
    with suppress(OSError):
        files = {path: _line(Path(path), taken) for path, taken in inputs.files.items()}
        if not all(files.values()):
            state.forget(_STORE)
            return
        value = {
            "version": _VERSION,
            "options": inputs.options,
            "files": files,
            "record": _sha256(out / record.FILE),
            "made": {path: Stamp.of((out / path).stat()).plain() for path in made},
            "findings": [asdict(finding) for finding in findings],
        }
        state.write(_STORE, value)
    sums.save()


def _files(folder: Path, without: Path) -> Iterator[Path]:
    """Every file below `folder`, and every symbolic link to a folder in place of what is behind it."""
    folders = [folder]
    while folders:
        # What can't be read is told by whoever reads the course.
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                if entry.name.startswith(".") or entry.name == "__pycache__" or path == without:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path


def _taken(path: Path, now: int, sums: Sums) -> tuple[Stamp, str] | None:
    try:
        stamp = Stamp.of(path.stat())
        if path.is_dir() or stamp.size > MOST_BYTES:
            return None
        return stamp, "" if stamp.settled(now) else sums.of(path).sha256
    except OSError:
        return None


def _line(path: Path, taken: tuple[Stamp, str] | None) -> list[Any] | None:
    """A file as it is stored, stamp and SHA-256; None when it has changed since the inputs were taken."""
    if taken is None or Stamp.of(path.stat()) != taken[0]:
        return None
    return [*taken[0].plain(), taken[1]]


def _same_files(stored: Mapping[str, list[Any]], inputs: Inputs, sums: Sums) -> bool:
    if stored.keys() != inputs.files.keys():
        return False
    return all(_same(Path(path), taken, stored[path], sums) for path, taken in inputs.files.items())


def _same(path: Path, taken: tuple[Stamp, str] | None, line: list[Any], sums: Sums) -> bool:
    if taken is None:
        return False
    *stamp, sha256 = line
    if not sha256:
        return bool(stamp == taken[0].plain())
    return bool(sha256 == (taken[1] or sums.of(path).sha256))


def _earlier(out: Path, stored: Mapping[str, Any]) -> Earlier | None:
    data = (out / record.FILE).read_bytes()
    now = Record.loads(data)
    made: dict[str, list[int]] = stored["made"]
    if now is None or hashlib.sha256(data).hexdigest() != stored["record"]:
        return None
    if any(Stamp.of((out / path).stat()).plain() != stamp for path, stamp in made.items()):
        return None
    packages = tuple(package for package in now.packages if package.path in made)
    findings = tuple(_finding(plain) for plain in stored["findings"])
    left = tuple(package for package in now.left_over if (out / package.path).is_file())
    return Earlier(replace(now, packages=packages, left_over=left), findings)


def _finding(plain: dict[str, Any]) -> Finding:
    rule = {**plain["rule"], "severity": Severity(plain["rule"]["severity"])}
    return Finding(Rule(**rule), plain["message"], plain["hint"], Location(**plain["location"]))


def _digest(options: Mapping[str, object]) -> str:
    """Stands for the options, for this version of the program, and for the libraries it runs on."""
    libraries = [
        [folder, Path(folder).stat().st_mtime_ns]
        for folder in sys.path
        if folder.endswith(("site-packages", "dist-packages")) and Path(folder).is_dir()
    ]
    plain = json.dumps([__version__, sys.version, libraries, options], sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
