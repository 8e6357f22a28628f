"""The official schemas, loaded as an oracle that shares no code with the rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

STANDARDS = Path(__file__).resolve().parents[3] / "shared" / "standards"
"""Kept beside the project, not in it: the files belong to IMS, ADL, Rustici and AICC."""

_FOLDERS = {"imsmanifest.xml": "scorm12", "tincan.xml": "tincan", "cmi5.xml": "cmi5"}
_IMPORTS = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
}
_SINGLE = {"tincan.xml": "tincan.xsd", "cmi5.xml": "CourseStructure.xsd"}
# libxml2 refuses two of the official files as they are: one makes the xml namespace the default one, and the
# metadata's wildcards overlap with what stands beside them, so that its content models are ambiguous.
_REPAIRS = {
    "ims_xml.xsd": (b'xmlns="http://www.w3.org/XML/1998/namespace"', b""),
    "imsmd_rootv1p2p1.xsd": (b'namespace="##any"', b'namespace="##other"'),
}


class _Local(etree.Resolver):
    """Gives the files beside the standards, repaired where they must be, and nothing from anywhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:
        del public_id
        name = (system_url or "").rpartition("/")[2]
        old, new = _REPAIRS.get(name, (b"", b""))
        data = (self.folder / name).read_bytes()
        text = data.replace(old, new) if old else data
        return self.resolve_string(text, context, base_url=f"{self.folder}/{name}")


@cache
def schema(manifest: str) -> etree.XMLSchema:
    """The schema for manifests of that name."""
    folder = STANDARDS / _FOLDERS[manifest]
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_Local(folder))
    if manifest in _SINGLE:
        return etree.XMLSchema(etree.fromstring((folder / _SINGLE[manifest]).read_bytes(), parser))
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{name}"/>'
        for namespace, name in _IMPORTS.items()
    )
    wrapper = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(wrapper.encode(), parser, base_url=f"{folder}/all.xsd"))


def errors(manifest: str, data: bytes) -> list[str]:
    """What the official schema says against a manifest; nothing if it is valid."""
    judge = schema(manifest)
    judge.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in judge.error_log]
