"""Packages into the output folder: all of them or none, and `build.json` last."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurspakke import record
from kurspakke.filetree import File
from kurspakke.findings import KurspakkeError
from kurspakke.journal import Journal, is_plain_name
from kurspakke.lock import locked
from kurspakke.record import CourseRecord, LeftOver, PackageRecord, Record
from kurspakke.staging import PACKAGES, Package, Published, Staging, refuse_folder
from kurspakke.statefolder import Stamp, StateFolder
from kurspakke.sums import Sums

_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Build:
    """What holds for all packages; `whole`: packages of earlier builds that it does not make are removed.

    `national`: but for those of local editions, which stay as long as they are of the same version of the course and
    not part of a divided build. `shard` says which part of a build it is, empty where it is none. What stays though it
    is of another version is no package of this build, and `build.json` names it apart from them.
    """

    tool: str
    course: CourseRecord
    whole: bool
    shard: str = ""
    national: bool = False

    def spares(self, there: LeftOver, before: Record) -> bool:
        """Whether a package that lies there after the build before stays, though this one does not make it."""
        if before.course.id != self.course.id:
            return False
        of_edition = self.national and there.package.label.edition is not None
        same = before.course == self.course and there.version == self.course.version
        return not self.whole or (of_edition and same and not before.shard)


def publish(
    out: Path,
    packages: Iterable[Package | Published],
    build: Build,
    *,
    sums: Sums | None = None,
    progress: Callable[[Published], None] = lambda _: None,
) -> Record:
    """Write the packages and `build.json` into the folder `out`, which is made where it is missing.

    `packages` may be a generator: each package is zipped as it comes, beside its target, unless it lies there already
    (`staging.py`). What the generator raises ends the publication; then, and after a KurspakkeError (no room, no
    permission, another build at work, a package that no zip can hold), everything in `out` is as it was. Returns what
    `build.json` now says.
    """
    state = StateFolder(out)
    with refusing(out):
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
        with refusing(out), locked(state.path / _LOCK, f"{out}{os.sep}"):
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
        self._staging = Staging(state, sums)
        self._before = current(self._out)
        self._recipes: dict[str, str] = {}
        self._made: dict[str, PackageRecord] = {}
        self._moves: list[str] = []

    def run(self, packages: Iterable[Package | Published], progress: Callable[[Published], None]) -> Record:
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
        with self._journal.clearing():
            self._remember(result)
            self._sums.save()
        return result

    def _add(self, package: Package | Published) -> Published:
        path = package.path
        if not is_plain_name(path) or not path.endswith(".zip") or path in self._made:
            raise ValueError(f"not a file name of its own for a package: {path!r}")
        staged = package if isinstance(package, Published) else self._staging.add(package)
        self._recipes[path] = staged.recipe
        self._made[path] = staged.record
        if not staged.reused:
            self._moves.append(path)
        return staged

    def _record(self) -> Record:
        build, staying = self._build, tuple(self._staying())
        others = tuple(there.package for there in staying if there.version == build.course.version)
        packages = sorted((*self._made.values(), *others), key=lambda package: package.path)
        alone = not others or (self._before is not None and self._before.shard == build.shard)
        shard = build.shard if alone else ""
        left = sorted(
            (there for there in staying if there.version != build.course.version), key=lambda one: one.path
        )
        return Record(build.tool, build.course, tuple(packages), shard, tuple(left))

    def _staying(self) -> Iterator[LeftOver]:
        """The packages of the same course that this build does not make, and that are what they were."""
        before = self._before
        for there in before.dated if before else ():
            ours = there.path not in self._made and is_plain_name(there.path)
            if before and ours and self._build.spares(there, before) and self._is_whole(there.package):
                yield there

    def _is_whole(self, package: PackageRecord) -> bool:
        path = self._out / package.path
        stamp = Stamp.at(path)
        if stamp is None or stamp.size != package.bytes:
            return False
        match self._staging.known.get(package.path):
            case [_, str(sha256), _, list(known)] if known == stamp.plain():
                return sha256 == package.sha256
        return File(path=path).sha256 == package.sha256

    def _gone(self) -> tuple[str, ...]:
        """The packages left by the builds before that a whole build makes no more."""
        before = self._before
        if before is None or not self._build.whole:
            return ()
        paths = (there.path for there in before.dated if not self._build.spares(there, before))
        return tuple(
            path
            for path in paths
            if path not in self._made and is_plain_name(path) and path.endswith(".zip")
            if Stamp.at(self._out / path) is not None
        )

    def _stage_record(self, result: Record) -> None:
        target, data = self._out / record.FILE, result.dumps()
        refuse_folder(target)
        if self._moves or not target.is_file() or target.read_bytes() != data:
            self._journal.staged.mkdir(exist_ok=True)
            (self._journal.staged / record.FILE).write_bytes(data)
            self._moves.append(record.FILE)

    def _remember(self, result: Record) -> None:
        """Note which recipe and which stamp every package has, so that the next build can let it stay.

        Where that is impossible, the next build only takes longer.
        """
        kept = (
            {package.path for package in result.packages} if self._build.whole else self._staging.known.keys()
        )
        known: dict[str, Any] = {
            path: self._staging.known[path] for path in kept if path in self._staging.known
        }
        for path, package in self._made.items():
            if stamp := Stamp.at(self._out / path):
                known[path] = [self._recipes[path], package.sha256, package.content_sha256, stamp.plain()]
        if known != self._staging.known:
            with suppress(OSError):
                self._state.write(PACKAGES, known)


def _settle(state: StateFolder) -> None:
    if not Journal(state).settle():
        # Nobody knows any more what was written: nothing may be taken for what it was.
        state.forget(PACKAGES)
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
def refusing(out: Path) -> Iterator[None]:
    """Turn what the system refuses into a KurspakkeError with a remedy; `out` is the folder that is written to."""
    try:
        yield
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "try once more, or choose another folder with -o")
        path = error.filename2 or error.filename
        where = Path(os.fsdecode(path)) if path else out
        doing = "write" if where.is_relative_to(out) else "read"
        raise KurspakkeError(f"can't {doing} {where}: {error.strerror or error}", hint) from error
