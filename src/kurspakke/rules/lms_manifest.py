"""PKG-121 to PKG-130: what the manifest asks for and a single LMS does not give, by the facts of its profile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.package import Kind
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.lms_package import Hosted
from kurspakke.rules.suggest import listing

LMS_MANIFEST: Family[Hosted] = Family("PKG", first=100)

STANDARD_STATE = 4096
"""Characters of cmi.suspend_data in SCORM 1.2 (RTE 3.4.4)."""

_EDITIONS = re.compile(r"2004 (2nd|3rd|4th) edition", re.IGNORECASE)


@LMS_MANIFEST.rule(21, "edition-not-taken", Severity.WARNING)
def edition_not_taken(hosted: Hosted) -> Iterator[Problem]:
    """The LMS takes packages of this edition of SCORM 2004.

    The editions differ in what content may ask for and in the order of the parts. Most packages of one part play
    all the same; try it, or export an edition that the LMS names.
    """
    editions, scorm = hosted.lms.packaging.editions, hosted.package.scorm
    if not editions or not scorm or Kind.SCORM2004 not in hosted.package.kinds:
        return
    for metadata in scorm.root.named("metadata"):
        for version in metadata.named("schemaversion"):
            found = _EDITIONS.fullmatch(version.text.strip())
            if found and found[1].lower() not in editions.value:
                known = listing(editions.value)
                what = f"of SCORM 2004 the {known} edition is taken, this is the {found[1].lower()}"
                hint = f"export it for the {known} edition, or try it out first"
                yield Problem(hosted.in_manifest(version.place), hosted.says(what, editions), hint)


@LMS_MANIFEST.rule(25, "title-over-lms-limit", Severity.ERROR)
def title_over_lms_limit(hosted: Hosted) -> Iterator[Problem]:
    """Titles are within the LMS's limit.

    A longer one stops the import or is cut off. Shorten it.
    """
    limit, scorm = hosted.lms.limits.title, hosted.package.scorm
    if not limit or not scorm:
        return
    titles = [title for organization in scorm.every_organization() for title in organization.titles]
    titles += [title for item in scorm.every_item() for title in item.titles]
    for title in titles:
        if len(title.text) > limit.value:
            what = f"a title of {len(title.text)} characters, and {limit.value} is the most"
            yield Problem(hosted.in_manifest(title.place), hosted.says(what, limit), "shorten it")


@LMS_MANIFEST.rule(27, "scos-over-lms-limit", Severity.ERROR)
def scos_over_lms_limit(hosted: Hosted) -> Iterator[Problem]:
    """The package has no more SCOs than the LMS takes.

    Where it takes one, the others are refused or never shown. Make one SCO with a menu of its own, or one package
    for each.
    """
    limit, scorm = hosted.lms.limits.scos, hosted.package.scorm
    if not limit or not scorm:
        return
    scos = {resource.identifier for resource in scorm.every_resource() if resource.is_sco}
    launched = [item for item in scorm.every_item() if item.identifierref in scos]
    if len(launched) > limit.value:
        place = hosted.in_manifest(launched[limit.value].place)
        what = f"{len(launched)} SCOs, and {limit.value} is the most"
        yield Problem(place, hosted.says(what, limit), "make one SCO, or one package for each")


@LMS_MANIFEST.rule(
    28, "state-limit-below-standard", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (suspend_data)"
)
def state_limit_below_standard(hosted: Hosted) -> Iterator[Problem]:
    """The LMS keeps the 4,096 characters of state that SCORM 1.2 promises.

    Content relies on them for the place and the answers of learners who come back. Where there is less room, what is
    over is cut off or refused, and they start anew. Divide the course, or try whether learners can resume at its end.
    """
    limit = hosted.lms.limits.suspend_data
    if limit and limit.value < STANDARD_STATE and Kind.SCORM12 in hosted.package.kinds:
        what = f"{limit.value} characters of state are kept, the standard promises {STANDARD_STATE}"
        hint = "try leaving and coming back near the end of the course"
        yield Problem(hosted.package.whole, hosted.says(what, limit), hint)


@LMS_MANIFEST.rule(29, "first-activity-completes", Severity.WARNING)
def first_activity_completes(hosted: Hosted) -> Iterator[Problem]:
    """A Tin Can package for an LMS that counts every activity has only one.

    With several, the first one that is completed may complete the course. Let the LMS track the main activity only,
    or list one activity.
    """
    fact, tincan = hosted.lms.packaging.several_activities, hosted.package.tincan
    if not fact or fact.value != "first-completes" or not tincan:
        return
    # Questions are answered; it is the parts of a course that are completed.
    parts = [part for part in tincan.activities if not (part.type or "").endswith("interaction")]
    if len(parts) > 1:
        place = hosted.package.at(hosted.package.name_of("tincan.xml"), parts[1].place)
        what = f"the first of the {len(parts)} parts that is done completes the course"
        yield Problem(place, hosted.says(what, fact), "have only the main activity tracked")


_SEQUENCED = frozenset({"preConditionRule", "postConditionRule", "exitConditionRule"})


@LMS_MANIFEST.rule(
    30, "sequencing-ignored-by-lms", Severity.WARNING, spec="SCORM 2004 SN 3.4 (sequencing rules)"
)
def sequencing_ignored_by_lms(hosted: Hosted) -> Iterator[Problem]:
    """A package with rules for the order of its parts goes to an LMS that follows them.

    Elsewhere all parts are open from the beginning, and what a test should unlock is not locked. Put the order into
    the content, or choose an LMS that follows it.
    """
    fact, scorm = hosted.lms.packaging.sequencing, hosted.package.scorm
    if not fact or fact.value != "ignored" or not scorm or Kind.SCORM2004 not in hosted.package.kinds:
        return
    rule = next((element for element in scorm.root.walk() if element.name in _SEQUENCED), None)
    if rule and len([item for item in scorm.every_item() if item.identifierref]) > 1:
        what = "the rules for the order of the parts are not followed"
        hint = "see that the course works when everything is open"
        yield Problem(hosted.in_manifest(rule.place), hosted.says(what, fact), hint)
