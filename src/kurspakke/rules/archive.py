"""PKG-020 to PKG-039: what the zip's reader found wrong with its members."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Location, Severity
from kurspakke.package import PAGES, SCRIPTS, STYLES, Package
from kurspakke.rules.family import Family, Problem
from kurspakke.zipmember import FaultKind

ARCHIVE: Family[Package] = Family("PKG")

SEVERAL = 3
"""So many members with the same fault are named one by one."""


def _faults(package: Package, hint: str, *kinds: FaultKind) -> Iterator[Problem]:
    """A problem for each fault; where one habit of a program spoils every member, one for them all."""
    found = [fault for fault in package.archive.faults if fault.kind in kinds] if package.archive else []
    more = f"; and so with {len(found) - 1} other members" if len(found) > SEVERAL else ""
    for fault in found[:1] if more else found:
        path = f"{package.path}/{fault.name}" if fault.name else package.path
        yield Problem(Location(path), fault.message + more, hint)


@ARCHIVE.rule(20, "damaged-member", Severity.ERROR, spec="APPNOTE.TXT 4.4.7")
def damaged_member(package: Package) -> Iterator[Problem]:
    """Every member unpacks to the bytes that the zip's directory promises.

    A wrong checksum, length or header means that the zip was damaged on its way or made by a faulty
    program. LMSs stop half-way or import a broken file. Make the zip anew.
    """
    yield from _faults(package, "make the zip anew", FaultKind.DAMAGED, FaultKind.HEADER)


@ARCHIVE.rule(21, "duplicate-member", Severity.ERROR)
def duplicate_member(package: Package) -> Iterator[Problem]:
    """Every name is in the zip once.

    Which of two members of the same name ends up on the LMS's disk depends on the program that unpacks.
    Happens when a package is mended by adding files to it. Make the zip anew from the folder.
    """
    yield from _faults(package, "make the zip anew from the folder", FaultKind.DUPLICATE)


@ARCHIVE.rule(22, "unsafe-path", Severity.ERROR, spec="APPNOTE.TXT 4.4.17")
def unsafe_path(package: Package) -> Iterator[Problem]:
    """No member's name leads out of the folder that the zip is unpacked to.

    `..`, a leading `/` and drive letters are how an attacker overwrites a server's files. Every careful LMS
    refuses the package, and kurspakke does not look at such members.
    """
    hint = "do not import this package unless you know who made it; make the zip anew with relative names"
    yield from _faults(package, hint, FaultKind.TRAVERSAL, FaultKind.ABSOLUTE, FaultKind.DRIVE)


@ARCHIVE.rule(23, "backslash-in-name", Severity.ERROR, spec="APPNOTE.TXT 4.4.17.1")
def backslash_in_name(package: Package) -> Iterator[Problem]:
    """Folders in a zip are parted by `/`.

    Some Windows programs write a backslash. On Linux, where most LMSs run, all files then land flat in one
    folder under names with backslashes, and every link between them fails (Moodle, the Moodle app,
    Chamilo).
    """
    yield from _faults(package, "make the zip anew with a program that writes '/'", FaultKind.BACKSLASH)


@ARCHIVE.rule(24, "unusable-name", Severity.ERROR)
def unusable_name(package: Package) -> Iterator[Problem]:
    """Every member's name can be a file's name.

    Empty parts, control characters and bytes that are no text in any known encoding can't be unpacked, or
    only under another name than the manifest gives. Rename the file and make the zip anew.
    """
    yield from _faults(package, "rename the file and make the zip anew", FaultKind.NAME)


@ARCHIVE.rule(25, "encrypted-member", Severity.ERROR, spec="SCORM 1.2 CAM 2.3 (PKZIP 2.04g)")
def encrypted_member(package: Package) -> Iterator[Problem]:
    """No member is encrypted.

    An LMS has no password to give. Make the zip anew without one.
    """
    yield from _faults(package, "make the zip anew without a password", FaultKind.ENCRYPTED)


@ARCHIVE.rule(26, "link-in-zip", Severity.ERROR)
def link_in_zip(package: Package) -> Iterator[Problem]:
    """Every member is a file or a folder.

    A symbolic link in a package can show the learner any file of the server, so LMSs refuse or drop it. Put
    the file itself in its place.
    """
    yield from _faults(package, "put the file itself in the place of the link", FaultKind.LINK)


@ARCHIVE.rule(27, "unusual-compression", Severity.ERROR, spec="SCORM 1.2 CAM 2.3 (PKZIP 2.04g)")
def unusual_compression(package: Package) -> Iterator[Problem]:
    """Members are stored or deflated.

    LZMA, bzip2, zstandard and other newer methods are not read by most LMSs: Moodle passes the form, fails
    to unpack and leaves an empty activity behind. Choose "deflate" in the zip program, or its most
    compatible setting.
    """
    yield from _faults(package, "zip it with the method deflate", FaultKind.METHOD)


@ARCHIVE.rule(28, "overlapping-members", Severity.ERROR)
def overlapping_members(package: Package) -> Iterator[Problem]:
    """No two members share bytes.

    No honest program writes such a zip: it is a bomb that unpacks to far more than it holds, or it shows
    different programs different contents.
    """
    yield from _faults(package, "do not import this package", FaultKind.OVERLAP)


@ARCHIVE.rule(29, "zip-bomb", Severity.ERROR)
def zip_bomb(package: Package) -> Iterator[Problem]:
    """No member unpacks to absurdly more than it takes in the zip.

    Such a member fills the LMS's disk. If it is an honest file (a huge blank picture, say), make it
    smaller.
    """
    yield from _faults(package, "do not import this package, or make the file smaller", FaultKind.RATIO)


@ARCHIVE.rule(30, "more-than-is-looked-at", Severity.ERROR)
def more_than_is_looked_at(package: Package) -> Iterator[Problem]:
    """The package is small enough to be looked at as a whole.

    The validator stops at a limit of unpacked bytes so that a hostile zip can't keep it busy for ever. What
    comes after is not judged, and no LMS would take a package of that size.
    """
    yield from _faults(package, "make the package smaller", FaultKind.LARGE)
    yield from _faults(package, "lay the files in fewer folders", FaultKind.NESTING)


@ARCHIVE.rule(31, "out-of-time", Severity.ERROR)
def out_of_time(package: Package) -> Iterator[Problem]:
    """The package can be looked at in reasonable time.

    The validator stops after two minutes (`--limit seconds=…` moves that), so that a package made to keep it busy
    does not. What it has found till then is told, the rest was not looked at. A large course on a slow disk needs
    more time; copy it to this machine, or give it that.
    """
    if package.clock.is_over:
        message = (
            f"not everything was looked at in {package.clock.seconds:g} seconds: {package.clock.reached}"
        )
        yield Problem(package.whole, message, "give it more time, if you trust it: --limit seconds=600")


@ARCHIVE.rule(32, "text-too-large-to-read", Severity.WARNING)
def text_too_large_to_read(package: Package) -> Iterator[Problem]:
    """Pages, style sheets, scripts and captions are of a size that people and browsers can handle.

    Over eight megabytes (`--limit memory=…` moves that) they are not looked at, so what is wrong in them is not
    told. Such a text is data in the clothes of a page: slow on every phone, and nobody can mend it by hand. Put
    pictures and films into files of their own.
    """
    for path, file in package.files.items():
        if file.size > package.limits.at_once and path.lower().endswith((*PAGES, *STYLES, *SCRIPTS, ".vtt")):
            message = f"{file.size:,} bytes; texts up to {package.limits.at_once:,} are looked at"
            yield Problem(package.at(path), message, "put pictures and films into files of their own")
