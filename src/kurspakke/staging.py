"""Packages made ready beside the output folder, each of them written there or left where it lies already."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kurspakke import zipwriter
from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.journal import Journal
from kurspakke.limits import Clock
from kurspakke.linkedstream import Films, Known
from kurspakke.notedstream import NotedStream
from kurspakke.record import Label, PackageRecord
from kurspakke.statefolder import Stamp, StateFolder
from kurspakke.sums import Sums
from kurspakke.zipreader import read_zip, verified

PACKAGES = "packages.json"
"""Of each package in the output folder: its recipe, its sums and its stamp."""

# Larger members are films: counted while they were written, and read back by whoever plays them.
_READ_BACK = 1 << 20
_READ_AT_ONCE = 1 << 24


@dataclass(frozen=True, slots=True)
class Package:
    """A package to publish: what it is, its files, and the members that must come first in the zip."""

    label: Label
    tree: FileTree
    first: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The file name in the output folder."""
        return self.label.path

    @property
    def recipe(self) -> str:
        """Stands for the bytes that will be written: two packages of one recipe are the same zip."""
        parts = "\n".join((zipwriter.RECIPE, self.tree.content_sha256, *self.first))
        return hashlib.sha256(parts.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Published:
    """A package that is ready: its record and recipe, how long it took, and whether the one from before could stay.

    `rendered`: so many of its documents had to be made anew.
    """

    record: PackageRecord
    recipe: str
    seconds: float
    reused: bool
    rendered: int = 0

    @property
    def path(self) -> str:
        """The file name in the output folder."""
        return self.record.path


class Staging:
    """Where packages are made ready; several processes may be at it, each with packages of its own."""

    def __init__(self, state: StateFolder, sums: Sums) -> None:
        self.known = state.read(PACKAGES)
        self._out = state.out
        self._folder = Journal(state).staged
        self._sums = sums
        self._packer = zipwriter.Packer()
        self._careful = zipwriter.Packer(careful=True)
        self._films = Films()

    def add(self, package: Package) -> Published:
        """Make the package ready."""
        start = time.perf_counter()
        package = self.summed(package)
        recipe = package.recipe
        made = self.reusable(package.label, recipe)
        record = made or self.write(package)
        return Published(record, recipe, time.perf_counter() - start, made is not None)

    def summed(self, package: Package) -> Package:
        """The same package; its files on disk know their sums."""
        return Package(package.label, self._sums.summed(package.tree), package.first)

    def reusable(self, label: Label, recipe: str) -> PackageRecord | None:
        """The package from before, when the same bytes would be written again and it is still untouched."""
        match self.known.get(label.path):
            case [str(known), str(sha256), str(content), list(stamp)] if known == recipe:
                path = self._out / label.path
                here = Stamp.at(path)
                # A second name, as a release gives it, is another stamp of the same bytes.
                if here and (here.plain() == stamp or (stamp[:1] == [here.size] and _sum_of(path) == sha256)):
                    return PackageRecord(label, here.size, sha256, content)
        return None

    def write(self, package: Package) -> PackageRecord:
        """Write the zip, and read all of it back but films; KurspakkeError and OSError as from `write_zip`."""
        staged = self._place(package.label)
        with staged.open("wb") as stream:
            zipped = zipwriter.write_zip(package.tree, stream, package.first, self._packer)
        _read_back(staged, package.tree)
        return PackageRecord(package.label, zipped.bytes, zipped.sha256, zipped.content_sha256)

    def link(self, package: Package, sha256: str = "") -> PackageRecord:
        """Write the zip from members that were looked at when they were packed; its SHA-256 may be known.

        What was put together is compared with what was meant. KurspakkeError and OSError as from `write_zip`.
        """
        staged, before = self._place(package.label), self._out / package.path
        known, replaces = Known(sha256, self._films), Stamp.at(before) is not None
        if replaces:
            _let_go(before)  # its memory is just what the new one needs, and nearer than any other
        with staged.open("wb") as stream:
            noted = NotedStream(stream)
            zipped = zipwriter.write_zip(package.tree, noted, package.first, self._careful, known)
        if not noted.holds(staged):
            raise _unreadable(staged, "it is not what was written")
        if replaces:
            _let_go(staged)  # begun now, since some systems wait for it when a file takes another's place
        return PackageRecord(package.label, zipped.bytes, zipped.sha256, zipped.content_sha256)

    def _place(self, label: Label) -> Path:
        refuse_folder(self._out / label.path)
        self._folder.mkdir(exist_ok=True)
        return self._folder / label.path


def _let_go(path: Path) -> None:
    """Let the system bring to the disk what it still holds of the file, and use the memory for something else.

    Only begun: nobody waits for it, and a system that knows no such wish does it when it likes.
    """
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError), path.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sum_of(path: Path) -> str:
    """The file's SHA-256; empty where it can't be read."""
    try:
        return File(path=path).sha256
    except OSError:
        return ""


def refuse_folder(target: Path) -> None:
    """Say so where a folder is in the way of a file."""
    if target.is_dir():
        raise KurspakkeError(f"{target} is a folder, not a file", "remove or rename it")


def _read_back(path: Path, tree: FileTree) -> None:
    """Make sure that the zip at `path` holds the tree: films by name and size, the rest byte for byte."""
    file = File(path=path)
    archive = read_zip(File(data=file.read()) if file.size < _READ_AT_ONCE else file, verify=False)
    small = {name: file for name, file in archive.tree.items() if file.size <= _READ_BACK}
    _, damaged = verified(small, Clock())
    faults = [fault.message for fault in (*archive.faults, *damaged)]
    if _sizes(archive.tree) != _sizes(tree):
        faults.append("files are missing")
    if faults:
        raise _unreadable(path, faults[0])


def _unreadable(path: Path, why: str) -> KurspakkeError:
    return KurspakkeError(f"{path.name} could not be read back after writing: {why}", "check the disk")


def _sizes(tree: FileTree) -> dict[str, int]:
    return {name: file.size for name, file in tree.items()}
