"""Which package formats there are, and what one of them decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from kurspakke.course import Module
from kurspakke.filetree import FileTree
from kurspakke.formats import cmi5, scorm12, web, xapi
from kurspakke.unit import Unit


class PackageFormat(Protocol):
    """What a format decides: which documents a package has, and which control files stand beside them."""

    NAME: str
    """As it is written in course.yaml and in file names; also names the runtime: `runtime-<NAME>….js`."""

    MANIFEST: str
    """The control file that LMSs look for; empty where there is none."""

    def documents(self, unit: Unit) -> Mapping[str, Sequence[Module]]:
        """The HTML documents by file name, each with the modules it holds."""

    def control_files(self, unit: Unit, site: FileTree) -> FileTree:
        """The manifest and what belongs to it, for a package whose other files are `site`."""


FORMATS: Mapping[str, PackageFormat] = {"scorm12": scorm12, "xapi": xapi, "cmi5": cmi5, "web": web}
