"""SCORM 1.2: imsmanifest.xml with one SCO, and the official schemas beside it.

What stands where is decided by the readers out there as much as by the standard (ADL CAM 1.2, chapter 2.3):
Moodle matches `adlcp:` literally and knows no other prefix, Open edX launches the first resource with an href and
only sees the default namespace, and both delete or mix up results when identifiers change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kurspakke import resources
from kurspakke.course import Module
from kurspakke.filetree import File, FileTree, shared
from kurspakke.formats import lom
from kurspakke.formats.scorm12_manifest import ADLCP, IMSCP, IMSMD, XSI
from kurspakke.formats.xmlwriter import Element, element, to_bytes
from kurspakke.unit import Unit

NAME = "scorm12"
MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"
SCHEMAS = ("adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd")

_LOCATIONS = f"{IMSCP} imscp_rootv1p1p2.xsd {IMSMD} imsmd_rootv1p2p1.xsd {ADLCP} adlcp_rootv1p2.xsd"


def documents(unit: Unit) -> Mapping[str, Sequence[Module]]:
    """One document, and so one SCO: leaving it for another would end the learner's session."""
    return {LAUNCH: unit.modules}


def control_files(unit: Unit, site: FileTree) -> FileTree:
    """The manifest and the schemas that it names, byte for byte as IMS and ADL publish them."""
    schemas = {name: shared(resources.asset(f"xsd/{name}")) for name in SCHEMAS}
    listed = sorted([*site, *schemas])
    return FileTree({**schemas, MANIFEST: File(to_bytes(_manifest(unit, listed)))})


def _manifest(unit: Unit, files: Sequence[str]) -> Element:
    root = element(
        f"{{{IMSCP}}}manifest",
        namespaces={None: IMSCP, "adlcp": ADLCP, "imsmd": IMSMD, "xsi": XSI},
        attributes={
            "identifier": unit.identifier,
            "version": unit.course.head.version,
            f"{{{XSI}}}schemaLocation": _LOCATIONS,
        },
    )
    metadata = element(f"{{{IMSCP}}}metadata", root)
    element(f"{{{IMSCP}}}schema", metadata, "ADL SCORM")
    element(f"{{{IMSCP}}}schemaversion", metadata, "1.2")
    lom.describe(metadata, unit, LAUNCH)
    _organizations(root, unit)
    resource = element(
        f"{{{IMSCP}}}resource",
        element(f"{{{IMSCP}}}resources", root),
        attributes={
            "identifier": f"sco-{unit.id}",
            "type": "webcontent",
            f"{{{ADLCP}}}scormtype": "sco",
            "href": LAUNCH,
        },
    )
    for name in [LAUNCH, *(name for name in files if name != LAUNCH)]:
        element(f"{{{IMSCP}}}file", resource, attributes={"href": name})
    return root


def _organizations(root: Element, unit: Unit) -> None:
    organizations = element(f"{{{IMSCP}}}organizations", root, attributes={"default": "org"})
    organization = element(f"{{{IMSCP}}}organization", organizations, attributes={"identifier": "org"})
    element(f"{{{IMSCP}}}title", organization, _title(unit.title))
    item = element(
        f"{{{IMSCP}}}item",
        organization,
        attributes={"identifier": f"item-{unit.id}", "identifierref": f"sco-{unit.id}", "isvisible": "true"},
    )
    element(f"{{{IMSCP}}}title", item, _title(unit.title))
    head = unit.modules[0].head
    if not unit.combined and head.masteryscore_in_manifest and head.mastery_score is not None:
        element(f"{{{ADLCP}}}masteryscore", item, str(head.mastery_score))


def _title(text: str) -> str:
    """A title that survives Moodle's parser, which trims the spaces on both sides of an escaped character."""
    for sign in "&<>":
        text = text.replace(f" {sign}", f"\u00a0{sign}").replace(f"{sign} ", f"{sign}\u00a0")
    return text
