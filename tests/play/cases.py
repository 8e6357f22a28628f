"""Packages that are played: a well-behaved script of each standard, and what a case changes in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from tests.packages import RULES, base

CASES = RULES / "play"
SCRIPTS = Path(__file__).parent / "scripts"


@dataclass(frozen=True)
class PlayCase:
    """A rule's folder, with what differs from the well-behaved package in the broken and in the good one.

    `edits` are pairs of what stands in the script and what is to stand there, `pages` such pairs for other files,
    `files` new files, `remove` files; `also` are rules that can't be kept silent. A rule that holds for SCORM 2004 as
    well has a second one of these, `scorm2004.json`, beside `case.json`.
    """

    folder: Path
    base: str
    broken: Mapping[str, Any]
    good: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path, file: str = "case.json") -> PlayCase:
        plain = json.loads((folder / file).read_text())
        return cls(folder, plain["base"], plain["broken"], plain.get("good", {}))

    @classmethod
    def every(cls, folder: Path) -> list[PlayCase]:
        """The rule's cases, one for each standard that it was written for anew."""
        return [cls.read(folder, path.name) for path in sorted(folder.glob("*.json"))]

    def package(self, change: Mapping[str, Any]) -> Package:
        tree = dict(base(self.base))
        # A link that is followed ends the session of the page it stood on.
        page = tree["index.html"].read().decode().replace('<a href="side.html">neste side</a>', "neste side")
        tree["index.html"] = File(page.encode())
        if self.base != "web":
            script = (SCRIPTS / f"{self.base}.js").read_text()
            for old, new in change.get("edits", ()):
                assert old in script, f"{self.base}.js does not hold {old!r}"
                script = script.replace(old, new)
            tree["course.js"] = File(script.encode())
        tree.update({path: File(text.encode()) for path, text in change.get("files", {}).items()})
        for path, pairs in change.get("pages", {}).items():
            text = tree[path].read().decode()
            for old, new in pairs:
                assert old in text, f"{path} does not hold {old!r}"
                text = text.replace(old, new)
            tree[path] = File(text.encode())
        for path in change.get("remove", ()):
            del tree[path]
        return Package("course.zip", FileTree(tree))
