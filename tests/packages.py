"""Packages for rules to look at: a small complete one of each kind, and what a case changes in it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kurspakke.filetree import File, FileTree
from kurspakke.findings import Finding
from kurspakke.limits import Clock
from kurspakke.package import Package
from kurspakke.profiles.chosen import chosen
from kurspakke.rules.held import held
from kurspakke.rules.validate import validate_package
from kurspakke.zipdirectory import Directory, Entry
from kurspakke.zipmember import Fault, FaultKind
from kurspakke.zipreader import Archive

RULES = Path(__file__).parent / "rules"
CASES = RULES / "package"
BASES = ("scorm12", "scorm2004", "xapi", "cmi5", "web")


@dataclass(frozen=True)
class Case:
    """A rule's folder: `broken` and `good` say what differs from the base package.

    `edits`: file → pairs of what stands there and what is to stand there; `files`: new files; `copies`: a
    file's new name → the file; `moves`: everything into that folder, `beside`: files beside it then; `remove`:
    files; `sizes`: files of so many bytes; `many`: so many files more; `zip`: what a zip says about itself;
    `bare`: the manifest without the rest; `head`: how the file begins;
    `seconds`: so much time it has; `profile`: the LMS that it is held to, by its
    id or its file in tests/rules/profiles; `also`: rules that can't be kept silent here, since what they are about is
    needed for this one.
    """

    folder: Path
    base: str
    variants: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, folder: Path) -> Case:
        plain = json.loads((folder / "case.json").read_text())
        return cls(folder, plain["base"], {name: plain[name] for name in ("broken", "good")})

    def also(self, variant: str) -> list[str]:
        return list(self.variants[variant].get("also", ()))

    def findings(self, variant: str, scratch: Path) -> tuple[Finding, ...]:
        """What is said of the package, by the LMS that the case names if it names one."""
        package = self.package(variant, scratch)
        found = validate_package(package)
        lms = self.variants[variant].get("profile")
        return held(package, found, [chosen(_profile(lms))]) if lms else found

    def package(self, variant: str, scratch: Path) -> Package:
        change = self.variants[variant]
        tree = dict(base(self.base))
        for path, pairs in change.get("edits", {}).items():
            text = tree[path].read().decode()
            for old, new in pairs:
                assert text.count(old) >= 1, f"{path} of {self.base} does not hold {old!r}"
                text = text.replace(old, new, 1)
            tree[path] = File(text.encode(change.get("encoding", "utf-8"), errors="surrogateescape"))
        tree.update({path: File(text.encode()) for path, text in change.get("files", {}).items()})
        tree.update({new: tree[old] for new, old in change.get("copies", {}).items()})
        for path in change.get("remove", ()):
            del tree[path]
        for path, size in change.get("sizes", {}).items():
            tree[path] = _of_size(scratch / path.replace("/", "-"), size)
        tree.update({f"more/{number:05}.png": File(b"x") for number in range(change.get("many", 0))})
        if folder := change.get("moves"):
            tree = {f"{folder}/{path}": file for path, file in tree.items()}
        tree.update({path: File(text.encode()) for path, text in change.get("beside", {}).items()})
        if change.get("bare"):
            return _bare(tree)
        whole = FileTree(tree)
        archive = _archive(whole, change["zip"]) if "zip" in change else None
        head = change.get("head", "").encode("latin-1")
        clock = Clock(change.get("seconds", math.inf))
        return Package("course.zip", whole, archive=archive, head=head, clock=clock)


def _profile(word: str) -> str:
    return str(RULES / "profiles" / word) if word.endswith(".yaml") else word


def base(kind: str) -> FileTree:
    """The complete small package of that kind: its own files, and of the site those that it has not itself."""
    site = FileTree.from_folder(RULES / "base" / "site")
    return site if kind == "web" else FileTree({**site, **FileTree.from_folder(RULES / "base" / kind)})


def _bare(tree: Mapping[str, File]) -> Package:
    (name,) = tree.keys() & {"imsmanifest.xml", "tincan.xml", "cmi5.xml"}
    return Package(name, FileTree({name: tree[name]}), is_bare=True)


def _of_size(path: Path, size: int) -> File:
    """A file with a hole in it, which takes no room on the disk."""
    with path.open("wb") as stream:
        stream.truncate(size)
    return File(path=path)


def _archive(tree: FileTree, plain: Mapping[str, Any]) -> Archive:
    faults = tuple(Fault(FaultKind(kind), name, message) for kind, name, message in plain.get("faults", ()))
    if plain.get("unreadable"):
        return Archive(FileTree({}), None, faults)
    first = [name for name in plain.get("first", ()) if name in tree]
    names = [*first, *(name for name in tree if name not in first)]
    entries = tuple(_entry(name) for name in names)
    return Archive(tree, Directory(entries, 0, 0, b"", is_zip64=bool(plain.get("zip64"))), faults)


def _entry(name: str) -> Entry:
    plain: dict[str, Any] = {field.name: 0 for field in fields(Entry)}
    return Entry(**plain | {"name": name, "raw_name": name.encode(), "extra": b"", "comment": b""})
