"""S12-070 to S12-099: the resources of a SCORM 1.2 manifest, that is what an LMS launches and copies."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.formats.scorm12_manifest import Resource, join
from kurspakke.hrefs import Reach, resolve
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.scorm12 import Scorm
from kurspakke.rules.suggest import did_you_mean

RESOURCES: Family[Scorm] = Family("S12")

SCHEMAS = ("adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd")
"""The control documents of SCORM 1.2."""


def _resources(scorm: Scorm) -> Iterator[Resource]:
    for manifest in scorm.manifest.walk():
        yield from manifest.every_resource()


def launched(scorm: Scorm) -> list[Resource]:
    """The resources that items of the outer manifest refer to, in the order of the items."""
    by_identifier = {resource.identifier: resource for resource in scorm.manifest.every_resource()}
    references = dict.fromkeys(item.identifierref for item in scorm.manifest.every_item())
    return [by_identifier[reference] for reference in references if reference in by_identifier]


def _named(resource: Resource) -> str:
    return f"the resource {resource.identifier!r}" if resource.identifier else "this resource"


@RESOURCES.rule(70, "resources-not-once", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.3; IMS CP 1.1.2")
def resources_not_once(scorm: Scorm) -> Iterator[Problem]:
    """The manifest has the element `resources` exactly once.

    It holds what there is to launch, and the list of files.
    """
    for manifest in scorm.manifest.walk():
        if len(manifest.resources) != 1:
            count = len(manifest.resources)
            message = f"there are {count} <resources>" if count else "there is no <resources>"
            yield Problem(scorm.at(manifest.place), message, "have exactly one, after organizations")


@RESOURCES.rule(72, "wrong-resource-type", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.3 (type)")
def wrong_resource_type(scorm: Scorm) -> Iterator[Problem]:
    """The type of every resource is `webcontent`.

    ADL's test refuses anything else, and there is nothing else in SCORM 1.2.
    """
    for resource in _resources(scorm):
        if resource.type != "webcontent":
            message = (
                f"the type of {_named(resource)} is {resource.type!r}"
                if resource.type
                else "there is no type"
            )
            yield Problem(scorm.at(resource.place), message, 'write type="webcontent"')


@RESOURCES.rule(73, "missing-scormtype", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.3 (adlcp:scormtype)")
def missing_scormtype(scorm: Scorm) -> Iterator[Problem]:
    """Every resource says whether it is a SCO or an asset.

    `adlcp:scormtype` is mandatory. Moodle takes a resource without it for an asset, and marks it completed
    the moment it is opened.
    """
    for resource in _resources(scorm):
        if resource.scormtype is None:
            message = f"{_named(resource)} has no adlcp:scormtype"
            yield Problem(
                scorm.at(resource.place), message, 'add adlcp:scormtype="sco", or "asset" for plain files'
            )


@RESOURCES.rule(74, "wrong-scormtype", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.3 (adlcp:scormtype)")
def wrong_scormtype(scorm: Scorm) -> Iterator[Problem]:
    """`adlcp:scormtype` is written in lower case, and is `sco` or `asset`, in lower case too.

    `scormType` is SCORM 2004; with `SCO` in capitals Moodle plays the content, but its review mode and its
    completion look for `sco`.
    """
    for resource in _resources(scorm):
        kind = resource.scormtype
        if kind and (kind.value not in {"sco", "asset"} or kind.written.rpartition(":")[2] != "scormtype"):
            message = f'{kind.written}="{kind.value}" is not known'
            hint = did_you_mean(kind.value, ("sco", "asset"), 'write adlcp:scormtype="sco" or "asset"')
            if kind.value in {"sco", "asset"}:
                hint = f'write adlcp:scormtype="{kind.value}"'
            yield Problem(scorm.at(resource.place), message, hint)


@RESOURCES.rule(75, "launched-resource-without-href", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.3 (href)")
def launched_resource_without_href(scorm: Scorm) -> Iterator[Problem]:
    """A SCO, and whatever an item launches, has an `href`.

    Without it the LMS has nothing to open; ADL's test lets it pass.
    """
    known = {resource.identifier for resource in launched(scorm)}
    for resource in _resources(scorm):
        if not (resource.href or "").strip() and (resource.is_sco or resource.identifier in known):
            message = f"{_named(resource)} has no href"
            yield Problem(scorm.at(resource.place), message, 'add href="index.html", the page to open')


@RESOURCES.rule(76, "sco-not-first", Severity.WARNING)
def sco_not_first(scorm: Scorm) -> Iterator[Problem]:
    """The first resource with an `href` is the SCO that comes first in the course.

    Open edX does not follow the items: it launches the first `href` among the resources. Put the SCO's
    resource first, and leave `href` out of resources that only list files.
    """
    opened = launched(scorm)
    with_href = [resource for resource in scorm.manifest.every_resource() if resource.href]
    scos = [resource for resource in opened if resource.is_sco and resource.href]
    if scos and with_href[0] is not scos[0]:
        message = f"{_named(with_href[0])} stands before the first SCO's, {scos[0].identifier!r}"
        yield Problem(scorm.at(with_href[0].place), message, "put the first SCO's resource first")


@RESOURCES.rule(77, "launched-asset", Severity.WARNING, spec="SCORM 1.2 CAM 2.3.2.3; RTE 3.2")
def launched_asset(scorm: Scorm) -> Iterator[Problem]:
    """What items launch is a SCO, unless it is only to be read.

    An asset does not talk to the LMS. Moodle marks it completed as soon as it is opened; time and score are
    never known. If the page does track, its resource must say `sco`.
    """
    for resource in launched(scorm):
        if resource.scormtype and resource.scormtype.value.strip().lower() == "asset":
            message = f"an item launches {_named(resource)}, an asset"
            yield Problem(
                scorm.at(resource.place), message, 'write adlcp:scormtype="sco" if it is to be tracked'
            )


@RESOURCES.rule(78, "file-without-href", Severity.ERROR, spec="IMS CP 1.1.2, file/@href")
def file_without_href(scorm: Scorm) -> Iterator[Problem]:
    """Every `file` has an `href`.

    It is the only thing that a `file` says.
    """
    for resource in _resources(scorm):
        for file in resource.files:
            if not (file.href or "").strip():
                yield Problem(scorm.at(file.place), "this <file> has no href", "add the file's path as href")


@RESOURCES.rule(79, "unknown-dependency", Severity.ERROR, spec="IMS CP 1.1.2, dependency/@identifierref")
def unknown_dependency(scorm: Scorm) -> Iterator[Problem]:
    """A dependency names a resource that exists.

    It says that the files of the other resource belong to this one too. An importer that copies only what
    is listed finds nothing under a wrong name, and the course lacks those files.
    """
    known = {resource.identifier or "" for resource in _resources(scorm)}
    for resource in _resources(scorm):
        for dependency in resource.dependencies:
            if dependency.identifierref not in known or not dependency.identifierref:
                message = f"there is no resource {dependency.identifierref or ''!r}"
                hint = did_you_mean(dependency.identifierref or "", known, "name a resource that exists")
                yield Problem(scorm.at(dependency.place), message, hint)


@RESOURCES.rule(80, "long-href", Severity.ERROR, spec="IMS CP 1.1.2, @href: 2,000 characters")
def long_href(scorm: Scorm) -> Iterator[Problem]:
    """Links in the manifest have at most 2,000 characters.

    ADL's test refuses longer ones, and browsers and servers have limits near by.
    """
    for resource in _resources(scorm):
        for place, href in (
            (resource.place, resource.href),
            *((file.place, file.href) for file in resource.files),
        ):
            if len(href or "") > 2000:
                yield Problem(scorm.at(place), f"a link of {len(href or '')} characters", "2,000 is the most")


@RESOURCES.rule(81, "launch-from-other-host", Severity.WARNING, spec="SCORM 1.2 CAM 2.3.2.3 (href)")
def launch_from_other_host(scorm: Scorm) -> Iterator[Problem]:
    """What is launched lies in the package.

    The standard allows an address elsewhere, but a page from another host can't reach the LMS's API:
    browsers keep the two apart, so nothing is tracked. Many LMSs refuse it outright.
    """
    for resource in launched(scorm):
        if resource.href and resolve(join(resource.base, resource.href)).reach is Reach.HOST:
            message = f"{resource.href} is on another host"
            yield Problem(scorm.at(resource.place), message, "put the content into the package")


@RESOURCES.rule(82, "query-in-launch", Severity.NOTE)
def query_in_launch(scorm: Scorm) -> Iterator[Problem]:
    """What is launched has no `?` or `#` in its address.

    Allowed, and Moodle and Open edX follow it; importers that compare `href` with the names of files find
    none, and some append their own query with a second `?`. Use the item's `parameters` if anything must be
    passed.
    """
    for resource in launched(scorm):
        if resource.href and any(sign in resource.href for sign in "?#"):
            message = f"{resource.href} holds a query or a fragment"
            yield Problem(scorm.at(resource.place), message, "name the file alone")


@RESOURCES.rule(83, "base-ignored-by-moodle", Severity.WARNING, spec="IMS CP 1.1.2, xml:base")
def base_ignored_by_moodle(scorm: Scorm) -> Iterator[Problem]:
    """No `xml:base` stands on `manifest` or `resources`.

    The standard allows it there, but Moodle sees it on `resource` only, and others not at all: every link
    then leads nowhere. Write whole paths.
    """
    for manifest in scorm.manifest.walk():
        places = [
            (manifest.place, manifest.own_base),
            *((part.place, part.own_base) for part in manifest.resources),
        ]
        for place, base in places:
            if base:
                hint = "take xml:base out and write whole paths"
                yield Problem(scorm.at(place), f"xml:base={base!r} is not followed by Moodle here", hint)


@RESOURCES.rule(
    84, "missing-schema-files", Severity.NOTE, spec="SCORM 1.2 CAM 2.3 (control documents at the root)"
)
def missing_schema_files(scorm: Scorm) -> Iterator[Problem]:
    """The four schema files of SCORM 1.2 lie beside the manifest.

    The standard asks for them, ADL's test does without, and Moodle never looks; some older LMSs and tools
    read them to check the manifest, and refuse a package that lacks them.
    """
    # A listed file that is missing is PKG-060's.
    listed = {mention.href.path for mention in scorm.package.mentions}
    missing = [name for name in SCHEMAS if name not in scorm.package.files and name not in listed]
    if missing and not scorm.package.is_bare:
        message = f"schema files are missing: {', '.join(missing)}"
        yield Problem(scorm.at(scorm.manifest.place), message, "put them beside the manifest")


@RESOURCES.rule(85, "sco-without-item", Severity.WARNING, spec="SCORM 1.2 CAM 2.3.2.2; 2.3.2.3")
def sco_without_item(scorm: Scorm) -> Iterator[Problem]:
    """Every SCO is opened by an item.

    Otherwise no learner comes to it, and nothing is tracked; often an item was deleted and its resource was
    not. If it is only files that others use, it is an asset.
    """
    opened = {item.identifierref for part in scorm.manifest.walk() for item in part.every_item()}
    known = {resource.identifier for resource in _resources(scorm)}
    # Where items refer to nothing, S12-040 and S12-041 say why no item opens it.
    if not opened - {None} or opened - known - {None, ""}:
        return
    for resource in _resources(scorm):
        if resource.is_sco and resource.identifier and resource.identifier not in opened:
            message = f"no item opens {_named(resource)}, a SCO"
            yield Problem(scorm.at(resource.place), message, "add an item for it, or take it out")
