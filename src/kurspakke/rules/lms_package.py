"""PKG-120 to PKG-131: whether a single LMS takes the standard, the size and the files, by the facts of its profile."""

from __future__ import annotations

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
