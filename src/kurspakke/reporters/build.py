"""What a build tells while it works and when it is done."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from kurspakke.pipeline import Built, Progress
from kurspakke.readability import listed

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from kurspakke.publish import Published

PATIENCE = 1.0
"""Seconds that may pass in silence before a progress bar appears on a terminal."""


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
            self._bar.update(self._task, completed=len(self._made), description=package.record.path)

    def table(self, built: Built) -> str:
        """The result: a line for each package and each module, or build.json."""
        if self._as_json:
            return built.record.dumps().decode()
        packages = [package for package in built.record.packages if package.path in set(built.made)]
        width = max((len(package.path) for package in packages), default=0)
        lines = [self._line(package.path, package.bytes, width) for package in packages]
        seconds = time.perf_counter() - self._start
        count = len(packages)
        what = "package is as it was" if count == 1 else "packages are as they were"
        made = "package" if count == 1 else "packages"
        end = (
            f"Nothing has changed: {count} {what}"
            if built.unchanged
            else f"{count} {made} in {seconds:.2f} s"
        )
        modules = ["", *listed(built.readings), ""] if built.readings else []
        return "\n".join([*lines, *modules, end, ""])

    def _line(self, path: str, size: int, width: int) -> str:
        made = self._made.get(path)
        took = "" if made is None else "  unchanged" if made.reused else f"{made.seconds * 1000:8.0f} ms"
        return f"{path:<{width}}  {_size(size):>9}{took}"

    def _new_bar(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = bar.add_task("", total=self._packages)
        bar.start()
        return bar


def _size(size: int) -> str:
    """Bytes for people: kB and MB are powers of ten, as LMSs' upload limits are."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} kB"
