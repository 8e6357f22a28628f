"""The files below a course's folder, by their exact names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kurspakke.findings import KurspakkeError

_SKIPPED = frozenset({"__pycache__", "node_modules", "dist"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the folder lists it: `size` in bytes, `mtime_ns` as the file system has it."""

    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class CourseFiles:
    """All files below `root` by posix path, and the symbolic links that lead out of it (or to a folder).

    Names are compared as they are written, so that a course that builds on a file system which ignores case
    also builds on one that does not.
    """

    root: Path
    files: Mapping[str, Entry]
    links: Mapping[str, str]

    @classmethod
    def of(cls, root: Path) -> CourseFiles:
        """What is below `root` now. Raises KurspakkeError if the folder can't be read."""
        try:
            found = sorted(_walk(root), key=lambda named: named[0])
        except OSError as error:
            raise KurspakkeError(
                f"{error.filename}: {error.strerror}", "check the folder's permissions"
            ) from error
        base = root.resolve()
        files: dict[str, Entry] = {}
        links: dict[str, str] = {}
        for name, item in found:
            if item.is_symlink() and not _leads_inside(item, base):
                links[name] = str(Path(item.path).readlink())
            elif item.is_file():
                status = item.stat()
                files[name] = Entry(Path(item.path), status.st_size, status.st_mtime_ns)
        return cls(root, files, links)

    def similar(self, name: str) -> str | None:
        """The file that has this name but for capitals, if there is one."""
        return next((known for known in self.files if known.lower() == name.lower()), None)

    def below(self, folder: str) -> Iterator[str]:
        """The names of the files below a folder."""
        return (name for name in self.files if name.startswith(f"{folder}/"))


def _leads_inside(link: os.DirEntry[str], base: Path) -> bool:
    try:
        target = Path(link.path).resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle (RuntimeError until Python 3.13)
        return False
    return target.is_file() and target.is_relative_to(base)


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file and link, by its name below `root`; folders may lie in each other as deep as they like."""
    folders = [(str(root), "")]
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as items:
            entries = sorted(items, key=lambda item: item.name)
        for item in entries:
            name = f"{prefix}{item.name}"
            if item.name.startswith(".") or item.name in _SKIPPED:
                continue
            if item.is_dir(follow_symlinks=False):
                folders.append((item.path, f"{name}/"))
            else:
                yield name, item
