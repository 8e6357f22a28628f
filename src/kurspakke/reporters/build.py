"""What a build tells while it works and when it is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Self

from kurspakke.pipeline import Built, Progress
from kurspakke.readability import listed

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from kurspakke.record import PackageRecord
    from kurspakke.staging import Published

PATIENCE = 1.0
"""Seconds that may pass in silence before a progress bar appears on a terminal."""

MOST_LINES = 64
"""Of more packages than that, nobody reads a line each."""


class BuildReport(Progress):
    """A progress bar on a terminal if it takes long, and a table at the end."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._packages = 0
        self._made: dict[str, Published] = {}
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._start = time.perf_counter()

    def __enter__(self) -> Self:
        self._start = time.perf_counter()
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._bar:
            self._bar.stop()

    def begin(self, packages: int) -> None:
        """At most so many packages will be made."""
        self._packages = packages

    def made(self, package: Published) -> None:
        """One more package is ready."""
        self._made[package.record.path] = package
        if self._bar is None and sys.stderr.isatty() and time.perf_counter() - self._start > PATIENCE:
            self._bar = self._new_bar()
        if self._bar is not None and self._task is not None:
            count = len(self._made)
            rate = count / (time.perf_counter() - self._start)
            self._bar.update(
                self._task, completed=count, rate=f"{rate:.0f}/s", description=package.record.path
            )

    def table(self, built: Built) -> str:
        """The result: a line for each package and each module, or build.json."""
        if self._as_json:
            return built.record.dumps().decode()
        made = set(built.made)
        packages = [package for package in built.record.packages if package.path in made]
        modules = ["", *listed(built.readings), ""] if built.readings else []
        return "\n".join([*self._lines(packages), *modules, *_doubts(built), *self._end(built, packages), ""])

    def _lines(self, packages: Sequence[PackageRecord]) -> Iterator[str]:
        """A line for each package; of many, a line for each format."""
        if len(packages) <= MOST_LINES:
            width = max((len(package.path) for package in packages), default=0)
            yield from (self._line(package.path, package.bytes, width) for package in packages)
            return
        for name in dict.fromkeys(package.label.format for package in packages):
            sizes = [package.bytes for package in packages if package.label.format == name]
            yield f"{name:<8}  {len(sizes):6,} packages  {sum(sizes) / 1e6:10,.1f} MB"

    def _end(self, built: Built, packages: Sequence[PackageRecord]) -> Iterator[str]:
        seconds = time.perf_counter() - self._start
        count = len(packages)
        yield from _beside(built)
        if built.unchanged:
            what = "package is as it was" if count == 1 else "packages are as they were"
            yield f"Nothing has changed: {count:,} {what}"
            return
        if count > MOST_LINES:
            ready = self._made.values()
            kept = sum(package.reused for package in ready)
            linked = sum(not package.reused and not package.rendered for package in ready)
            fresh = count - kept - linked
            yield f"{kept:,} are as they were, {linked:,} are of documents made before, {fresh:,} of new ones"
        yield f"{count:,} {'package' if count == 1 else 'packages'} in {seconds:.2f} s"

    def _line(self, path: str, size: int, width: int) -> str:
        made = self._made.get(path)
        took = "" if made is None else "  unchanged" if made.reused else f"{made.seconds * 1000:8.0f} ms"
        return f"{path:<{width}}  {_size(size):>9}{took}"

    def _new_bar(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = bar.add_task("", total=self._packages, rate="")
        bar.start()
        return bar


def _doubts(built: Built) -> Iterator[str]:
    """The editions whose language form is not certain, by their ids."""
    names = built.uncertain
    if names:
        what = "edition has" if len(names) == 1 else "editions have"
        yield f"{len(names)} {what} a language form that nobody has confirmed:"
        yield from wrap(", ".join(names), 100, initial_indent="  ", subsequent_indent="  ")
        yield ""


def _beside(built: Built) -> Iterator[str]:
    """What became of the packages that this build did not make."""
    made = set(built.made)
    if built.gone:
        yield f"removed, since they are made no more: {_named(built.gone)}"
    if left := built.record.left_over:
        versions = " and ".join(sorted({package.version for package in left}))
        local = any(package.package.label.edition for package in left)
        again = "kurspakke build --all-editions" if local else "kurspakke build"
        yield (
            f"left as they were, of version {versions} and so no part of this build of {built.record.course.version}: "
            f"{_named([package.path for package in left])} ({again} makes all anew)"
        )
    stay = [package.label.edition for package in built.record.packages if package.path not in made]
    if editions := {edition for edition in stay if edition}:
        which = f"{len(stay):,} of {len(editions):,} local {'edition' if len(editions) == 1 else 'editions'}"
        yield f"not built, and left as they were: {which} (kurspakke build --all-editions brings them up to date)"


def _named(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 3:,} more" if len(paths) > 3 else ""
    return ", ".join(paths[:3]) + more


def _size(size: int) -> str:
    """Bytes for people: kB and MB are powers of ten, as LMSs' upload limits are."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} kB"
