"""A folder that is put in place whole: it is made beside its target, and one exchange of names brings it there.

Where the system can't exchange two names, the old folder is moved aside first; a process that is ended between
the two moves leaves the old one under its second name, from where the next run brings it back.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kurspakke.findings import KurspakkeError
from kurspakke.lock import locked

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux' renameat2(2)."""
_HERE = -100
"""AT_FDCWD: paths are as the process sees them."""


class WholeFolder:
    """What will be the folder at `target`; until then its files lie in `made`."""

    def __init__(self, target: Path) -> None:
        self.target = Path(os.path.abspath(target))  # noqa: PTH100 - `..` goes, links stay
        self.made = self._beside("new")
        self._old = self._beside("old")

    def add(self, name: str, data: bytes) -> None:
        """Write a file; `name` may have folders in it."""
        path = self._fresh(name)
        path.write_bytes(data)

    def take(self, name: str, file: Path) -> None:
        """The file as it is, under a second name where the file system lets it have one, copied where not."""
        path = self._fresh(name)
        try:
            os.link(file.resolve(), path)
        except OSError:
            shutil.copyfile(file, path)

    def put(self) -> None:
        """Bring it to its target; OSError as the system raises it, and then the target is as it was."""
        _settle()
        if not os.path.lexists(self.target):
            self.made.rename(self.target)
        elif not _exchanged(self.made, self.target):
            self.target.rename(self._old)
            try:
                self.made.rename(self.target)
            except OSError:
                self._old.rename(self.target)
                raise

    def _fresh(self, name: str) -> Path:
        path = self.made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _beside(self, word: str) -> Path:
        return self.target.with_name(f".{self.target.name}.kurspakke-{word}")

    def clear(self) -> None:
        """Remove what was interrupted; what had been moved aside for nothing comes back."""
        if self._old.is_dir() and not os.path.lexists(self.target):
            self._old.rename(self.target)
        for folder in (self.made, self._old):
            if folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)


@contextmanager
def whole_folder(target: Path) -> Iterator[WholeFolder]:
    """A folder to fill; it comes into place with `put`, and leaves nothing behind, whatever happens.

    KurspakkeError when another process is at it.
    """
    folder = WholeFolder(target)
    folder.target.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.target.with_name(f".{folder.target.name}.kurspakke-lock"), str(target)):
        folder.clear()
        folder.made.mkdir()
        try:
            yield folder
        finally:
            with suppress(OSError):
                folder.clear()


def refuse_strange(target: Path, own: str) -> None:
    """Refuse a target that is there and was not made by us: it is replaced as a whole.

    `own` is the file that tells. Raises KurspakkeError.
    """
    if target.is_symlink() or (os.path.lexists(target) and not target.is_dir()):
        raise KurspakkeError(f"{target} is not a folder of its own", "choose another one with -o")
    if target.is_dir() and any(target.iterdir()) and not (target / own).is_file():
        raise KurspakkeError(
            f"{target} has something in it, and is no release", "choose another folder with -o"
        )


def _settle() -> None:
    """What is on its way to the disk gets there: a power cut must not leave empty files under new names."""
    if hasattr(os, "sync"):
        os.sync()


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange the two names in one step; False where the system can't."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
