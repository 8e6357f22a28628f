"""xAPI with a Tin Can launch: tincan.xml with one launchable activity (tincanapi.com packaging).

Moodle's launch plugin reads by position: first child activities, its first child the activity that is launched.
It also mangles titles as Moodle's SCORM module does, and passes no activity_id: the page knows its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kurspakke.course import Module
from kurspakke.filetree import File, FileTree
from kurspakke.formats.xapi_manifest import TINCAN
from kurspakke.formats.xmlwriter import element, to_bytes
from kurspakke.unit import Unit

NAME = "xapi"
MANIFEST = "tincan.xml"
LAUNCH = "index.html"
_MODULE = "http://adlnet.gov/expapi/activities/module"
_COURSE = "http://adlnet.gov/expapi/activities/course"


def documents(unit: Unit) -> Mapping[str, Sequence[Module]]:
    """One document."""
    return {LAUNCH: unit.modules}


def control_files(unit: Unit, site: FileTree) -> FileTree:  # noqa: ARG001 - tincan.xml lists no files
    """The manifest."""
    language = {"lang": unit.variant.language}
    root = element(f"{{{TINCAN}}}tincan", namespaces={None: TINCAN})
    activity = element(
        f"{{{TINCAN}}}activity",
        element(f"{{{TINCAN}}}activities", root),
        attributes={"id": unit.activity, "type": _COURSE if unit.combined else _MODULE},
    )
    element(f"{{{TINCAN}}}name", activity, unit.title, attributes=language)
    element(f"{{{TINCAN}}}description", activity, unit.description, attributes=language)
    element(f"{{{TINCAN}}}launch", activity, LAUNCH, attributes=language)
    return FileTree({MANIFEST: File(to_bytes(root))})
