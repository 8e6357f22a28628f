"""PKG-120 to PKG-149: what a package meets in an LMS that was asked for, by the facts of its profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kurspakke.findings import Location, Severity
from kurspakke.package import Kind, Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.names import blocked_everywhere, extension, summed
from kurspakke.rules.suggest import listing
from kurspakke.xmltree import Place

if TYPE_CHECKING:
    from kurspakke.lmsfacts import Stated
    from kurspakke.profile import Profile

STANDARD_STATE = 4096
"""Characters of cmi.suspend_data in SCORM 1.2 (RTE 3.4.4)."""

_NAMES = {
    "scorm12": "SCORM 1.2",
    "scorm2004": "SCORM 2004",
    "aicc": "AICC",
    "xapi": "xAPI (Tin Can)",
    "cmi5": "cmi5",
}


@dataclass(frozen=True, slots=True)
class Hosted:
    """A package beside the LMS that is to take it."""

    package: Package
    lms: Profile

    def says(self, what: str, fact: Stated[Any] | None) -> str:
        """A message that names the LMS, and the source of what is known."""
        return f"{self.lms.title}: {what} ({fact.cited})" if fact else f"{self.lms.title}: {what}"

    def in_manifest(self, place: Place) -> Location:
        """A place in the SCORM manifest."""
        return self.package.at(self.package.name_of("imsmanifest.xml"), place)


LMSS: Family[Hosted] = Family("PKG", first=100)


@LMSS.rule(20, "standard-not-taken", Severity.ERROR)
def standard_not_taken(hosted: Hosted) -> Iterator[Problem]:
    """The LMS takes packages of this standard.

    One that does not know the standard finds no manifest and refuses the upload. Build or export the course for a
    standard that it takes; SCORM 1.2 is the one that nearly all of them do.
    """
    takes = hosted.lms.takes
    kinds = [kind for kind in hosted.package.kinds if kind in _NAMES]
    if takes and kinds and not set(kinds) & set(takes.value):
        known = listing(_NAMES[name] for name in takes.value)
        what = f"{listing(_NAMES[kind] for kind in kinds)} is not taken; {known} is"
        yield Problem(hosted.package.whole, hosted.says(what, takes), f"use a package of {known}")


_EDITIONS = re.compile(r"2004 (2nd|3rd|4th) edition", re.IGNORECASE)


@LMSS.rule(21, "edition-not-taken", Severity.WARNING)
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


@LMSS.rule(22, "package-over-upload-limit", Severity.ERROR)
def package_over_upload_limit(hosted: Hosted) -> Iterator[Problem]:
    """The package is within the LMS's limit for uploads.

    A megabyte is counted as 1,048,576 bytes. Of a package that is not zipped yet, the sizes of the files count.
    Make videos and pictures smaller, split the course, or ask whether the limit can be raised: in LMSs that run on
    their owner's servers it mostly can.
    """
    limits = hosted.lms.limits
    of_xapi = limits.xapi_megabytes if hosted.package.kind is Kind.XAPI else None
    limit = of_xapi or limits.package_megabytes
    size = _size(hosted.package)
    if limit and size > limit.value << 20:
        what = f"{size / (1 << 20):.0f} MB, and {limit.value} MB is the most that is taken"
        hint = "make videos and pictures smaller, split the course, or ask for a higher limit"
        yield Problem(hosted.package.whole, hosted.says(what, limit), hint)


def _size(package: Package) -> int:
    """Bytes to upload: of the zip as far as its members go, or of the files where there is no zip."""
    directory = package.archive.directory if package.archive else None
    ends = [entry.data_offset + entry.packed_size for entry in directory.entries] if directory else []
    return max(ends, default=0) or package.tree.size


@LMSS.rule(23, "extension-refused-by-lms", Severity.ERROR)
def extension_refused_by_lms(hosted: Hosted) -> Iterator[Problem]:
    """No file is of a kind that the LMS refuses.

    It looks at the endings of the names and refuses the whole package. Leave the files out, or give their content
    another form. (Programs for servers and Windows have a rule of their own, blocked-extension.)
    """
    blocked = hosted.lms.packaging.blocked_extensions
    if blocked:
        refused = {kind for kind in blocked.value if not blocked_everywhere(kind)}
        found = summed((path for path in hosted.package.tree if extension(path) in refused), "refused files")
        if found:
            place = Location(f"{hosted.package.path}/{found[0]}")
            yield Problem(
                place, hosted.says(found[1], blocked), "leave them out, or use another kind of file"
            )


@LMSS.rule(24, "characters-lost-in-names", Severity.ERROR)
def characters_lost_in_names(hosted: Hosted) -> Iterator[Problem]:
    """No file name has a character that the LMS takes out.

    The file is then stored under another name than the one pages and manifest call it by, and is not found. Rename
    it, and the links to it.
    """
    lost = hosted.lms.packaging.lost_characters
    if lost:
        signs = set(lost.value)
        found = summed(
            (path for path in hosted.package.tree if signs & set(path)), f"{lost.value} is lost in"
        )
        if found:
            place = Location(f"{hosted.package.path}/{found[0]}")
            yield Problem(place, hosted.says(found[1], lost), "rename them, and the links to them")


@LMSS.rule(25, "title-over-lms-limit", Severity.ERROR)
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


@LMSS.rule(26, "path-over-lms-limit", Severity.ERROR)
def path_over_lms_limit(hosted: Hosted) -> Iterator[Problem]:
    """The paths of files are within the LMS's limit.

    A longer one stops the import, or the file is lost. Shorten the names of folders and files.
    """
    limit = hosted.lms.limits.path
    if not limit:
        return
    for path in hosted.package.tree:
        if len(path) > limit.value:
            what = f"a path of {len(path)} characters, and {limit.value} is the most"
            place = Location(f"{hosted.package.path}/{path}")
            yield Problem(place, hosted.says(what, limit), "shorten the names of folders and files")


@LMSS.rule(27, "scos-over-lms-limit", Severity.ERROR)
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


@LMSS.rule(28, "state-limit-below-standard", Severity.WARNING, spec="SCORM 1.2 RTE 3.4.4 (suspend_data)")
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


@LMSS.rule(29, "first-activity-completes", Severity.WARNING)
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


@LMSS.rule(30, "sequencing-ignored-by-lms", Severity.WARNING, spec="SCORM 2004 SN 3.4 (sequencing rules)")
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


@LMSS.rule(31, "lms-little-known", Severity.NOTE)
def lms_little_known(hosted: Hosted) -> Iterator[Problem]:
    """It is known which standards the LMS takes.

    Where not even that is known, nothing said here means that the package will work there. Try one package, and
    fill in a questionnaire (`kurspakke profile new`) with what you find.
    """
    if not hosted.lms.takes:
        what = "which standards it takes is not known («ikke kjent»)"
        hint = "try a package there, or fill in a questionnaire: kurspakke profile new"
        yield Problem(hosted.package.whole, hosted.says(what, None), hint)
