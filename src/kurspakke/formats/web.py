"""The web edition: the same course as a folder of static files, for learners without an LMS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kurspakke.course import Module
from kurspakke.filetree import FileTree
from kurspakke.unit import Unit

NAME = "web"
MANIFEST = ""
LAUNCH = "index.html"


def documents(unit: Unit) -> Mapping[str, Sequence[Module]]:
    """One document."""
    return {LAUNCH: unit.modules}


def control_files(unit: Unit, site: FileTree) -> FileTree:  # noqa: ARG001 - there is nothing to control
    """None: a web server needs no manifest."""
    return FileTree({})
