"""S12-030 to S12-069: the organizations and items of a SCORM 1.2 manifest, that is what a learner meets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.formats.scorm12_manifest import Item, Organization, Text
from kurspakke.moodletext import as_moodle_reads
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.scorm12 import Scorm
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.xmltree import Place

ORGANIZATIONS: Family[Scorm] = Family("S12")


@ORGANIZATIONS.rule(30, "organizations-not-once", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2; IMS CP 1.1.2")
def organizations_not_once(scorm: Scorm) -> Iterator[Problem]:
    """The manifest has the element `organizations` exactly once.

    It holds the structure of the course. Without it no LMS finds anything to start.
    """
    for manifest in scorm.manifest.walk():
        if len(manifest.organizations) != 1:
            count = len(manifest.organizations)
            message = f"there are {count} <organizations>" if count else "there is no <organizations>"
            yield Problem(
                scorm.at(manifest.place), message, "have exactly one, between metadata and resources"
            )


@ORGANIZATIONS.rule(31, "no-organization", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2")
def no_organization(scorm: Scorm) -> Iterator[Problem]:
    """There is at least one `organization`.

    The standard knows "resource packages" with an empty `organizations`, for exchange between repositories.
    An LMS has nothing to start in them: Moodle says "Could not find any SCO".
    """
    for part in scorm.manifest.organizations:
        if not part.organizations:
            hint = "add an <organization> with a title and an <item> for each SCO"
            yield Problem(scorm.at(part.place), "<organizations> is empty: there is nothing to start", hint)


@ORGANIZATIONS.rule(
    32, "unknown-default-organization", Severity.ERROR, spec="IMS CP 1.1.2, organizations/@default"
)
def unknown_default_organization(scorm: Scorm) -> Iterator[Problem]:
    """The default organization exists.

    `organizations/@default` names the organization that is shown. ADL's test refuses a wrong one; LMSs show
    nothing or the first.
    """
    for manifest in scorm.manifest.walk():
        for part in manifest.organizations:
            known = [organization.identifier or "" for organization in part.organizations]
            if part.default is not None and part.default not in known and known:
                message = f"the default organization {part.default!r} does not exist"
                yield Problem(
                    scorm.at(part.place), message, did_you_mean(part.default, known, "name one that exists")
                )


@ORGANIZATIONS.rule(33, "no-default-organization", Severity.NOTE, spec="SCORM 1.2 CAM 2.3.2.2")
def no_default_organization(scorm: Scorm) -> Iterator[Problem]:
    """The manifest names its default organization.

    It may be left out, and LMSs then take the first; a few older ones import nothing.
    """
    for part in scorm.manifest.organizations:
        if part.default is None and part.organizations:
            hint = f'add default="{part.organizations[0].identifier or ""}"'
            yield Problem(scorm.at(part.place), "no default organization is named", hint)


@ORGANIZATIONS.rule(34, "organization-without-items", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2")
def organization_without_items(scorm: Scorm) -> Iterator[Problem]:
    """Every organization has at least one `item`.

    The item is what an LMS launches and tracks. Moodle answers "Could not find any SCO".
    """
    for organization in scorm.manifest.every_organization():
        if not organization.items:
            hint = "add an <item> with a title and an identifierref for each SCO"
            yield Problem(scorm.at(organization.place), "this organization has no items", hint)


def titled(scorm: Scorm) -> Iterator[tuple[str, Place, tuple[Text, ...]]]:
    """Everything that has a title."""
    for manifest in scorm.manifest.walk():
        parts: tuple[Organization | Item, ...] = (*manifest.every_organization(), *manifest.every_item())
        for part in parts:
            yield "organization" if isinstance(part, Organization) else "item", part.place, part.titles


@ORGANIZATIONS.rule(35, "missing-title", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2 (title: 1 and only 1)")
def missing_title(scorm: Scorm) -> Iterator[Problem]:
    """Every organization and item has exactly one title with words in it.

    It is what learners see in the LMS's menu. Open edX stops the import where one is missing.
    """
    for what, place, titles in titled(scorm):
        if not titles or not titles[0].text:
            yield Problem(scorm.at(place), f"this {what} has no title", "add <title> as its first element")
        elif len(titles) > 1:
            yield Problem(scorm.at(titles[1].place), f"this {what} has {len(titles)} titles", "keep one")


@ORGANIZATIONS.rule(36, "long-title", Severity.ERROR, spec="IMS CP 1.1.2, title: 200 characters")
def long_title(scorm: Scorm) -> Iterator[Problem]:
    """Titles have at most 200 characters.

    ADL's test refuses longer ones; above 255 Moodle stops with a database error.
    """
    for _, _, titles in titled(scorm):
        for title in titles:
            if len(title.text) > 200:
                message = f"a title of {len(title.text)} characters; 200 is the most"
                yield Problem(scorm.at(title.place), message, "shorten it")


@ORGANIZATIONS.rule(37, "title-mangled-by-moodle", Severity.WARNING)
def title_mangled_by_moodle(scorm: Scorm) -> Iterator[Problem]:
    """Titles come through Moodle's parser as they were written.

    Moodle 4.1 escapes `&` where it is not followed by a named entity, so numeric references and CDATA show
    their markup, and it drops pieces of text that are blank or `0`: `HMS &amp; økonomi` becomes "HMS
    &økonomi". Write letters as themselves in UTF-8, and put a no-break space (U+00A0) after `&amp;`, or
    write "og".
    """
    for _, _, titles in titled(scorm):
        for title in titles:
            shown = as_moodle_reads(title.markup)
            if title.text and shown != title.text:
                message = f"Moodle will show {title.text!r} as {shown!r}"
                hint = "write letters as themselves, and U+00A0 after &amp; or 'og' in its place"
                yield Problem(scorm.at(title.place), message, hint)


def _items(scorm: Scorm) -> Iterator[Item]:
    for manifest in scorm.manifest.walk():
        yield from manifest.every_item()


@ORGANIZATIONS.rule(40, "unknown-resource", Severity.ERROR, spec="IMS CP 1.1.2, item/@identifierref")
def unknown_resource(scorm: Scorm) -> Iterator[Problem]:
    """What an item refers to exists: a resource of the manifest, or a manifest inside it.

    Otherwise the item has nothing to launch: Moodle warns and shows it grey, Open edX stops the import.
    """
    for manifest in scorm.manifest.walk():
        known = {
            resource.identifier or "" for part in scorm.manifest.walk() for resource in part.every_resource()
        }
        known |= {part.identifier or "" for part in manifest.walk()}
        for item in manifest.every_item():
            if item.identifierref and item.identifierref not in known:
                message = f"there is no resource {item.identifierref!r}"
                hint = did_you_mean(item.identifierref, known, "name a resource that exists")
                yield Problem(scorm.at(item.place), message, hint)


@ORGANIZATIONS.rule(
    41, "nothing-to-launch", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2; ADL: at least one SCO or asset"
)
def nothing_to_launch(scorm: Scorm) -> Iterator[Problem]:
    """At least one item refers to a resource.

    Items without `identifierref` are headings; a course of headings can't be started.
    """
    items = scorm.manifest.every_item()
    if items and not any(item.identifierref for item in items):
        yield Problem(
            scorm.at(items[0].place), "no item refers to a resource", "add identifierref to the items"
        )


@ORGANIZATIONS.rule(42, "item-without-resource", Severity.WARNING, spec="SCORM 1.2 CAM 2.3.2.2")
def item_without_resource(scorm: Scorm) -> Iterator[Problem]:
    """An item without items below it refers to a resource.

    It is a heading over nothing: learners see an entry that does not open.
    """
    items = scorm.manifest.every_item()
    if not any(item.identifierref for item in items):
        return
    for item in items:
        if not item.items and not item.identifierref:
            yield Problem(
                scorm.at(item.place), "this item opens nothing", "add identifierref, or take the item out"
            )


@ORGANIZATIONS.rule(43, "wrong-isvisible", Severity.ERROR, spec="IMS CP 1.1.2, item/@isvisible")
def wrong_isvisible(scorm: Scorm) -> Iterator[Problem]:
    """`isvisible` is `true` or `false`.

    ADL's test refuses other words; Open edX shows nested items only where it says `true`.
    """
    for item in _items(scorm):
        if item.isvisible not in {None, "true", "false"}:
            yield Problem(scorm.at(item.place), f"isvisible is {item.isvisible!r}", "write true or false")


@ORGANIZATIONS.rule(44, "long-parameters", Severity.ERROR, spec="IMS CP 1.1.2, item/@parameters")
def long_parameters(scorm: Scorm) -> Iterator[Problem]:
    """An item's launch parameters have at most 1,000 characters.

    ADL's test refuses more, and so do some servers, which limit the length of an address. Put data into a
    file of the package.
    """
    for item in _items(scorm):
        length = len(item.parameters or "")
        if length > 1000:
            yield Problem(scorm.at(item.place), f"parameters of {length} characters", "1,000 is the most")


@ORGANIZATIONS.rule(
    45, "wrong-prerequisites", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2 (adlcp:prerequisites)"
)
def wrong_prerequisites(scorm: Scorm) -> Iterator[Problem]:
    """Prerequisites stand once in an item, as AICC script of at most 255 characters.

    `type="aicc_script"` is the only type there is. Few LMSs follow prerequisites at all.
    """
    for item in _items(scorm):
        for number, element in enumerate(item.prerequisites):
            text = element.text.strip()
            if number or element.attributes.get("type") != "aicc_script" or len(text) > 255:
                hint = 'have one, with type="aicc_script" and at most 255 characters'
                yield Problem(scorm.at(element.place), "these prerequisites are not valid", hint)


_TIMESPAN = re.compile(r"[0-9]{2,4}:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,2})?")


@ORGANIZATIONS.rule(46, "wrong-maxtimeallowed", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2; RTE CMITimespan")
def wrong_maxtimeallowed(scorm: Scorm) -> Iterator[Problem]:
    """The time allowed is a time span `HHHH:MM:SS.SS`, once in an item.

    Not ISO 8601: `PT30M` is SCORM 2004. Thirty minutes are `00:30:00`.
    """
    for item in _items(scorm):
        for number, text in enumerate(item.maxtimeallowed):
            if number or not _TIMESPAN.fullmatch(text.text):
                message = f"maxtimeallowed is {text.text!r}"
                yield Problem(scorm.at(text.place), message, "write hours:minutes:seconds, such as 00:30:00")


_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")


@ORGANIZATIONS.rule(
    47, "wrong-timelimitaction", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2 (adlcp:timelimitaction)"
)
def wrong_timelimitaction(scorm: Scorm) -> Iterator[Problem]:
    """What happens when time is up is one of four texts, letter by letter.

    `exit,message`, `exit,no message`, `continue,message` or `continue,no message`, without a blank after
    the comma.
    """
    for item in _items(scorm):
        for number, text in enumerate(item.timelimitaction):
            if number or text.text not in _ACTIONS:
                yield Problem(
                    scorm.at(text.place), f"timelimitaction is {text.text!r}", f"write {listing(_ACTIONS)}"
                )


@ORGANIZATIONS.rule(48, "long-datafromlms", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2 (adlcp:datafromlms)")
def long_datafromlms(scorm: Scorm) -> Iterator[Problem]:
    """The data that an item hands to its SCO stand once and have at most 255 characters.

    The content reads them as `cmi.launch_data`. ADL's test refuses more; LMSs cut them off. Put data into a
    file of the package.
    """
    for item in _items(scorm):
        for number, text in enumerate(item.datafromlms):
            if number or len(text.text) > 255:
                message = (
                    f"datafromlms has {len(text.text)} characters" if not number else "a second datafromlms"
                )
                yield Problem(scorm.at(text.place), message, "have one, of at most 255 characters")


@ORGANIZATIONS.rule(
    49, "wrong-masteryscore", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2.2; RTE 3.4.4 (CMIDecimal 0-100)"
)
def wrong_masteryscore(scorm: Scorm) -> Iterator[Problem]:
    """The mastery score is one number from 0 to 100.

    ADL's test lets texts and 801 pass; LMSs then compare with nonsense. A decimal point, no comma, no `%`.
    """
    for item in _items(scorm):
        for number, text in enumerate(item.masteryscore):
            if number or not _is_score(text.text):
                yield Problem(
                    scorm.at(text.place), f"masteryscore is {text.text!r}", "write a number from 0 to 100"
                )


def _is_score(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]+)?", text) is not None and float(text) <= 100


@ORGANIZATIONS.rule(50, "masteryscore-decides", Severity.WARNING, spec="SCORM 1.2 RTE 3.3.2.1 (LMSFinish)")
def masteryscore_decides(scorm: Scorm) -> Iterator[Problem]:
    """No mastery score stands in the manifest, unless it is meant to decide.

    With it the LMS overrules the content: Moodle sets passed or failed from any score at LMSFinish, so a
    learner who leaves half-way is failed; a score of 0 is lost in its parser. Chamilo ignores the mastery
    score, and one vendor's guide forbids it. Let the content report its status itself, or accept that the
    LMS decides.
    """
    for item in _items(scorm):
        for text in item.masteryscore[:1]:
            if _is_score(text.text):
                message = f"the LMS may set passed or failed by the mastery score {text.text}, whatever the content says"
                yield Problem(scorm.at(text.place), message, "leave it out unless the LMS is to decide")


@ORGANIZATIONS.rule(51, "several-scos", Severity.NOTE)
def several_scos(scorm: Scorm) -> Iterator[Problem]:
    """The package has one SCO.

    Several are right by the standard, but Tovuti and LearnUpon take only packages with one, and learners
    have to leave one SCO for the next through the LMS's own menu. One SCO with its own menu works
    everywhere.
    """
    scos = {resource.identifier for resource in scorm.manifest.every_resource() if resource.is_sco}
    launched = [item for item in scorm.manifest.every_item() if item.identifierref in scos]
    if len(launched) > 1:
        message = f"the course has {len(launched)} SCOs"
        yield Problem(scorm.at(launched[1].place), message, "make one SCO, or one package for each")


@ORGANIZATIONS.rule(52, "manifest-in-manifest", Severity.WARNING, spec="IMS CP 1.1.2, manifest/manifest")
def manifest_in_manifest(scorm: Scorm) -> Iterator[Problem]:
    """There is no manifest inside the manifest.

    The standard allows it; hardly an LMS follows it, and what is inside is then not shown.
    """
    for inner in scorm.manifest.manifests:
        hint = "move its items and resources into the outer manifest"
        yield Problem(scorm.at(inner.place), "there is a manifest inside the manifest", hint)


@ORGANIZATIONS.rule(54, "nested-item-hidden-in-open-edx", Severity.NOTE, spec="IMS CP 1.1.2, item/@isvisible")
def nested_item_hidden_in_open_edx(scorm: Scorm) -> Iterator[Problem]:
    """Items inside items say `isvisible="true"`.

    It is the default by the standard, but Open edX shows nested items only where it is written.
    """
    for item in _items(scorm):
        for inner in item.items:
            if inner.isvisible is None and inner.identifierref:
                yield Problem(scorm.at(inner.place), "isvisible is not written here", 'add isvisible="true"')
                return
