"""PKG-013 to PKG-019: what is no package of these standards, called by its own name, and what to ask for instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kurspakke.findings import Severity
from kurspakke.limits import Clock
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.xmltree import Element

STRANGERS: Family[Package] = Family("PKG")
"""Whoever breaks one of these is no package that could be looked into any further."""

ASK = "ask the supplier for a SCORM 1.2, xAPI (Tin Can) or cmi5 package: a zip with a manifest in it"

_BEGINNINGS: Mapping[bytes, str] = {
    b"%PDF": "a PDF document",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x1f\x8b": "a gzip archive (.gz, .tgz or a Moodle backup)",
    b"\xfd7zXZ\x00": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"MZ": "a Windows program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"ID3": "a sound recording",
    b"\x1aE\xdf\xa3": "a film",
}
_HTML = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s{0,50}<(?:!doctype html|html|head|body)\b")
_AICC = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s{0,50}\[course\]")
_MARKS: Mapping[str, str] = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "xl/workbook.xml": "an Excel workbook",
    "META-INF/container.xml": "an EPUB book",
    "h5p.json": "an H5P file",
    "moodle_backup.xml": "a Moodle backup",
    "META-INF/manifest.xml": "an OpenDocument file",
    "META-INF/MANIFEST.MF": "a Java archive",
}


def by_beginning(package: Package) -> str:
    """What the first bytes of an unreadable zip say it is; empty where they say nothing."""
    if package.archive is None or package.archive.directory is not None:
        return ""
    head = package.head
    found = next((what for mark, what in _BEGINNINGS.items() if head.startswith(mark)), "")
    if not found and _HTML.match(head):
        return "a web page"
    if not found and head[4:8] == b"ftyp":
        return "a film or a sound recording"
    return "a tar archive" if not found and head[257:262] == b"ustar" else found


def by_content(package: Package) -> str:
    """What a zip without a manifest is by the files in it; empty where they say nothing."""
    if package.manifests:
        return ""
    return next((what for mark, what in _MARKS.items() if mark in package.tree), "")


def is_aicc(package: Package) -> bool:
    """Whether it is a course of AICC: by the course's own file, since `.au` may be a sound."""
    if package.manifests:
        return False
    named = any(path.lower().endswith((".crs", ".cst")) for path in package.tree)
    return named or _AICC.match(package.head) is not None


def is_known(package: Package) -> bool:
    """Whether one of the rules here has a name for it."""
    return any(True for _ in STRANGERS.findings(package, Clock()))


@STRANGERS.rule(13, "aicc-package", Severity.ERROR, spec="AICC CMI001 Guidelines for Interoperability")
def aicc_package(package: Package) -> Iterator[Problem]:
    """The package is not AICC (`.crs`, `.au`, `.des`, `.cst`).

    AICC is older than SCORM, its organisation was dissolved in 2014, and LMSs stop taking it. There is
    nothing wrong with the file, but kurspakke knows no more about it. Whoever made it can export SCORM 1.2
    from the same tool.
    """
    if is_aicc(package):
        message = "this is an AICC course, not SCORM, xAPI or cmi5"
        yield Problem(package.whole, message, "ask the supplier to export it as SCORM 1.2")


@STRANGERS.rule(14, "other-kind-of-file", Severity.ERROR)
def other_kind_of_file(package: Package) -> Iterator[Problem]:
    """The file is a course package, and not a document, a film or an archive of another kind.

    Word and PDF files, RAR and 7z archives, H5P files and Moodle backups are none, whatever their name ends
    in. An LMS takes some of them in other places (H5P as an H5P activity, a PDF as a file, a backup by
    restoring it), but not as a package.
    """
    what = by_beginning(package) or by_content(package)
    if what and not is_aicc(package):
        yield Problem(package.whole, f"this is {what}, not a course package", ASK)


def _nothing_inside(package: Package) -> bool:
    return bool(package.kinds or by_content(package) or is_aicc(package)) or not package.tree


@STRANGERS.rule(15, "packages-in-a-zip", Severity.ERROR)
def packages_in_a_zip(package: Package) -> Iterator[Problem]:
    """The zip is a package, and not a box with packages in it.

    Suppliers often send several packages, or a package with its instructions, in one zip. Unpack it once,
    and give the LMS (and kurspakke) each of the zips inside.
    """
    if _nothing_inside(package):
        return
    zips = [path for path in package.tree if path.lower().endswith(".zip")]
    if zips:
        more = f" and {len(zips) - 1} more" if len(zips) > 1 else ""
        message = f"there is no manifest, but a zip in the zip: {zips[0]}{more}"
        yield Problem(package.whole, message, "unpack this zip once, and use the zips inside")


@STRANGERS.rule(16, "web-page-without-manifest", Severity.ERROR)
def web_page_without_manifest(package: Package) -> Iterator[Problem]:
    """There is a manifest beside the web pages.

    A web page can be shown anywhere, but without a manifest an LMS does not know what to start, and the
    pages report nothing. Put them on a web server or into an LMS as files; for status and score, export the
    course as a package.
    """
    if _nothing_inside(package) or any(path.lower().endswith(".zip") for path in package.tree):
        return
    if package.pages:
        first = min(package.pages, key=lambda path: (path.count("/"), path))
        yield Problem(package.whole, f"these are web pages ({first}) without a manifest", ASK)


_OTHER_IMS = {
    "imscc": "an IMS Common Cartridge",
    "imsccv1p": "an IMS Common Cartridge",
    "imsqti": "a package of questions (IMS QTI)",
}


@STRANGERS.rule(17, "other-ims-package", Severity.ERROR, spec="IMS Common Cartridge; IMS QTI")
def other_ims_package(package: Package) -> Iterator[Problem]:
    """The manifest is SCORM's, and not that of a Common Cartridge or a package of questions.

    They have an `imsmanifest.xml` too, but nothing in them is launched and tracked as SCORM. LMSs import
    them in other places: as a course, or into the question bank.
    """
    root = package.roots.get("imsmanifest.xml")
    if not isinstance(root, Element):
        return
    version = root.scope.get(root.prefix, "").lower()
    types = {part.attributes.get("type", "").lower() for part in root.walk() if part.name == "resource"}
    for mark, what in _OTHER_IMS.items():
        questions = types and all(mark in kind or "associatedcontent" in kind for kind in types)
        if mark in version or questions:
            location = package.at(package.name_of("imsmanifest.xml"), root.place)
            yield Problem(location, f"this is {what}, not SCORM", ASK)
            return
