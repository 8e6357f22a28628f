"""S24-001 to S24-029: the head of a SCORM 2004 manifest (2nd to 4th edition): namespaces, versions, identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kurspakke.findings import Severity
from kurspakke.rules import scorm12, scorm12_organizations
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.grammar import MISPLACED, MISSING, WRONG, Fault, faults
from kurspakke.rules.scorm12 import Scorm
from kurspakke.rules.scorm2004_grammar import GRAMMARS, IMSCP, PREFIXES


@dataclass(frozen=True)
class Scorm2004(Scorm):
    """A package together with its SCORM 2004 manifest, which can be read."""

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Where the manifest departs from the form of the standard, in all namespaces."""
        return tuple(faults(self.manifest.root, GRAMMARS))

    def faults_in(self, *namespaces: str) -> Iterator[Fault]:
        """Those of the faults that are in these namespaces: of a child that has no place, its own counts."""
        return (fault for fault in self.faults if fault.element.namespace in namespaces)


HEAD_2004: Family[Scorm2004] = Family("S24")


@HEAD_2004.rule(1, "wrong-2004-namespace", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1 (manifest)")
def wrong_namespace(scorm: Scorm2004) -> Iterator[Problem]:
    """The manifest is in the namespace of IMS Content Packaging 1.1.3 and later.

    `http://www.imsglobal.org/xsd/imscp_v1p1` in every edition of SCORM 2004. LMSs that read namespaces find
    no manifest under another one, and ADL's test refuses it.
    """
    root = scorm.manifest.root
    if root.namespace != IMSCP:
        message = f"the namespace of the manifest is {root.namespace or 'missing'}"
        yield Problem(scorm.at(root.place), message, f'write xmlns="{IMSCP}"')


@HEAD_2004.rule(2, "prefixed-2004-manifest", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1 (best practice)")
def prefixed_manifest(scorm: Scorm2004) -> Iterator[Problem]:
    """The elements of IMS Content Packaging are written without a prefix.

    Correct XML either way, but Moodle looks for `MANIFEST` and `ITEM` by their plain names and finds no SCO
    at all. Make the namespace the default one.
    """
    for element in scorm.manifest.root.walk():
        if element.namespace == IMSCP and element.prefix:
            message = f"<{element.prefix}:{element.name}> is written with a prefix"
            hint = "make the namespace the default one (xmlns=) and leave the prefix out everywhere"
            yield Problem(scorm.at(element.place), message, hint)
            return


@HEAD_2004.rule(3, "wrong-2004-extension-namespace", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1; 5.1; 5.2")
def wrong_extension_namespace(scorm: Scorm2004) -> Iterator[Problem]:
    """The prefixes `adlcp`, `adlseq`, `adlnav` and `imsss` stand for SCORM 2004's namespaces.

    `…/xsd/adlcp_v1p3` and its like, not those of SCORM 1.2 (`adlcp_rootv1p2`): what is in another namespace
    is none of SCORM's, so LMSs that read namespaces see neither the SCOs nor the sequencing.
    """
    seen: set[tuple[str, str]] = set()
    for element in scorm.manifest.root.walk():
        names = {element.prefix, *(written.partition(":")[0] for written, *_ in element.qualified())}
        for prefix in sorted(names & PREFIXES.keys()):
            namespace = element.scope.get(prefix, "")
            if namespace != PREFIXES[prefix] and (prefix, namespace) not in seen:
                seen.add((prefix, namespace))
                message = f"the prefix {prefix} stands for {namespace}"
                hint = f'declare xmlns:{prefix}="{PREFIXES[prefix]}"'
                yield Problem(scorm.at(element.place), message, hint)


@HEAD_2004.rule(4, "unusual-2004-prefix", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1; 5.1; 5.2")
def unusual_prefix(scorm: Scorm2004) -> Iterator[Problem]:
    """ADL's and IMS's extensions have the prefixes `adlcp`, `adlseq`, `adlnav` and `imsss`.

    XML allows any, but Moodle knows no namespaces: it looks for the letters `ADLCP:SCORMTYPE` and
    `IMSSS:SEQUENCING`. Under another prefix a SCO becomes an asset there, and the sequencing is lost.
    """
    usual = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    seen: set[str] = set()
    for element in scorm.manifest.root.walk():
        used = [(element.prefix, element.namespace)]
        used += [(written.partition(":")[0], namespace) for written, _, namespace, _ in element.qualified()]
        for prefix, namespace in used:
            if usual.get(namespace, prefix) != prefix and prefix not in seen:
                seen.add(prefix)
                message = f"{namespace} has the prefix {prefix or 'none'}"
                yield Problem(scorm.at(element.place), message, f"write it as {usual[namespace]}:")


_VERSIONS = ("CAM 1.3", "1.3", "2004 3rd Edition", "2004 4th Edition")


@HEAD_2004.rule(5, "wrong-2004-schema-version", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.4 (schemaversion)")
def wrong_schema_version(scorm: Scorm2004) -> Iterator[Problem]:
    """The version is `CAM 1.3` (2nd edition), `2004 3rd Edition` or `2004 4th Edition`, letter by letter.

    LMSs choose the API by this text. Moodle takes any other for SCORM 1.2 and offers the old API, which the
    content does not look for: nothing is tracked. `1.3` is an old habit that Moodle knows too.
    """
    for metadata in scorm.manifest.metadata:
        for version in metadata.schemaversions:
            if version.text not in _VERSIONS:
                message = f"the schema version is {version.text!r}"
                yield Problem(scorm.at(version.place), message, "write 2004 3rd Edition or 2004 4th Edition")


@HEAD_2004.rule(6, "missing-2004-schema-version", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.4")
def missing_schema_version(scorm: Scorm2004) -> Iterator[Problem]:
    """The manifest says of which edition of SCORM 2004 it is.

    Mandatory since 2004, and LMSs without it guess: Moodle guesses 1.2, and the content then finds no API
    and tracks nothing.
    """
    if not any(metadata.schemaversions for metadata in scorm.manifest.metadata):
        hint = "add <metadata> with <schema>ADL SCORM</schema> and <schemaversion>2004 4th Edition</schemaversion>"
        yield Problem(scorm.at(scorm.manifest.place), "the manifest does not say its edition of SCORM", hint)


@HEAD_2004.rule(7, "wrong-2004-schema-name", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.3 (schema)")
def wrong_schema_name(scorm: Scorm2004) -> Iterator[Problem]:
    """The manifest names its schema, `ADL SCORM`.

    The standard demands it; LMSs look at the version instead.
    """
    for metadata in scorm.manifest.metadata:
        if not metadata.schemas and metadata.schemaversions:
            yield Problem(
                scorm.at(metadata.place), "the schema is not named", "add <schema>ADL SCORM</schema>"
            )
    yield from scorm12.wrong_schema_name(scorm)


@HEAD_2004.rule(10, "missing-2004-identifier", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1 (identifier)")
def missing_identifier(scorm: Scorm2004) -> Iterator[Problem]:
    """Manifest, organizations, items and resources each have an identifier.

    LMSs hang results on the item's identifier and find what to launch by the resource's.
    """
    yield from scorm12.missing_identifier(scorm)


@HEAD_2004.rule(11, "invalid-2004-identifier", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1 (xs:ID)")
def invalid_identifier(scorm: Scorm2004) -> Iterator[Problem]:
    """Identifiers begin with a letter or `_` and go on with letters, digits, `.`, `-` and `_`.

    XML's form of an ID, as in SCORM 1.2: no leading digit, no blank, no colon. ADL's test refuses the
    package. An identifier that learners' results already hang on can't be changed without losing them.
    """
    yield from scorm12.invalid_identifier(scorm)


@HEAD_2004.rule(12, "duplicate-2004-identifier", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1 (xs:ID)")
def duplicate_identifier(scorm: Scorm2004) -> Iterator[Problem]:
    """Every identifier is in the manifest once.

    Of two items of the same identifier Moodle silently keeps the last, and learners' results run together.
    """
    yield from scorm12.duplicate_identifier(scorm)


@HEAD_2004.rule(13, "non-ascii-2004-identifier", Severity.WARNING)
def non_ascii_identifier(scorm: Scorm2004) -> Iterator[Problem]:
    """Identifiers are of ASCII letters, digits, `.`, `-` and `_`.

    XML allows æ, ø and å, but identifiers end up in addresses, database keys and CSV files of LMSs that do
    not.
    """
    yield from scorm12.non_ascii_identifier(scorm)


@HEAD_2004.rule(14, "long-2004-identifier", Severity.ERROR)
def long_identifier(scorm: Scorm2004) -> Iterator[Problem]:
    """Identifiers have at most 255 characters.

    The standard allows 4,000, but Moodle's database takes 255: the import stops with an error.
    """
    yield from scorm12.long_identifier(scorm)


@HEAD_2004.rule(
    15, "manifest-in-2004-manifest", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1 ((sub)manifest)"
)
def manifest_in_manifest(scorm: Scorm2004) -> Iterator[Problem]:
    """There is no manifest inside the manifest.

    ADL advises against it since the 2nd edition, and the 4th does not support it: what is inside is not
    shown.
    """
    yield from scorm12_organizations.manifest_in_manifest(scorm)


def _faults(scorm: Scorm2004) -> Iterator[Fault]:
    return scorm.faults_in(IMSCP)


def problem(scorm: Scorm2004, fault: Fault) -> Problem:
    """A fault of form as a problem in the manifest."""
    return Problem(scorm.at(fault.element.place), fault.message, fault.hint)


@HEAD_2004.rule(
    16, "misplaced-2004-element", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1; IMS CP 1.1.4 Schema"
)
def misplaced_element(scorm: Scorm2004) -> Iterator[Problem]:
    """The parts of the manifest are known, stand in their order, and as often as they may.

    Metadata, organizations, resources; in an item: title, items, metadata, then ADL's parts and sequencing.
    ADL's test and LMSs that validate by the schema refuse other orders; others overlook what stands in the
    wrong place.
    """
    yield from (problem(scorm, fault) for fault in _faults(scorm) if fault.flaw in MISPLACED)


@HEAD_2004.rule(17, "missing-2004-part", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1; IMS CP 1.1.4 Schema")
def missing_part(scorm: Scorm2004) -> Iterator[Problem]:
    """Nothing is missing that the standard can't do without.

    Organizations and resources, an item in every organization, a resource's type, a file's `href`.
    """
    yield from (problem(scorm, fault) for fault in _faults(scorm) if fault.flaw in MISSING)


@HEAD_2004.rule(18, "wrong-2004-attribute", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1; IMS CP 1.1.4 Schema")
def wrong_attribute(scorm: Scorm2004) -> Iterator[Problem]:
    """The attributes of the manifest's elements are known, and `isvisible` is `true` or `false`.

    Attributes of ADL have their prefix; one without is none of the standard's, and is refused by the schema.
    """
    for fault in _faults(scorm):
        # S24-043 speaks of scormType without its prefix.
        if fault.flaw in WRONG and "scormtype" not in fault.message.lower():
            yield problem(scorm, fault)


@HEAD_2004.rule(19, "blanks-around-2004-identifier", Severity.WARNING, spec="XML Schema, xs:ID (whitespace)")
def blanks_around_identifier(scorm: Scorm2004) -> Iterator[Problem]:
    """Identifiers and references to them have no blanks around them.

    By the standard such blanks do not count, and ADL's own test courses have some; Moodle and others compare
    letter by letter, and find nothing to launch where only one side has them.
    """
    yield from scorm12.blanks_around_identifier(scorm)
