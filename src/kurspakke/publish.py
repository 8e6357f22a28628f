"""Packages into the output folder: all of them or none, and `build.json` last."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurspakke import record, zipwriter
from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.journal import Journal, is_plain_name
from kurspakke.limits import Clock
from kurspakke.lock import locked
from kurspakke.record import CourseRecord, Label, PackageRecord, Record
from kurspakke.statefolder import Stamp, StateFolder
from kurspakke.sums import Sums
from kurspakke.zipreader import read_zip, unreadable

_PACKAGES = "packages.json"
_LOCK = "lock"
# Larger members are films: counted while they were written, and read back by whoever plays them.
_READ_BACK = 1 << 20
_READ_AT_ONCE = 1 << 24


@dataclass(frozen=True, slots=True)
class Package:
    """A package to publish: what it is, its files, and the members that must come first in the zip."""

    label: Label
    tree: FileTree
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A package that is ready: its record, how long it took, and whether the one from before could stay."""

    record: PackageRecord
    seconds: float
    reused: bool


@dataclass(frozen=True, slots=True)
class Build:
    """What holds for all packages; `whole`: packages of earlier builds that it does not make are removed."""

    tool: str
    course: CourseRecord
    whole: bool


def publish(
    out: Path,
    packages: Iterable[Package],
    build: Build,
    *,
    sums: Sums | None = None,
    progress: Callable[[Published], None] = lambda _: None,
) -> Record:
    """Write the packages and `build.json` into the folder `out`, which is made where it is missing.

    `packages` may be a generator: each package is zipped as it comes, beside its target. What the generator
    raises ends the publication; then, and after a KurspakkeError (no room, no permission, another build at
    work, a package that no zip can hold), everything in `out` is as it was. Returns what `build.json` now
    says.
    """
    state = StateFolder(out)
    with _refusing(out):
        state.make()
        with locked(state.path / _LOCK, f"{out}{os.sep}"):
            _settle(state)
            return _Publication(state, build, sums or Sums(state)).run(packages, progress)


def settle(out: Path) -> None:
    """Complete what an interrupted build left half-way in `out`; for everyone who reads packages there.

    KurspakkeError when that is impossible, for instance because a build is just at it.
    """
    state = StateFolder(out)
    if Journal(state).is_open():
        with _refusing(out), locked(state.path / _LOCK, f"{out}{os.sep}"):
            _settle(state)


def current(out: Path) -> Record | None:
    """What `build.json` in `out` says; None when there is none that can be read."""
    try:
        return Record.loads((out / record.FILE).read_bytes())
    except OSError:
        return None


class _Publication:
    """One run of `publish`, under the lock."""

    def __init__(self, state: StateFolder, build: Build, sums: Sums) -> None:
        self._state = state
        self._out = state.out
        self._journal = Journal(state)
        self._build = build
        self._sums = sums
        self._packer = zipwriter.Packer()
        self._before = current(self._out)
        self._known = state.read(_PACKAGES)
        self._recipes: dict[str, str] = {}
        self._made: dict[str, PackageRecord] = {}
        self._moves: list[str] = []

    def run(self, packages: Iterable[Package], progress: Callable[[Published], None]) -> Record:
        try:
            for package in packages:
                progress(self._add(package))
            result = self._record()
            gone = self._gone()
            self._stage_record(result)
        except BaseException:
            self._journal.clear()
            raise
        if self._moves or gone:
            self._journal.carry_out(tuple(self._moves), gone)
        self._remember()
        self._sums.save()
        return result

    def _add(self, package: Package) -> Published:
        start = time.perf_counter()
        path = package.label.path
        if not is_plain_name(path) or not path.endswith(".zip") or path in self._made:
            raise ValueError(f"not a file name of its own for a package: {path!r}")
        tree = self._sums.summed(package.tree)
        self._recipes[path] = _recipe(tree, package.first)
        made = self._reusable(package.label)
        reused = made is not None
        self._made[path] = made or self._zip(package.label, tree, package.first)
        return Published(self._made[path], time.perf_counter() - start, reused)

    def _reusable(self, label: Label) -> PackageRecord | None:
        """The package from before, when the same bytes would be written again and it is still untouched."""
        match self._known.get(label.path):
            case [str(recipe), str(sha256), str(content), list(stamp)] if recipe == self._recipes[label.path]:
                here = Stamp.at(self._out / label.path)
                if here is not None and here.plain() == stamp:
                    return PackageRecord(label, here.size, sha256, content)
        return None

    def _zip(self, label: Label, tree: FileTree, first: tuple[str, ...]) -> PackageRecord:
        _refuse_folder(self._out / label.path)
        self._journal.staged.mkdir(exist_ok=True)
        staged = self._journal.staged / label.path
        with staged.open("wb") as stream:
            zipped = zipwriter.write_zip(tree, stream, first, self._packer)
        _read_back(staged, tree)
        self._moves.append(label.path)
        return PackageRecord(label, zipped.bytes, zipped.sha256, zipped.content_sha256)

    def _record(self) -> Record:
        others = () if self._build.whole else self._others()
        packages = sorted((*self._made.values(), *others), key=lambda package: package.path)
        return Record(self._build.tool, self._build.course, tuple(packages))

    def _others(self) -> Iterator[PackageRecord]:
        """The packages of the same course that this build does not make, and that are what they were."""
        if self._before is None or self._before.course.id != self._build.course.id:
            return
        for package in self._before.packages:
            if package.path not in self._made and is_plain_name(package.path) and self._is_whole(package):
                yield package

    def _is_whole(self, package: PackageRecord) -> bool:
        path = self._out / package.path
        stamp = Stamp.at(path)
        if stamp is None or stamp.size != package.bytes:
            return False
        match self._known.get(package.path):
            case [_, str(sha256), _, list(known)] if known == stamp.plain():
                return sha256 == package.sha256
        return File(path=path).sha256 == package.sha256

    def _gone(self) -> tuple[str, ...]:
        """The packages of the build before that a whole build makes no more."""
        if self._before is None or not self._build.whole:
            return ()
        paths = (package.path for package in self._before.packages)
        return tuple(
            path
            for path in paths
            if path not in self._made and is_plain_name(path) and path.endswith(".zip")
            if Stamp.at(self._out / path) is not None
        )

    def _stage_record(self, result: Record) -> None:
        target, data = self._out / record.FILE, result.dumps()
        _refuse_folder(target)
        if self._moves or not target.is_file() or target.read_bytes() != data:
            self._journal.staged.mkdir(exist_ok=True)
            (self._journal.staged / record.FILE).write_bytes(data)
            self._moves.append(record.FILE)

    def _remember(self) -> None:
        """Note which recipe and which stamp every package has, so that the next build can let it stay.

        Where that is impossible, the next build only takes longer.
        """
        known: dict[str, Any] = {} if self._build.whole else dict(self._known)
        for path, package in self._made.items():
            if stamp := Stamp.at(self._out / path):
                known[path] = [self._recipes[path], package.sha256, package.content_sha256, stamp.plain()]
        if known != self._known:
            with suppress(OSError):
                self._state.write(_PACKAGES, known)


def _recipe(tree: FileTree, first: tuple[str, ...]) -> str:
    """Stands for the bytes that will be written: two trees with the same recipe give the same zip."""
    parts = "\n".join((zipwriter.RECIPE, tree.content_sha256, *first))
    return hashlib.sha256(parts.encode()).hexdigest()


def _read_back(path: Path, tree: FileTree) -> None:
    """Make sure that the zip at `path` holds the tree: films by name and size, the rest byte for byte."""
    file = File(path=path)
    archive = read_zip(File(data=file.read()) if file.size < _READ_AT_ONCE else file, verify=False)
    small = FileTree({name: file for name, file in archive.tree.items() if file.size <= _READ_BACK})
    faults = [fault.message for fault in (*archive.faults, *unreadable(small, Clock()))]
    if _sizes(archive.tree) != _sizes(tree):
        faults.append("files are missing")
    if faults:
        raise KurspakkeError(
            f"{path.name} could not be read back after writing: {faults[0]}", "check the disk"
        )


def _sizes(tree: FileTree) -> dict[str, int]:
    return {name: file.size for name, file in tree.items()}


def _refuse_folder(target: Path) -> None:
    if target.is_dir():
        raise KurspakkeError(f"{target} is a folder, not a file", "remove or rename it")


def _settle(state: StateFolder) -> None:
    if not Journal(state).settle():
        # Nobody knows any more what was written: nothing may be taken for what it was.
        state.forget(_PACKAGES)
        (state.out / record.FILE).unlink(missing_ok=True)


_HINTS = {
    errno.ENOSPC: "free some room on the disk",
    errno.EDQUOT: "free some room, or ask for a larger quota",
    errno.EFBIG: "the file system or a limit of this session allows no file so large",
    errno.EACCES: "give yourself permission to write there, or choose another folder with -o",
    errno.EPERM: "give yourself permission to write there, or choose another folder with -o",
    errno.EROFS: "it is read-only: choose another folder with -o",
    errno.ENOTDIR: "a file is in the way: move it, or choose another folder with -o",
    errno.EEXIST: "a file is in the way: move it, or choose another folder with -o",
    errno.EBUSY: "close the program that has the file open",
}


@contextmanager
def _refusing(out: Path) -> Iterator[None]:
    """Turn what the system refuses into a KurspakkeError with a remedy."""
    try:
        yield
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "try once more, or choose another folder with -o")
        path = error.filename2 or error.filename
        where = Path(os.fsdecode(path)) if path else out
        doing = "write" if where.is_relative_to(out) else "read"
        raise KurspakkeError(f"can't {doing} {where}: {error.strerror or error}", hint) from error
