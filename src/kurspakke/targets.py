"""What the paths given to `validate` are: course sources, packages in several forms, or folders of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.limits import DEFAULT_LIMITS, Clock, Limits
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

    def package(self, limits: Limits = DEFAULT_LIMITS) -> Package:
        """The package that lies there, its time counted from now; for every form but SOURCE.

        Raises:
            KurspakkeError: the file or folder can't be read.
        """
        place, clock = Path(self.path), Clock(limits.seconds)
        try:
            if self.form is Form.ZIP:
                archive = read_zip(place, limits, clock=clock)
                return Package(
                    self.path, archive.tree, archive=archive, head=_head(place), limits=limits, clock=clock
                )
            if self.form is Form.FOLDER:
                path = self.path.rstrip("/\\") or self.path
                return Package(path, FileTree.from_folder(place), limits=limits, clock=clock)
            name = place.name if place.name.lower() in MANIFESTS else manifest_in(place) or place.name
            data = place.read_bytes() if place.stat().st_size <= limits.at_once else None
            tree = FileTree({name: File(data=data, path=place)})
            return Package(self.path, tree, is_bare=True, limits=limits, clock=clock)
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
    elif _is_manifest(place):
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
    elif _is_package(place):
        yield Target(path, Form.FOLDER)
    elif found := [target for entry in sorted(place.iterdir()) for target in _of_mixture(entry)]:
        yield from found
    elif any(entry.is_file() for entry in place.iterdir()):
        yield Target(path, Form.FOLDER)
    else:
        raise KurspakkeError(
            f"there is nothing to validate in {path}", "name a course source, a zip or a package"
        )


def _of_mixture(entry: Path) -> Iterator[Target]:
    """What an entry of a folder with many things in it is; nothing where it does not look like any of them."""
    # Hidden files, such as those that macOS leaves beside real ones, are nobody's packages.
    if entry.is_symlink() or entry.name.startswith("."):
        return
    if entry.is_dir():
        if (entry / SOURCE_FILE).is_file():
            yield Target(str(entry), Form.SOURCE)
        elif _is_package(entry):
            yield Target(str(entry), Form.FOLDER)
    elif entry.suffix.lower() in ARCHIVES:
        yield Target(str(entry), Form.ZIP)
    elif entry.suffix.lower() == ".xml" and _is_manifest(entry):
        yield Target(str(entry), Form.MANIFEST)


ARCHIVES = frozenset({".zip", ".pif", ".rar", ".7z", ".tgz", ".mbz", ".h5p", ".imscc"})
"""Endings of files that somebody may have meant to be packages; rules say which of them are none."""

_HEAD = 1024
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(manifest|tincan|courseStructure)[\s>]")
_NAMES = {b"manifest": "imsmanifest.xml", b"tincan": "tincan.xml", b"courseStructure": "cmi5.xml"}


def _head(place: Path) -> bytes:
    """How the file begins."""
    with place.open("rb") as stream:
        return stream.read(_HEAD)


def manifest_in(place: Path) -> str | None:
    """The standard name of the manifest that the XML file `place` holds under a name of its own, if it does."""
    found = _ROOT.search(_head(place)) if place.suffix.lower() == ".xml" else None
    return _NAMES[found[1]] if found else None


def _is_manifest(place: Path) -> bool:
    if not place.is_file() or zipfile.is_zipfile(place):
        return False
    return place.name.lower() in MANIFESTS or manifest_in(place) is not None


def _is_package(folder: Path) -> bool:
    """Whether a manifest lies in the folder, in whatever case."""
    return any(entry.name.lower() in MANIFESTS for entry in folder.iterdir())


def _unreadable(path: str, error: OSError) -> KurspakkeError:
    return KurspakkeError(
        f"can't read {path}: {error.strerror or error}", "check the path and its permissions"
    )
