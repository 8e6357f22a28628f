"""What the paths given to `validate` are: course sources, packages in several forms, or folders of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.package import MANIFESTS, Package
from kurspakke.zipreader import read_zip

SOURCE_FILE = "course.yaml"


class Form(Enum):
    """The form in which something to validate lies on the disk."""

    SOURCE = auto()
    """A folder with a course's source."""
    ZIP = auto()
    """A file that is a package, or should be one."""
    FOLDER = auto()
    """An unpacked package."""
    MANIFEST = auto()
    """A manifest without the rest."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to validate; `path` as the user wrote it, or as it follows from that."""

    path: str
    form: Form

    def package(self) -> Package:
        """The package that lies there; for every form but SOURCE.

        Raises:
            KurspakkeError: the file or folder can't be read.
        """
        place = Path(self.path)
        try:
            if self.form is Form.ZIP:
                archive = read_zip(place)
                return Package(self.path, archive.tree, archive=archive)
            if self.form is Form.FOLDER:
                return Package(self.path.rstrip("/\\") or self.path, FileTree.from_folder(place))
            tree = FileTree({place.name: File(data=place.read_bytes())})
            return Package(self.path, tree, is_bare=True)
        except OSError as error:
            raise _unreadable(self.path, error) from error


def find_targets(paths: Iterable[str]) -> Iterator[Target]:
    """The targets that `paths` stand for, in their order; a folder of packages stands for all of them.

    Raises:
        KurspakkeError: there is nothing at a path, or nothing to validate in a folder.
    """
    for path in paths:
        try:
            yield from _targets(path)
        except OSError as error:
            raise _unreadable(path, error) from error


def package_at(path: str) -> Package:
    """The one package at `path`.

    Raises:
        KurspakkeError: there is nothing, a course's source, or several packages.
    """
    found = list(find_targets([path]))
    if len(found) != 1 or found[0].form is Form.SOURCE:
        what = "a course's source" if found[0].form is Form.SOURCE else f"{len(found)} packages"
        raise KurspakkeError(f"{path} is {what}, not a package", "name one zip, or one unpacked package")
    return found[0].package()


def _targets(path: str) -> Iterator[Target]:
    place = Path(path)
    if place.is_dir():
        yield from _in_folder(path, place)
    elif place.name.lower() in MANIFESTS and not zipfile.is_zipfile(place):
        yield Target(path, Form.MANIFEST)
    elif place.name == SOURCE_FILE:
        yield Target(str(place.parent), Form.SOURCE)
    elif place.exists():
        yield Target(path, Form.ZIP)
    else:
        raise KurspakkeError(
            f"there is nothing at {path}", "name a course source, a zip, or a folder of packages"
        )


def _in_folder(path: str, place: Path) -> Iterator[Target]:
    if (place / SOURCE_FILE).is_file():
        yield Target(path, Form.SOURCE)
        return
    if _is_package(place):
        yield Target(path, Form.FOLDER)
        return
    inside = sorted(place.iterdir())
    zips = [
        Target(str(found), Form.ZIP) for found in inside if found.suffix.lower() == ".zip" and found.is_file()
    ]
    folders = [Target(str(found), Form.FOLDER) for found in inside if found.is_dir() and _is_package(found)]
    if zips or folders:
        yield from sorted([*zips, *folders], key=lambda target: target.path)
    elif any(found.is_file() for found in inside):
        yield Target(path, Form.FOLDER)
    else:
        raise KurspakkeError(
            f"there is nothing to validate in {path}", "name a course source, a zip or a package"
        )


def _is_package(folder: Path) -> bool:
    """Whether a manifest lies in the folder, in whatever case."""
    return any(entry.name.lower() in MANIFESTS for entry in folder.iterdir())


def _unreadable(path: str, error: OSError) -> KurspakkeError:
    return KurspakkeError(
        f"can't read {path}: {error.strerror or error}", "check the path and its permissions"
    )
