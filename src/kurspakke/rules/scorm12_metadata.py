"""S12-100 to S12-119: the metadata of a SCORM 1.2 manifest (IMS Learning Resource Meta-data 1.2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kurspakke.findings import Severity
from kurspakke.formats.scorm12_manifest import IMSMD, Item, Manifest, Metadata, Organization
from kurspakke.hrefs import Reach, is_language_tag, resolve
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.scorm12 import Scorm
from kurspakke.rules.suggest import listing
from kurspakke.xmltree import XML_NAMESPACE, Element

METADATA: Family[Scorm] = Family("S12")

# What may stand in each element, in this order (IMS MD 1.2.1 XML Binding). `+`: needed; elements that are not
# named here are leaves.
_PAIR = ("source+", "value+")
_STRINGS = ("langstring+",)
_DATED = ("datetime", "description")
_CONTENT: Mapping[str, tuple[str, ...]] = {
    "lom": (
        *("general", "lifecycle", "metametadata", "technical", "educational"),
        *("rights", "relation", "annotation", "classification"),
    ),
    "general": (
        *("identifier", "title", "catalogentry", "language", "description", "keyword", "coverage"),
        *("structure", "aggregationlevel"),
    ),
    "lifecycle": ("version", "status", "contribute"),
    "metametadata": ("identifier", "catalogentry", "contribute", "metadatascheme", "language"),
    "technical": (
        *("format", "size", "location", "requirement", "installationremarks"),
        *("otherplatformrequirements", "duration"),
    ),
    "educational": (
        *("interactivitytype", "learningresourcetype", "interactivitylevel", "semanticdensity"),
        *("intendedenduserrole", "context", "typicalagerange", "difficulty", "typicallearningtime"),
        *("description", "language"),
    ),
    "rights": ("cost", "copyrightandotherrestrictions", "description"),
    "relation": ("kind", "resource"),
    "resource": ("identifier", "description", "catalogentry"),
    "annotation": ("person", "date", "description"),
    "classification": ("purpose", "taxonpath", "description", "keyword"),
    "catalogentry": ("catalog+", "entry+"),
    "contribute": ("role+", "centity", "date"),
    "requirement": ("type", "name", "minimumversion", "maximumversion"),
    "taxonpath": ("source", "taxon"),
    "taxon": ("id", "entry", "taxon"),
    "centity": ("vcard+",),
    "person": ("vcard+",),
    **dict.fromkeys(("date", "duration", "typicallearningtime"), _DATED),
    **dict.fromkeys(("title", "description", "keyword", "coverage", "version", "entry"), _STRINGS),
    **dict.fromkeys(("typicalagerange", "installationremarks", "otherplatformrequirements"), _STRINGS),
    **dict.fromkeys(("source", "value"), _STRINGS),
    **dict.fromkeys(
        ("status", "structure", "aggregationlevel", "role", "kind", "purpose", "type", "name"), _PAIR
    ),
    **dict.fromkeys(("interactivitytype", "learningresourcetype", "interactivitylevel", "context"), _PAIR),
    **dict.fromkeys(("semanticdensity", "intendedenduserrole", "difficulty", "cost"), _PAIR),
    "copyrightandotherrestrictions": _PAIR,
}
_REPEATED = frozenset(
    {"langstring", "catalogentry", "language", "description", "keyword", "coverage", "contribute", "format"}
    | {"metadatascheme", "location", "requirement", "learningresourcetype", "intendedenduserrole", "context"}
    | {"typicalagerange", "relation", "annotation", "classification", "taxonpath", "centity"}
)


def _loms(scorm: Scorm) -> Iterator[Element]:
    for manifest in scorm.manifest.walk():
        for metadata in manifest.every_metadata():
            yield from (lom for lom in metadata.loms if lom.namespace == IMSMD)


def _known(lom: Element) -> Iterator[Element]:
    return (element for element in lom.walk() if element.namespace == IMSMD)


@METADATA.rule(100, "misplaced-metadata", Severity.ERROR, spec="IMS MD 1.2.1 XML Binding; ADL MD-XML1")
def misplaced_metadata(scorm: Scorm) -> Iterator[Problem]:
    """The parts of a metadata record are known, and stand in their order, as often as they may.

    ADL's test judges the record by its schema. The schema itself can't be loaded by common libraries, so
    this rule has the same knowledge in a table.
    """
    for lom in _loms(scorm):
        for parent in _known(lom):
            if parent.name not in _CONTENT:
                continue
            order = [name.rstrip("+") for name in _CONTENT[parent.name]]
            reached = 0
            for child in parent.children:
                if child.namespace != IMSMD:
                    continue
                if child.name not in order:
                    message = f"<{child.name}> has no place in <{parent.name}>"
                    yield Problem(scorm.at(child.place), message, f"here can stand {listing(order)}")
                elif order.index(child.name) < reached:
                    message = f"<{child.name}> stands too late, or once too often, in <{parent.name}>"
                    yield Problem(scorm.at(child.place), message, f"the order is {', '.join(order)}")
                else:
                    reached = order.index(child.name) + (child.name not in _REPEATED)


@METADATA.rule(101, "incomplete-metadata", Severity.ERROR, spec="IMS MD 1.2.1 XML Binding; ADL MD-XML1")
def incomplete_metadata(scorm: Scorm) -> Iterator[Problem]:
    """Metadata elements hold the parts without which they say nothing.

    A text is in one `langstring` or more, a value of a vocabulary has `source` and `value`, an entry of a
    catalogue `catalog` and `entry`.
    """
    for lom in _loms(scorm):
        for parent in _known(lom):
            for name in _CONTENT.get(parent.name, ()):
                if name.endswith("+") and parent.first(name[:-1]) is None:
                    message = f"<{parent.name}> has no <{name[:-1]}>"
                    yield Problem(scorm.at(parent.place), message, f"put a <{name[:-1]}> into it")


@METADATA.rule(102, "reserved-metadata-identifier", Severity.WARNING, spec="SCORM 1.2 CAM 2.2.1 (reserved)")
def reserved_metadata_identifier(scorm: Scorm) -> Iterator[Problem]:
    """`identifier` is not used in `general` and `metametadata`.

    The standard keeps it for later. Put an identifier into `catalogentry`.
    """
    for lom in _loms(scorm):
        for parent in (*lom.named("general"), *lom.named("metametadata")):
            for child in parent.named("identifier"):
                message = f"<identifier> in <{parent.name}> is reserved"
                yield Problem(scorm.at(child.place), message, "use <catalogentry> in its place")


_VOCABULARIES: Mapping[str, frozenset[str]] = {
    "structure": frozenset(
        {"Collection", "Mixed", "Linear", "Hierarchical", "Networked", "Branched", "Parceled", "Atomic"}
    ),
    "aggregationlevel": frozenset({"1", "2", "3", "4"}),
    "status": frozenset({"Draft", "Final", "Revised", "Unavailable"}),
    "interactivitytype": frozenset({"Active", "Expositive", "Mixed", "Undefined"}),
    "interactivitylevel": frozenset({"very low", "low", "medium", "high", "very high"}),
    "semanticdensity": frozenset({"very low", "low", "medium", "high", "very high"}),
    "intendedenduserrole": frozenset({"Teacher", "Author", "Learner", "Manager"}),
    "difficulty": frozenset({"very easy", "easy", "medium", "difficult", "very difficult"}),
    "cost": frozenset({"yes", "no"}),
    "copyrightandotherrestrictions": frozenset({"yes", "no"}),
}


@METADATA.rule(103, "unknown-vocabulary-value", Severity.WARNING, spec="SCORM 1.2 CAM 2.2.4 (vocabularies)")
def unknown_vocabulary_value(scorm: Scorm) -> Iterator[Problem]:
    """Values under the source `LOMv1.0` are of that vocabulary.

    Compared without regard to upper and lower case, as editions of the standard differ in it. A value of
    one's own is allowed under a source of one's own.
    """
    for lom in _loms(scorm):
        for element in _known(lom):
            known = _VOCABULARIES.get(element.name)
            source, value = _langstring(element, "source"), _langstring(element, "value")
            if known and source == "LOMv1.0" and value.lower() not in {word.lower() for word in known}:
                message = f"{value!r} is no {element.name} of LOMv1.0"
                yield Problem(scorm.at(element.place), message, f"use {listing(sorted(known))}")


def _langstring(element: Element, name: str) -> str:
    child = element.first(name)
    text = child.first("langstring") if child else None
    return text.text.strip() if text else ""


@METADATA.rule(104, "wrong-metadata-language", Severity.WARNING, spec="IMS MD 1.2.1, xml:lang; RFC 5646")
def wrong_metadata_language(scorm: Scorm) -> Iterator[Problem]:
    """The languages of metadata are language tags: `nb`, `nn`, `se`, `en`.

    Catalogues sort by them. `x-none` stands for values without language.
    """
    for lom in _loms(scorm):
        for element in _known(lom):
            tag = element.get("lang", XML_NAMESPACE)
            if element.name == "language":
                tag = element.text.strip()
            if tag is not None and not is_language_tag(tag) and tag not in {"none", "x-none"}:
                yield Problem(
                    scorm.at(element.place), f"{tag!r} is no language tag", "write nb, nn, se or en"
                )


_ALWAYS = (
    ("general", "title"),
    ("general", "description"),
    ("metametadata", "metadatascheme"),
    ("technical", "format"),
    ("technical", "location"),
    ("rights", "cost"),
    ("rights", "copyrightandotherrestrictions"),
)
_FOR_COURSES = (
    ("general", "catalogentry"),
    ("general", "keyword"),
    ("lifecycle", "version"),
    ("lifecycle", "status"),
    ("classification", "purpose"),
    ("classification", "description"),
    ("classification", "keyword"),
)


@METADATA.rule(105, "missing-metadata", Severity.WARNING, spec="SCORM 1.2 CAM 2.2.3; ADL MD-XML1")
def missing_metadata(scorm: Scorm) -> Iterator[Problem]:
    """A record about a course, a SCO or an asset has the elements that SCORM makes mandatory.

    Only where there is a record; none is needed. The manifest's own record may hold as little as it likes.
    """
    for manifest in scorm.manifest.walk():
        for metadata, needed in _records(manifest):
            for lom in metadata.loms:
                missing = [f"{group}/{name}" for group, name in needed if not _has(lom, group, name)]
                if missing and lom.namespace == IMSMD:
                    message = f"the record lacks {', '.join(missing)}"
                    yield Problem(scorm.at(lom.place), message, "add them, or leave the record out")


def _has(lom: Element, group: str, name: str) -> bool:
    return any(part.first(name) for part in lom.named(group))


def _records(manifest: Manifest) -> Iterator[tuple[Metadata, tuple[tuple[str, str], ...]]]:
    """The records with what they need; an asset needs less than a SCO or a course."""
    parts: tuple[Organization | Item, ...] = (*manifest.every_organization(), *manifest.every_item())
    for part in parts:
        yield from ((metadata, _ALWAYS + _FOR_COURSES) for metadata in part.metadata)
    for resource in manifest.every_resource():
        needed = _ALWAYS + _FOR_COURSES if resource.is_sco else _ALWAYS
        yield from ((metadata, needed) for metadata in resource.metadata)
        yield from ((metadata, _ALWAYS) for file in resource.files for metadata in file.metadata)


@METADATA.rule(106, "missing-metadata-file", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2 (adlcp:location)")
def missing_metadata_file(scorm: Scorm) -> Iterator[Problem]:
    """The file that `adlcp:location` names is in the package, and the record is not in the manifest as well.

    ADL's test refuses both mistakes.
    """
    for manifest in scorm.manifest.walk():
        for metadata in manifest.every_metadata():
            for location in metadata.locations:
                href = resolve(location.text)
                if metadata.loms:
                    hint = "keep either the file or the record"
                    yield Problem(scorm.at(location.place), "there is a record here and in a file", hint)
                elif href.reach is Reach.INSIDE and not _is_there(scorm, href.path):
                    message = f"{location.text} is not in the package"
                    yield Problem(scorm.at(location.place), message, "put it in, or take adlcp:location out")


def _is_there(scorm: Scorm, path: str) -> bool:
    return scorm.package.is_bare or path in scorm.package.files


@METADATA.rule(107, "wrong-metadata-form", Severity.ERROR, spec="IMS MD 1.2.1 XML Binding; ADL MD-XML1")
def wrong_metadata_form(scorm: Scorm) -> Iterator[Problem]:
    """A record is a `lom`; its texts hold no elements, and a word of a vocabulary stands there in one text.

    ADL's test judges the record by its schema, which knows no other attribute than `xml:lang` on a text.
    """
    for manifest in scorm.manifest.walk():
        for parent in (part for part in manifest.root.walk() if part.name == "metadata"):
            for child in parent.children:
                if child.namespace == IMSMD and child.name != "lom":
                    yield Problem(scorm.at(child.place), f"<{child.name}> is no record", "write <lom>")
    for lom in _loms(scorm):
        for element in _known(lom):
            yield from _wrong_text(scorm, element)


def _wrong_text(scorm: Scorm, element: Element) -> Iterator[Problem]:
    inner = [child for child in element.children if child.namespace == IMSMD]
    if inner and element.name in {"langstring", "language", "vcard", "datetime", "catalog", "format", "size"}:
        message = f"<{element.name}> holds <{inner[0].name}>, not only text"
        yield Problem(scorm.at(inner[0].place), message, "take the element out")
    if element.name in {"source", "value"} and len(list(element.named("langstring"))) > 1:
        yield Problem(scorm.at(element.place), f"<{element.name}> has several texts", "keep one langstring")
    strange = [name for name in element.attributes if ":" not in name and name not in {"xmlns", "type"}]
    if strange:
        message = f"<{element.name}> knows no attribute {strange[0]}"
        yield Problem(scorm.at(element.place), message, "take it out; a language is xml:lang")
