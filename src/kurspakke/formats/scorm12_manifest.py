"""`imsmanifest.xml` as frozen values with places (SCORM 1.2 CAM 2.3, IMS Content Packaging 1.1.2).

The reader takes what is there, in whatever number and namespace, so that rules can say what is wrong with it:
children are looked for in the namespace of the root, ADL's own parts in ADL's namespace or under its prefix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kurspakke.xmltree import XML_NAMESPACE, Element, Place, parse

IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Text(NamedTuple):
    """The text of a leaf element, also as it is marked up in the file."""

    text: str
    markup: str
    place: Place


class Metadata(NamedTuple):
    """A `metadata` element: what names the schema, and the records in it or beside it."""

    place: Place
    schemas: tuple[Text, ...]
    schemaversions: tuple[Text, ...]
    locations: tuple[Text, ...]
    loms: tuple[Element, ...]


class FileRef(NamedTuple):
    """A `file` of a resource."""

    place: Place
    href: str | None
    metadata: tuple[Metadata, ...]


class Dependency(NamedTuple):
    """A `dependency` of a resource on another one."""

    place: Place
    identifierref: str | None


class Scormtype(NamedTuple):
    """The attribute that makes a resource a SCO or an asset, by the name it was written with."""

    written: str
    value: str


class Resource(NamedTuple):
    """A `resource`; `base` is the `xml:base` in force for its links, its own included."""

    place: Place
    identifier: str | None
    type: str | None
    href: str | None
    scormtype: Scormtype | None
    base: str
    files: tuple[FileRef, ...]
    dependencies: tuple[Dependency, ...]
    metadata: tuple[Metadata, ...]

    @property
    def is_sco(self) -> bool:
        """Whether it says it is a SCO, in whatever case."""
        return self.scormtype is not None and self.scormtype.value.strip().lower() == "sco"


class Item(NamedTuple):
    """An `item` of an organization, with what ADL adds to it."""

    place: Place
    identifier: str | None
    identifierref: str | None
    isvisible: str | None
    parameters: str | None
    titles: tuple[Text, ...]
    items: tuple[Item, ...]
    prerequisites: tuple[Element, ...]
    maxtimeallowed: tuple[Text, ...]
    timelimitaction: tuple[Text, ...]
    datafromlms: tuple[Text, ...]
    masteryscore: tuple[Text, ...]
    metadata: tuple[Metadata, ...]

    def walk(self) -> Iterator[Item]:
        """This item and all below it."""
        yield self
        for item in self.items:
            yield from item.walk()


class Organization(NamedTuple):
    """An `organization`: one way through the content."""

    place: Place
    identifier: str | None
    titles: tuple[Text, ...]
    items: tuple[Item, ...]
    metadata: tuple[Metadata, ...]

    def walk(self) -> Iterator[Item]:
        """All its items, at any depth."""
        for item in self.items:
            yield from item.walk()


class Organizations(NamedTuple):
    """The `organizations` element."""

    place: Place
    default: str | None
    organizations: tuple[Organization, ...]


class Resources(NamedTuple):
    """The `resources` element; `own_base` is the `xml:base` on itself."""

    place: Place
    own_base: str
    resources: tuple[Resource, ...]


class Manifest(NamedTuple):
    """A manifest, possibly with others inside it (`manifests`)."""

    root: Element
    place: Place
    identifier: str | None
    version: str | None
    own_base: str
    metadata: tuple[Metadata, ...]
    organizations: tuple[Organizations, ...]
    resources: tuple[Resources, ...]
    manifests: tuple[Manifest, ...]

    def every_organization(self) -> tuple[Organization, ...]:
        """The organizations of this manifest, in order; those of manifests inside it are their own."""
        return tuple(organization for part in self.organizations for organization in part.organizations)

    def every_item(self) -> tuple[Item, ...]:
        """The items at any depth, in order."""
        return tuple(item for organization in self.every_organization() for item in organization.walk())

    def every_resource(self) -> tuple[Resource, ...]:
        """The resources in order."""
        return tuple(resource for part in self.resources for resource in part.resources)

    def every_metadata(self) -> Iterator[Metadata]:
        """The metadata of the manifest and of all its parts."""
        yield from self.metadata
        for organization in self.every_organization():
            yield from organization.metadata
        for item in self.every_item():
            yield from item.metadata
        for resource in self.every_resource():
            yield from resource.metadata
            for file in resource.files:
                yield from file.metadata

    def walk(self) -> Iterator[Manifest]:
        """This manifest and those inside it."""
        yield self
        for manifest in self.manifests:
            yield from manifest.walk()


def read(data: bytes) -> Manifest:
    """The manifest in `data`.

    Raises:
        kurspakke.xmltree.XmlError: `data` can't be read as XML.
    """
    return of_element(parse(data))


def of_element(element: Element, base: str = "") -> Manifest:
    """The manifest that `element` is, whatever its name; `base` is the `xml:base` around it."""
    own_base = element.get("base", XML_NAMESPACE) or ""
    inner = join(base, own_base)
    return Manifest(
        root=element,
        place=element.place,
        identifier=_name(element, "identifier"),
        version=element.attributes.get("version"),
        own_base=own_base,
        metadata=_metadata(element),
        organizations=tuple(_organizations(child) for child in element.named("organizations")),
        resources=tuple(_resources(child, inner) for child in element.named("resources")),
        manifests=tuple(of_element(child, inner) for child in element.named("manifest")),
    )


def _name(element: Element, attribute: str) -> str | None:
    """An identifier or a reference to one: blanks around it do not count (XML Schema, xs:ID)."""
    value = element.attributes.get(attribute)
    return None if value is None else value.strip(" \t\r\n")


def join(base: str, href: str) -> str:
    """`href` seen from `base`: what stands after the last `/` of a base is no folder (RFC 3986, 5.2.3)."""
    absolute = href.startswith(("/", "\\")) or "://" in href
    return href if absolute else base[: base.rfind("/") + 1] + href


def _metadata(element: Element) -> tuple[Metadata, ...]:
    return tuple(
        Metadata(
            place=child.place,
            schemas=_texts(child.named("schema")),
            schemaversions=_texts(child.named("schemaversion")),
            locations=_texts(_adl(child, "location")),
            loms=tuple(record for record in child.children if record.name == "lom"),
        )
        for child in element.named("metadata")
    )


def _texts(elements: Iterator[Element]) -> tuple[Text, ...]:
    return tuple(Text(element.text.strip(" \t\r\n"), element.markup, element.place) for element in elements)


def _adl(element: Element, name: str) -> Iterator[Element]:
    """ADL's own children: by its namespace, or by the prefix that Moodle goes by."""
    return (
        child
        for child in element.children
        if child.name == name and (child.namespace == ADLCP or child.prefix == "adlcp")
    )


def _organizations(element: Element) -> Organizations:
    return Organizations(
        place=element.place,
        default=_name(element, "default"),
        organizations=tuple(_organization(child) for child in element.named("organization")),
    )


def _organization(element: Element) -> Organization:
    return Organization(
        place=element.place,
        identifier=_name(element, "identifier"),
        titles=_texts(element.named("title")),
        items=tuple(_item(child) for child in element.named("item")),
        metadata=_metadata(element),
    )


def _item(element: Element) -> Item:
    get = element.attributes.get
    return Item(
        place=element.place,
        identifier=_name(element, "identifier"),
        identifierref=_name(element, "identifierref"),
        isvisible=get("isvisible"),
        parameters=get("parameters"),
        titles=_texts(element.named("title")),
        items=tuple(_item(child) for child in element.named("item")),
        prerequisites=tuple(_adl(element, "prerequisites")),
        maxtimeallowed=_texts(_adl(element, "maxtimeallowed")),
        timelimitaction=_texts(_adl(element, "timelimitaction")),
        datafromlms=_texts(_adl(element, "datafromlms")),
        masteryscore=_texts(_adl(element, "masteryscore")),
        metadata=_metadata(element),
    )


def _resources(element: Element, base: str) -> Resources:
    own_base = element.get("base", XML_NAMESPACE) or ""
    inner = join(base, own_base)
    return Resources(
        element.place, own_base, tuple(_resource(child, inner) for child in element.named("resource"))
    )


def _resource(element: Element, base: str) -> Resource:
    get = element.attributes.get
    return Resource(
        place=element.place,
        identifier=_name(element, "identifier"),
        type=get("type"),
        href=get("href"),
        scormtype=_scormtype(element),
        base=join(base, element.get("base", XML_NAMESPACE) or ""),
        files=tuple(
            FileRef(child.place, child.attributes.get("href"), _metadata(child))
            for child in element.named("file")
        ),
        dependencies=tuple(
            Dependency(child.place, _name(child, "identifierref")) for child in element.named("dependency")
        ),
        metadata=_metadata(element),
    )


def _scormtype(element: Element) -> Scormtype | None:
    """The attribute under any prefix and in any case; SCORM 2004 spells it `scormType`."""
    for written, value in element.attributes.items():
        if written.rpartition(":")[2].lower() == "scormtype":
            return Scormtype(written, value)
    return None
