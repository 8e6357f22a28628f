"""S12-120: the manifest by the official schemas, where the program carries them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from lxml import etree

from kurspakke.findings import Severity
from kurspakke.formats.scorm12_manifest import ADLCP, IMSCP
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.scorm12 import NAME, Scorm
from kurspakke.xmltree import Place, parse_lxml

SCHEMA: Family[Scorm] = Family("S12")

_WRAPPER = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:kurspakke:scorm12">
<xs:import namespace="{IMSCP}" schemaLocation="imscp_rootv1p1p2.xsd"/>
<xs:import namespace="{ADLCP}" schemaLocation="adlcp_rootv1p2.xsd"/>
</xs:schema>"""
_FOREIGN_ATTRIBUTE = re.compile(r"\{(?!http://www\.w3\.org/)(?!" + re.escape(ADLCP) + ")")


@cache
def official_schema() -> etree.XMLSchema | None:
    """The schemas of content packaging and of ADL's additions as one; None where they were not built in.

    The metadata schema is not among them: its content models are ambiguous, which libxml2 refuses to load.
    """
    folder = files("kurspakke") / "assets" / "xsd"
    if not (folder / "imscp_rootv1p1p2.xsd").is_file():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    wrapper = etree.fromstring(_WRAPPER.encode(), parser, base_url=f"{folder}/all.xsd")
    return etree.XMLSchema(wrapper)


@SCHEMA.rule(
    120, "not-valid-by-schema", Severity.ERROR, spec="IMS CP 1.1.2 and ADL CP 1.2 XML Schema; ADL test suite"
)
def not_valid_by_schema(scorm: Scorm) -> Iterator[Problem]:
    """The manifest is valid by the official schemas of SCORM 1.2.

    ADL's test suite demands it, after taking out what is in other namespaces, and so does this rule. It
    catches wrong order, unknown elements and wrong values that no other rule has a word for; where another
    rule has found the fault on the same line, this one is silent.
    """
    schema = official_schema()
    root = scorm.manifest.root
    if schema is None or root.namespace != IMSCP:
        return
    path = scorm.package.manifests[NAME]
    schema.validate(_pruned(parse_lxml(scorm.package.bytes_of(path))))
    begins = sorted({element.place.line for element in root.walk()})
    for line, text in dict.fromkeys((error.line, error.message) for error in schema.error_log):
        # S12-011 and S12-032 look at both ends of the reference.
        if "xs:IDREF" in text:
            continue
        # libxml2 counts an element to the line on which its start tag ends.
        begin = begins[max(bisect_right(begins, line) - 1, 0)]
        message = re.sub(r"\{[^}]*\}", "", text)
        hint = "compare with the structure of the standard at this place"
        yield Problem(scorm.at(Place(begin)), message, hint)


def _pruned(root: etree._Element) -> etree._Element:
    """The manifest without extensions in other namespaces, which the standard allows and the schema does not."""
    for element in list(root.iter("{*}*")):
        if etree.QName(element).namespace not in {IMSCP, ADLCP}:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in [str(name) for name in element.attrib]:
            if _FOREIGN_ATTRIBUTE.match(name):
                del element.attrib[name]
    return root
