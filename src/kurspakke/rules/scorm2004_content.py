"""S24-030 to S24-059: organizations, items and resources of a SCORM 2004 manifest, and what ADL adds to them."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.rules import scorm12_metadata, scorm12_organizations, scorm12_resources
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.grammar import MISPLACED, Fault, Flaw
from kurspakke.rules.scorm2004 import Scorm2004, problem
from kurspakke.rules.scorm2004_grammar import ADLCP, ADLNAV
from kurspakke.rules.suggest import did_you_mean

CONTENT_2004: Family[Scorm2004] = Family("S24")


@CONTENT_2004.rule(30, "no-2004-organization", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.5 (organizations)")
def no_organization(scorm: Scorm2004) -> Iterator[Problem]:
    """There is at least one `organization`.

    A "resource package" with an empty `organizations` is right by the standard, for exchange between
    repositories, but an LMS has nothing to start in it.
    """
    yield from scorm12_organizations.no_organization(scorm)


@CONTENT_2004.rule(31, "unknown-2004-default-organization", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.5")
def unknown_default_organization(scorm: Scorm2004) -> Iterator[Problem]:
    """The default organization exists.

    `organizations/@default` names the organization that is shown. ADL's test refuses a wrong one; LMSs show
    nothing or the first.
    """
    yield from scorm12_organizations.unknown_default_organization(scorm)


@CONTENT_2004.rule(32, "no-2004-default-organization", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.5")
def no_default_organization(scorm: Scorm2004) -> Iterator[Problem]:
    """The manifest names its default organization.

    Mandatory in SCORM 2004 for whatever has organizations; LMSs that are kind take the first.
    """
    yield from scorm12_organizations.no_default_organization(scorm)


@CONTENT_2004.rule(33, "missing-2004-title", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.7 (title)")
def missing_title(scorm: Scorm2004) -> Iterator[Problem]:
    """Every organization and item has a title with words in it.

    It is what learners see in the LMS's menu.
    """
    for what, place, titles in scorm12_organizations.titled(scorm):
        # A second title is S24-016's.
        if not titles or not titles[0].text:
            yield Problem(scorm.at(place), f"this {what} has no title", "add <title> as its first element")


@CONTENT_2004.rule(34, "long-2004-title", Severity.ERROR)
def long_title(scorm: Scorm2004) -> Iterator[Problem]:
    """Titles have at most 255 characters.

    The standard promises room for 200, and Moodle's import stops with a database error above 255.
    """
    for _, _, titles in scorm12_organizations.titled(scorm):
        for title in titles:
            if len(title.text) > 255:
                message = f"a title of {len(title.text)} characters; 255 is the most"
                yield Problem(scorm.at(title.place), message, "shorten it")


@CONTENT_2004.rule(35, "2004-title-mangled-by-moodle", Severity.WARNING)
def title_mangled_by_moodle(scorm: Scorm2004) -> Iterator[Problem]:
    """Titles come through Moodle's parser as they were written.

    The same parser as for SCORM 1.2, with the same habits (see S12-037): write letters as themselves in
    UTF-8, and put a no-break space (U+00A0) after `&amp;`, or write "og".
    """
    yield from scorm12_organizations.title_mangled_by_moodle(scorm)


@CONTENT_2004.rule(36, "unknown-2004-resource", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.8 (identifierref)")
def unknown_resource(scorm: Scorm2004) -> Iterator[Problem]:
    """What an item refers to exists among the resources.

    Otherwise the item has nothing to launch.
    """
    yield from scorm12_organizations.unknown_resource(scorm)


@CONTENT_2004.rule(37, "nothing-to-launch-in-2004", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.8")
def nothing_to_launch(scorm: Scorm2004) -> Iterator[Problem]:
    """At least one item refers to a resource.

    A course of headings can't be started.
    """
    yield from scorm12_organizations.nothing_to_launch(scorm)


@CONTENT_2004.rule(38, "2004-leaf-without-resource", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.8")
def leaf_without_resource(scorm: Scorm2004) -> Iterator[Problem]:
    """An item without items below it refers to a resource.

    The standard demands it: when sequencing comes to such an item, there is nothing to deliver.
    """
    yield from scorm12_organizations.item_without_resource(scorm)


@CONTENT_2004.rule(39, "2004-cluster-with-resource", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.8")
def cluster_with_resource(scorm: Scorm2004) -> Iterator[Problem]:
    """An item with items below it refers to no resource.

    SCORM 1.2 allowed it; in SCORM 2004 only the lowest items are launched, and the resource of this one is
    never seen.
    """
    for item in scorm.manifest.every_item():
        if item.items and item.identifierref:
            hint = "put the resource into an item of its own below this one"
            yield Problem(scorm.at(item.place), "this item has items below it and a resource", hint)


@CONTENT_2004.rule(40, "wrong-2004-resource-type", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.13 (type)")
def wrong_resource_type(scorm: Scorm2004) -> Iterator[Problem]:
    """The type of what items launch is `webcontent`.

    The standard leaves other types to other packages; LMSs may not launch them.
    """
    for resource in scorm12_resources.launched(scorm):
        if resource.type is not None and resource.type != "webcontent":
            message = f"the type of the resource {resource.identifier!r} is {resource.type!r}"
            yield Problem(scorm.at(resource.place), message, 'write type="webcontent"')


@CONTENT_2004.rule(
    41, "missing-2004-scormtype", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.13 (adlcp:scormType)"
)
def missing_scormtype(scorm: Scorm2004) -> Iterator[Problem]:
    """Every resource says whether it is a SCO or an asset, by `adlcp:scormType`.

    Moodle takes a resource without it for an asset, and marks it completed the moment it is opened.
    """
    for manifest in scorm.manifest.walk():
        for resource in manifest.every_resource():
            if resource.scormtype is None:
                message = f"the resource {resource.identifier!r} has no adlcp:scormType"
                hint = 'add adlcp:scormType="sco", or "asset" for plain files'
                yield Problem(scorm.at(resource.place), message, hint)


@CONTENT_2004.rule(
    42, "wrong-2004-scormtype", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.13 (adlcp:scormType)"
)
def wrong_scormtype(scorm: Scorm2004) -> Iterator[Problem]:
    """`adlcp:scormType` has a capital T, and its value is `sco` or `asset` in lower case.

    With a small t it is SCORM 1.2's, and LMSs that read the standard by the letter take the SCO for an asset.
    """
    for manifest in scorm.manifest.walk():
        for resource in manifest.every_resource():
            kind = resource.scormtype
            if kind is None:
                continue
            local = kind.written.rpartition(":")[2]
            if kind.value not in {"sco", "asset"} or local != "scormType":
                known = did_you_mean(kind.value, ("sco", "asset"), 'write adlcp:scormType="sco" or "asset"')
                hint = f'write adlcp:scormType="{kind.value}"' if kind.value in {"sco", "asset"} else known
                message = f'{kind.written}="{kind.value}" is not known'
                yield Problem(scorm.at(resource.place), message, hint)


@CONTENT_2004.rule(43, "2004-scormtype-without-prefix", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.13")
def scormtype_without_prefix(scorm: Scorm2004) -> Iterator[Problem]:
    """`scormType` is written with ADL's prefix.

    Without one it is nobody's attribute: the schema refuses it, and Moodle takes the SCO for an asset.
    """
    for manifest in scorm.manifest.walk():
        for resource in manifest.every_resource():
            if resource.scormtype and resource.scormtype.written == "scormType":
                yield Problem(
                    scorm.at(resource.place), "scormType has no prefix", "write adlcp: in front of it"
                )


@CONTENT_2004.rule(44, "launched-2004-resource-without-href", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.13")
def launched_resource_without_href(scorm: Scorm2004) -> Iterator[Problem]:
    """A SCO, and whatever an item launches, has an `href`.

    Without it the LMS has nothing to open.
    """
    yield from scorm12_resources.launched_resource_without_href(scorm)


@CONTENT_2004.rule(45, "unknown-2004-dependency", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.16 (dependency)")
def unknown_dependency(scorm: Scorm2004) -> Iterator[Problem]:
    """A dependency names a resource that exists.

    It says that the files of the other resource belong to this one too. An importer that copies only what
    is listed finds nothing under a wrong name, and the course lacks those files.
    """
    for found in scorm12_resources.unknown_dependency(scorm):
        # One without a name at all is S24-017's.
        if "''" not in found.message:
            yield found


@CONTENT_2004.rule(46, "2004-launch-from-other-host", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.13 (href)")
def launch_from_other_host(scorm: Scorm2004) -> Iterator[Problem]:
    """What is launched lies in the package.

    The standard allows an address elsewhere, but browsers keep a page from another host away from the
    LMS's API, so nothing is tracked.
    """
    yield from scorm12_resources.launch_from_other_host(scorm)


@CONTENT_2004.rule(
    47, "2004-base-ignored-by-moodle", Severity.WARNING, spec="SCORM 2004 CAM 3.4.3 (xml:base)"
)
def base_ignored_by_moodle(scorm: Scorm2004) -> Iterator[Problem]:
    """No `xml:base` stands on `manifest` or `resources`.

    The standard allows it there, but Moodle sees it on `resource` only: every link then leads nowhere.
    Write whole paths.
    """
    yield from scorm12_resources.base_ignored_by_moodle(scorm)


@CONTENT_2004.rule(
    48, "missing-2004-metadata-file", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1 (adlcp:location)"
)
def missing_metadata_file(scorm: Scorm2004) -> Iterator[Problem]:
    """The file that `adlcp:location` names is in the package.

    ADL's test refuses the package.
    """
    yield from scorm12_metadata.missing_metadata_file(scorm)


_OF_SCORM12 = {
    "masteryscore": "imsss:minNormalizedMeasure in the primary objective",
    "maxtimeallowed": "imsss:limitConditions with attemptAbsoluteDurationLimit",
    "prerequisites": "imsss:sequencingRules",
    "timelimitaction": "adlcp:timeLimitAction",
    "datafromlms": "adlcp:dataFromLMS",
}


@CONTENT_2004.rule(49, "scorm12-element-in-2004", Severity.WARNING, spec="SCORM 2004 CAM 3.4.1.8; 5.1")
def scorm12_element(scorm: Scorm2004) -> Iterator[Problem]:
    """No element of SCORM 1.2 stands in a manifest of SCORM 2004.

    `adlcp:masteryscore` and its like are not read any more: the mastery score, the time limit, the data for
    the content are lost.
    """
    for element in scorm.manifest.root.walk():
        if element.name in _OF_SCORM12 and (element.prefix == "adlcp" or element.namespace == ADLCP):
            hint = f"write {_OF_SCORM12[element.name]} in its place"
            yield Problem(scorm.at(element.place), f"{element.name} is SCORM 1.2", hint)


def _adl(scorm: Scorm2004) -> Iterator[Fault]:
    return scorm.faults_in(ADLCP, ADLNAV)


@CONTENT_2004.rule(50, "wrong-2004-timelimitaction", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.10")
def wrong_timelimitaction(scorm: Scorm2004) -> Iterator[Problem]:
    """What happens when time is up is one of four texts, letter by letter.

    `exit,message`, `exit,no message`, `continue,message` or `continue,no message`, without a blank after
    the comma.
    """
    for fault in _adl(scorm):
        if fault.flaw is Flaw.WRONG_TEXT and fault.element.name == "timeLimitAction":
            yield problem(scorm, fault)


@CONTENT_2004.rule(51, "wrong-completion-threshold", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.12")
def wrong_completion_threshold(scorm: Scorm2004) -> Iterator[Problem]:
    """The completion threshold is a number from 0 to 1, and `completedByMeasure` is `true` or `false`.

    The 4th edition has attributes (`minProgressMeasure="0.75"`), the earlier ones the number as the text.
    """
    for fault in _adl(scorm):
        wrong = fault.flaw in {Flaw.WRONG_TEXT, Flaw.WRONG_VALUE, Flaw.UNKNOWN_ATTRIBUTE}
        if wrong and fault.element.name == "completionThreshold":
            yield problem(scorm, fault)


@CONTENT_2004.rule(52, "wrong-hidelmsui", Severity.ERROR, spec="SCORM 2004 CAM 5.2.1 (adlnav:hideLMSUI)")
def wrong_hidelmsui(scorm: Scorm2004) -> Iterator[Problem]:
    """`adlnav:hideLMSUI` names one of the LMS's buttons.

    `previous`, `continue`, `exit`, `exitAll`, `abandon`, `abandonAll` or `suspendAll`; another word hides
    nothing.
    """
    for fault in _adl(scorm):
        if fault.flaw is Flaw.WRONG_TEXT and fault.element.name == "hideLMSUI":
            yield problem(scorm, fault)


@CONTENT_2004.rule(53, "wrong-2004-shared-data", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.11 (adlcp:data)")
def wrong_shared_data(scorm: Scorm2004) -> Iterator[Problem]:
    """Each `adlcp:map` has a `targetID`, once in an item, and says `true` or `false` of reading and writing.

    It names the store that SCOs share. The ids tell the stores apart.
    """
    for fault in _adl(scorm):
        wrong = fault.flaw in {Flaw.MISSING_ATTRIBUTE, Flaw.WRONG_VALUE, Flaw.UNKNOWN_ATTRIBUTE}
        if wrong and fault.element.name == "map":
            yield problem(scorm, fault)
    for data in (element for element in scorm.manifest.root.walk() if element.name == "data"):
        seen: set[str] = set()
        for entry in data.named("map", ADLCP):
            target = entry.attributes.get("targetID", "")
            if target and target in seen:
                message = f"the store {target!r} is mapped twice"
                yield Problem(scorm.at(entry.place), message, "keep one map for each targetID")
            seen.add(target)


@CONTENT_2004.rule(54, "misplaced-adl-element", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1; 5.2 (schema)")
def misplaced_adl_element(scorm: Scorm2004) -> Iterator[Problem]:
    """ADL's elements for packages and navigation hold what belongs into them.

    `adlnav:presentation` holds a `navigationInterface`, that holds `hideLMSUI`; `adlcp:data` holds `map`.
    """
    for fault in _adl(scorm):
        if fault.flaw in MISPLACED or fault.flaw is Flaw.MISSING_CHILD:
            yield problem(scorm, fault)


@CONTENT_2004.rule(55, "adl-element-twice", Severity.ERROR, spec="SCORM 2004 CAM 3.4.1.8 (multiplicities)")
def adl_element_twice(scorm: Scorm2004) -> Iterator[Problem]:
    """Each of ADL's elements stands once in an item at most, and so does the sequencing.

    Which of two counts is undefined.
    """
    for parent in scorm.manifest.root.walk():
        if parent.name not in {"item", "organization"}:
            continue
        seen: set[tuple[str, str]] = set()
        for child in parent.children:
            key = (child.namespace, child.name)
            if child.namespace and child.namespace != parent.namespace and key in seen:
                message = f"a second <{child.name}> in this {parent.name}"
                yield Problem(scorm.at(child.place), message, "keep one")
            seen.add(key)
