"""What a publication tells while files are on their way, and when they are there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from kurspakke.destination.publishing import Sending, Sent
from kurspakke.filesize import shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class SendReport(Sending):
    """A progress bar on a terminal: bytes sent, rate and time left."""

    def __init__(self, before: Callable[[], None]) -> None:
        """`before` is called before the bar appears: another one may be there."""
        self._before = before
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, files: int, size: int) -> None:
        """So many files with so many bytes will be sent."""
        if files and sys.stderr.isatty():
            self._before()
            self._bar = self._new_bar(size)

    def sent(self, path: str, size: int) -> None:
        """One more file is there."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=size, description=path.rpartition("/")[2])

    def _new_bar(self, size: int) -> Bar:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )
        from rich.progress import Progress as RichProgress

        columns = (
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = bar.add_task("", total=size)
        bar.start()
        return bar


def line(sent: Sent) -> str:
    """The result in one line."""
    removed = f", {_files(sent.removed)} of earlier releases removed" if sent.removed else ""
    size = f" ({shown(sent.size, 'en')})" if sent.files else ""
    return f"{_files(sent.files)} sent{size}, {sent.there} there already{removed}: {sent.shown}\n"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
