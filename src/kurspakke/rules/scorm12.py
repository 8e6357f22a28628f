"""S12-001 to S12-029: the head of a SCORM 1.2 manifest: namespaces, versions, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke.findings import Location, Severity
from kurspakke.formats.scorm12_manifest import ADLCP, IMSCP, XSI, Manifest
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.xmltree import Element, Place

NAME = "imsmanifest.xml"


@dataclass(frozen=True, slots=True)
class Scorm:
    """A package together with its SCORM manifest, which can be read."""

    package: Package
    manifest: Manifest

    def at(self, place: Place) -> Location:
        """A place in the manifest."""
        return self.package.at(self.package.name_of(NAME), place)


HEAD: Family[Scorm] = Family("S12")


@HEAD.rule(1, "wrong-namespace", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.1; IMS CP 1.1.2")
def wrong_namespace(scorm: Scorm) -> Iterator[Problem]:
    """The manifest is in the namespace of IMS Content Packaging 1.1.2.

    `http://www.imsproject.org/xsd/imscp_rootv1p1p2`, exactly so. LMSs that read namespaces (Open edX, ADL's
    test suite) find no manifest under another one; Moodle, which does not, takes the package anyway. The
    schema can judge nothing.
    """
    root = scorm.manifest.root
    if root.namespace != IMSCP:
        message = f"the namespace of the manifest is {root.namespace or 'missing'}"
        yield Problem(scorm.at(root.place), message, f'write xmlns="{IMSCP}"')


@HEAD.rule(2, "prefixed-manifest", Severity.ERROR, spec="SCORM 1.2 CAM 2.3 (best practice)")
def prefixed_manifest(scorm: Scorm) -> Iterator[Problem]:
    """The elements of IMS Content Packaging are written without a prefix.

    `<imscp:manifest>` means the same to XML, but Moodle looks for `MANIFEST` and `ITEM` by their plain
    names and finds no SCO at all; Open edX takes only the default namespace. Declare it with `xmlns=` and
    leave prefixes out.
    """
    for element in scorm.manifest.root.walk():
        if element.namespace == IMSCP and element.prefix:
            message = f"<{element.prefix}:{element.name}> is written with a prefix"
            hint = "make the namespace the default one (xmlns=) and leave the prefix out everywhere"
            yield Problem(scorm.at(element.place), message, hint)
            return


@HEAD.rule(3, "wrong-adlcp-prefix", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.3")
def wrong_adlcp_prefix(scorm: Scorm) -> Iterator[Problem]:
    """ADL's elements and attributes are written with the prefix `adlcp:`, literally, in ADL's namespace.

    Moodle knows no namespaces: it looks for the letters `ADLCP:SCORMTYPE`. Under another prefix, or without
    one, a SCO becomes an asset there, and an asset counts as completed the moment it is opened. Others go
    by the namespace `http://www.adlnet.org/xsd/adlcp_rootv1p2`, so both must be right.
    """
    for element, written, in_adlcp in _adl_names(scorm.manifest.root):
        prefixed = written.startswith("adlcp:")
        if prefixed and in_adlcp:
            continue
        message = (
            f"{written} is not in ADL's namespace" if prefixed else f"{written} has not the prefix adlcp:"
        )
        yield Problem(
            scorm.at(element.place), message, f'declare xmlns:adlcp="{ADLCP}" and write adlcp: in front'
        )


_ADL_ATTRIBUTES = {"scormtype"}
_ADL_ELEMENTS = {"prerequisites", "maxtimeallowed", "timelimitaction", "datafromlms", "masteryscore"}


def _adl_names(root: Element) -> Iterator[tuple[Element, str, bool]]:
    """Every name that is ADL's, as it is written, and whether it is in ADL's namespace."""
    for element in root.walk():
        if element.name in _ADL_ELEMENTS:
            written = f"{element.prefix}:{element.name}" if element.prefix else element.name
            yield element, written, element.namespace == ADLCP
        for written in element.attributes:
            prefix, _, name = written.rpartition(":")
            if name.lower() in _ADL_ATTRIBUTES:
                yield element, written, bool(prefix) and element.scope.get(prefix) == ADLCP


@HEAD.rule(4, "wrong-schema-name", Severity.WARNING, spec="SCORM 1.2 CAM 2.3.2.1 (schema)")
def wrong_schema_name(scorm: Scorm) -> Iterator[Problem]:
    """Where the manifest names its schema, it is `ADL SCORM`.

    ADL's test lets other texts pass and most LMSs do not look, but it is what the standard says.
    """
    for metadata in scorm.manifest.metadata:
        for schema in metadata.schemas:
            if schema.text != "ADL SCORM":
                yield Problem(scorm.at(schema.place), f"the schema is {schema.text!r}", "write ADL SCORM")


@HEAD.rule(5, "wrong-schema-version", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.1 (schemaversion)")
def wrong_schema_version(scorm: Scorm) -> Iterator[Problem]:
    """The version of the schema is `1.2`, and nothing else.

    LMSs tell SCORM 1.2 from 2004 by this text. ADL's test refuses another one; Moodle takes unknown
    versions for 1.2.
    """
    for metadata in scorm.manifest.metadata:
        for version in metadata.schemaversions:
            if version.markup != "1.2":
                yield Problem(
                    scorm.at(version.place), f"the schema version is {version.markup!r}", "write 1.2"
                )


@HEAD.rule(6, "missing-schema-version", Severity.WARNING, spec="SCORM 1.2 CAM 2.3.2.1 (schemaversion)")
def missing_schema_version(scorm: Scorm) -> Iterator[Problem]:
    """The manifest says of which version of SCORM it is.

    Without it an LMS guesses. Put `<metadata><schema>ADL
    SCORM</schema><schemaversion>1.2</schemaversion></metadata>` first in the manifest.
    """
    if not any(metadata.schemaversions for metadata in scorm.manifest.metadata):
        hint = "add <metadata> with <schema>ADL SCORM</schema> and <schemaversion>1.2</schemaversion>"
        yield Problem(scorm.at(scorm.manifest.place), "the manifest does not say its version of SCORM", hint)


@HEAD.rule(7, "line-break-in-schema-location", Severity.NOTE)
def line_break_in_schema_location(scorm: Scorm) -> Iterator[Problem]:
    """`xsi:schemaLocation` stands on one line.

    XML turns the line breaks into blanks, so they should do no harm; one importer on UNIX is known to stop
    at them.
    """
    root = scorm.manifest.root
    location = root.get("schemaLocation", XSI) or ""
    # Parsers hand out blanks for the breaks: several in a row are what is left of a break and an indentation.
    if re.search(r"\s{2,}|[\t\r\n]", location.strip()):
        message = "xsi:schemaLocation goes over several lines"
        yield Problem(scorm.at(root.place), message, "write it on one line, with single blanks")


@HEAD.rule(8, "long-version", Severity.ERROR, spec="IMS CP 1.1.2, manifest/@version")
def long_version(scorm: Scorm) -> Iterator[Problem]:
    """The manifest's version has at most 20 characters.

    ADL's test refuses longer ones. Shorten it, or leave the attribute out.
    """
    version = scorm.manifest.version or ""
    if len(version) > 20:
        message = f"the version has {len(version)} characters; 20 is the most"
        yield Problem(scorm.at(scorm.manifest.place), message, "shorten it, or leave it out")


@dataclass(frozen=True, slots=True)
class Identified:
    """An identifier, or the lack of one, with the element it belongs to."""

    element: str
    identifier: str | None
    place: Place


def identified(manifest: Manifest) -> Iterator[Identified]:
    """Everything in the manifest that has an identifier."""
    for part in manifest.walk():
        yield Identified("manifest", part.identifier, part.place)
        for organization in part.every_organization():
            yield Identified("organization", organization.identifier, organization.place)
        for item in part.every_item():
            yield Identified("item", item.identifier, item.place)
        for resource in part.every_resource():
            yield Identified("resource", resource.identifier, resource.place)


@HEAD.rule(10, "missing-identifier", Severity.ERROR, spec="IMS CP 1.1.2, @identifier")
def missing_identifier(scorm: Scorm) -> Iterator[Problem]:
    """Manifest, organizations, items and resources each have an identifier.

    LMSs hang results on the item's identifier and find what to launch by the resource's.
    """
    for part in identified(scorm.manifest):
        if not part.identifier:
            yield Problem(
                scorm.at(part.place), f"this {part.element} has no identifier", "give it an identifier"
            )


# XML 1.0, 2.3, without the colon that an NCName may not have.
_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")


@HEAD.rule(11, "invalid-identifier", Severity.ERROR, spec="IMS CP 1.1.2, xs:ID")
def invalid_identifier(scorm: Scorm) -> Iterator[Problem]:
    """Identifiers begin with a letter or `_` and go on with letters, digits, `.`, `-` and `_`.

    That is XML's form of an ID: no leading digit, no blank, no colon, no slash. ADL's test refuses the
    package, and NetDimensions, Ripple and iSpring's importers stop at blanks. An identifier that learners'
    results already hang on can't be changed without losing them: then make a new activity.
    """
    for part in identified(scorm.manifest):
        if part.identifier and not _NCNAME.fullmatch(part.identifier):
            message = f"the {part.element}'s identifier {part.identifier!r} is not a valid XML ID"
            hint = "begin with a letter and use letters, digits, '.', '-' and '_' only"
            yield Problem(scorm.at(part.place), message, hint)


@HEAD.rule(12, "duplicate-identifier", Severity.ERROR, spec="IMS CP 1.1.2, xs:ID")
def duplicate_identifier(scorm: Scorm) -> Iterator[Problem]:
    """Every identifier is in the manifest once.

    Of two items of the same identifier Moodle silently keeps the last, and learners' results run together.
    """
    seen: dict[str, Identified] = {}
    for part in identified(scorm.manifest):
        if not part.identifier:
            continue
        other = seen.setdefault(part.identifier, part)
        if other is not part:
            message = (
                f"the {part.element}'s identifier {part.identifier!r} is already"
                f" the {other.element}'s in line {other.place.line}"
            )
            yield Problem(scorm.at(part.place), message, "give each its own identifier")


@HEAD.rule(13, "non-ascii-identifier", Severity.WARNING)
def non_ascii_identifier(scorm: Scorm) -> Iterator[Problem]:
    """Identifiers are of ASCII letters, digits, `.`, `-` and `_`.

    XML allows æ, ø and å, but identifiers end up in addresses, database keys and CSV files of LMSs that do
    not.
    """
    for part in identified(scorm.manifest):
        if part.identifier and _NCNAME.fullmatch(part.identifier) and not part.identifier.isascii():
            message = f"the {part.element}'s identifier {part.identifier!r} is not ASCII"
            yield Problem(
                scorm.at(part.place), message, "use the letters a-z; write ae, o and a for æ, ø and å"
            )


@HEAD.rule(14, "long-identifier", Severity.ERROR)
def long_identifier(scorm: Scorm) -> Iterator[Problem]:
    """Identifiers have at most 255 characters.

    The standard allows 2,000, but Moodle's database takes 255: the import stops with an error.
    """
    for part in identified(scorm.manifest):
        length = len(part.identifier or "")
        if length > 255:
            message = f"the {part.element}'s identifier has {length} characters; 255 is the most"
            yield Problem(scorm.at(part.place), message, "shorten it")


@HEAD.rule(15, "identifiers-alike-at-the-start", Severity.NOTE)
def identifiers_alike_at_the_start(scorm: Scorm) -> Iterator[Problem]:
    """SCOs' identifiers differ in their first 15 characters.

    SAP SuccessFactors makes its object id of the first 15 characters of the manifest's identifier and the
    item's `identifierref` (KBA 2316909): what differs later on only runs together there. Put what differs
    first.
    """
    seen: dict[str, str] = {}
    for item in scorm.manifest.every_item():
        reference = item.identifierref or ""
        other = seen.setdefault(reference[:15], reference) if reference else reference
        if other != reference:
            message = f"{reference!r} and {other!r} have the same first 15 characters"
            yield Problem(scorm.at(item.place), message, "put what differs first in the identifiers")


@HEAD.rule(53, "blanks-around-identifier", Severity.WARNING, spec="XML Schema, xs:ID (whitespace)")
def blanks_around_identifier(scorm: Scorm) -> Iterator[Problem]:
    """Identifiers and references to them have no blanks around them.

    By the standard such blanks do not count, and ADL's own test courses have some; Moodle and others compare
    letter by letter, and find nothing to launch where only one side has them.
    """
    for element in scorm.manifest.root.walk():
        for name in ("identifier", "identifierref", "default"):
            value = element.attributes.get(name, "")
            if value.strip() and value != value.strip():
                message = f"{name} is {value!r}, with blanks around it"
                yield Problem(scorm.at(element.place), message, "take the blanks out")
