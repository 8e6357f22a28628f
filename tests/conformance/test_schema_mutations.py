"""Manifests that were changed one by one, judged by the official schemas and by the rules.

Whatever the schema of the standard refuses, a rule must refuse too. Where the rules alone have an error, the list below
says why: most are references, counts and words that a schema can't know.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from kurspakke.filetree import File, FileTree
from kurspakke.findings import Severity
from kurspakke.package import Package
from kurspakke.rules.validate import package_rules, validate_package
from tests.conformance import schemas
from tests.packages import base

MANIFESTS = {"scorm12": "imsmanifest.xml", "xapi": "tincan.xml", "cmi5": "cmi5.xml"}

BEYOND_THE_SCHEMA = frozenset(
    {
        *("PKG-060", "PKG-010"),  # files and the name of the file are outside of the manifest
        *("S12-001", "S12-003", "S12-005"),  # Moodle's letters, the version that chooses the API
        *("S12-012", "S12-031", "S12-032", "S12-034", "S12-035", "S12-040", "S12-041"),
        "S12-104",
        *("S12-072", "S12-073", "S12-074", "S12-075", "S12-078", "S12-101"),
        *("XAP-004", "XAP-005", "XAP-007", "XAP-008", "XAP-006", "XAP-009", "XAP-015"),
        *("CM5-001", "CM5-004", "CM5-005", "CM5-006", "CM5-007", "CM5-008", "CM5-022", "CM5-002", "CM5-003"),
    }
)

MILDER_THAN_THE_SCHEMA = frozenset({"S12-104"})
"""A warning of ours: no LMS is known to read the language of a metadata record, however wrong its tag is."""

TAKEN_OUT_BY_ADL = ("moved <lom>",)
"""ADL's own test takes extensions out before it validates, so that they may stand anywhere."""

pytestmark = pytest.mark.skipif(
    not schemas.STANDARDS.is_dir(), reason="the official schemas are not beside the project"
)


def mutants(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The manifest with one element or attribute dropped, doubled, moved, renamed, emptied or added."""
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=False))
    for number, element in enumerate(root.iter("{*}*")):
        for change in (dropped, doubled, moved, renamed, capitalised, added, emptied):
            yield from _of(root, number, change, f"{change.__name__} <{etree.QName(element).localname}>")
        for name in element.attrib:
            for change in (attribute_dropped, attribute_renamed, attribute_emptied, attribute_nonsense):
                twin = copy.deepcopy(root)
                target = list(twin.iter("{*}*"))[number]
                change(target, str(name))
                label = f"{change.__name__} {etree.QName(name).localname} {number}"
                yield label, etree.tostring(twin, encoding="utf-8")


def _of(
    root: etree._Element, number: int, change: Callable[[etree._Element], bool], label: str
) -> Iterator[tuple[str, bytes]]:
    twin = copy.deepcopy(root)
    target = list(twin.iter("{*}*"))[number]
    if change(target):
        yield f"{label} {number}", etree.tostring(twin, encoding="utf-8")


def dropped(element: etree._Element) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    parent.remove(element)
    return True


def doubled(element: etree._Element) -> bool:
    if element.getparent() is None:
        return False
    element.addnext(copy.deepcopy(element))
    return True


def moved(element: etree._Element) -> bool:
    before = element.getprevious()
    if before is None:
        return False
    before.addprevious(element)
    return True


def renamed(element: etree._Element) -> bool:
    name = etree.QName(element)
    element.tag = f"{{{name.namespace}}}{name.localname}x"
    return True


def capitalised(element: etree._Element) -> bool:
    name = etree.QName(element)
    element.tag = f"{{{name.namespace}}}{name.localname.capitalize()}"
    return element.getparent() is not None and name.localname != name.localname.capitalize()


def added(element: etree._Element) -> bool:
    element.insert(0, etree.SubElement(element, f"{{{etree.QName(element).namespace}}}nytt"))
    return True


def emptied(element: etree._Element) -> bool:
    if not len(element) and not (element.text or "").strip():
        return False
    for child in list(element):
        element.remove(child)
    element.text = None
    return True


def attribute_dropped(element: etree._Element, name: str) -> None:
    del element.attrib[name]


def attribute_renamed(element: etree._Element, name: str) -> None:
    element.set(f"{etree.QName(name).localname}x", element.attrib.pop(name))


def attribute_emptied(element: etree._Element, name: str) -> None:
    element.set(name, "")


def attribute_nonsense(element: etree._Element, name: str) -> None:
    element.set(name, "1 %/")


def refused_by_us(kind: str, data: bytes) -> set[str]:
    tree = FileTree({**base(kind), MANIFESTS[kind]: File(data)})
    findings = validate_package(Package("kurs.zip", tree))
    return {
        finding.rule.id
        for finding in findings
        if finding.severity is Severity.ERROR or finding.rule.id in MILDER_THAN_THE_SCHEMA
    }


@pytest.mark.parametrize("kind", MANIFESTS)
def test_what_the_schema_refuses_the_rules_refuse(kind: str) -> None:
    sound = base(kind)[MANIFESTS[kind]].read()
    assert schemas.errors(MANIFESTS[kind], sound) == []
    cases = refused = 0
    let_through, ours_alone = [], set()

    for label, data in mutants(sound):
        cases += 1
        theirs, ours = schemas.errors(MANIFESTS[kind], data), refused_by_us(kind, data)
        refused += bool(theirs)
        if theirs and not ours and not label.startswith(TAKEN_OUT_BY_ADL):
            let_through.append(f"{label}: {theirs[0]}")
        if ours and not theirs:
            ours_alone |= ours

    assert let_through == []
    assert ours_alone <= BEYOND_THE_SCHEMA, ours_alone - BEYOND_THE_SCHEMA
    assert (cases, refused) > (90, 60)


def test_every_rule_beyond_the_schema_says_why() -> None:
    rules = {rule.id: rule for rule in package_rules()}

    assert rules.keys() >= BEYOND_THE_SCHEMA
    assert [name for name in BEYOND_THE_SCHEMA if "\n\n" not in rules[name].explanation] == []
