"""PKG-001 to PKG-019: whether it is a package, of which standard, and whether its manifest can be read."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.package import MANIFESTS, Kind, Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.strangers import is_known
from kurspakke.xmltree import DOCTYPE, NOT_WELL_FORMED, TOO_LARGE, XmlError
from kurspakke.zipmember import FaultKind

GATE: Family[Package] = Family("PKG")
"""Whoever breaks one of these is no package that could be looked into any further."""

FORM: Family[Package] = Family("PKG")


@GATE.rule(1, "not-a-zip", Severity.ERROR, spec="SCORM 1.2 CAM 2.3 (PIF); cmi5 14.1.0.0-1")
def not_a_zip(package: Package) -> Iterator[Problem]:
    """A package is a zip whose directory can be read.

    An upload that was cut off, a web page saved under the name of a zip, a RAR or 7z archive: every LMS
    refuses them. Make the zip anew and compare its size before and after the transfer.
    """
    for fault in package.archive.faults if package.archive else ():
        if fault.kind is FaultKind.BROKEN and not is_known(package):
            hint = "make the zip anew, and check that the whole of it was transferred"
            yield Problem(package.whole, f"this is not a readable zip: {fault.message}", hint)


@GATE.rule(2, "no-manifest", Severity.ERROR, spec="SCORM 1.2 CAM 2.3; cmi5 14.1.0.0-2; Tin Can packaging")
def no_manifest(package: Package) -> Iterator[Problem]:
    """A package has a manifest: `imsmanifest.xml` (SCORM), `tincan.xml` (Tin Can) or `cmi5.xml` (cmi5).

    Without it no LMS knows what to start. Export again from the authoring tool, and choose SCORM 1.2.
    """
    if package.kinds or not_readable(package) or _is_lost(package):
        return
    if not is_known(package):
        message = f"there is no manifest: none of {', '.join(MANIFESTS)}"
        yield Problem(package.whole, message, "export it again as SCORM 1.2, xAPI (Tin Can) or cmi5")


def _is_lost(package: Package) -> bool:
    """Whether there is a manifest that can't be unpacked: the archive's own rules say why."""
    return any(path.rpartition("/")[2].lower() in MANIFESTS for path in package.faulty)


def not_readable(package: Package) -> bool:
    """Whether the archive could not be read at all."""
    return package.archive is not None and package.archive.directory is None


@FORM.rule(3, "manifest-not-at-root", Severity.ERROR, spec="SCORM 1.2 CAM 2.3; cmi5 14.1.0.0-2")
def manifest_not_at_root(package: Package) -> Iterator[Problem]:
    """The manifest lies at the root of the zip, not in a folder inside it.

    The most frequent reason for a refused upload: somebody zipped the folder instead of what is in it.
    Moodle and most others refuse; Open edX tolerates it. Mark everything inside the folder, then zip that.
    (Tin Can has a rule of its own, XAP-001, since its standard allows a folder.)
    """
    if package.home and package.kind is not Kind.XAPI:
        name = next(iter(package.manifests))
        hint = f"zip what is inside {package.home.rstrip('/')}, not the folder itself"
        yield Problem(package.at(package.name_of(name)), f"{name} is not at the root of the package", hint)


@FORM.rule(4, "manifest-name-in-wrong-case", Severity.ERROR, spec="SCORM 1.2 CAM 2.3; cmi5 14.1.0.0-2")
def manifest_name_in_wrong_case(package: Package) -> Iterator[Problem]:
    """The manifest's name is exactly `imsmanifest.xml`, `tincan.xml` or `cmi5.xml`, in lower case.

    Most LMSs run on Linux, where `ImsManifest.xml` is another file; Moodle refuses the package. Rename the
    file.
    """
    for standard in package.manifests:
        written = package.name_of(standard)
        if written != standard:
            yield Problem(package.at(written), f"{written} is not {standard}", f"rename it to {standard}")


@FORM.rule(5, "several-standards", Severity.WARNING)
def several_standards(package: Package) -> Iterator[Problem]:
    """A package follows one standard.

    An LMS that knows several takes the one it looks for first, so the same zip may be tracked by SCORM here
    and by xAPI there, or started twice. Make one zip per standard.
    """
    if len(package.manifests) > 1:
        names = " and ".join(package.manifests)
        yield Problem(package.whole, f"there are several manifests: {names}", "make one package per standard")


@FORM.rule(6, "manifest-not-first", Severity.NOTE)
def manifest_not_first(package: Package) -> Iterator[Problem]:
    """The manifest is the first member of the zip.

    No standard asks for it and most LMSs do not mind, but programs that read the zip as a stream find out
    at once what they are getting. kurspakke writes it first.
    """
    directory = package.archive.directory if package.archive else None
    if directory and directory.entries and package.manifests:
        first = directory.entries[0].name
        if first not in package.manifests.values():
            name = next(iter(package.manifests))
            place = package.at(package.name_of(name))
            yield Problem(
                place, f"{name} is not first in the zip, {first} is", f"put {name} first when zipping"
            )


def _errors(package: Package, reason: str) -> Iterator[tuple[str, XmlError]]:
    for name, root in package.roots.items():
        if isinstance(root, XmlError) and root.reason == reason:
            yield name, root


@FORM.rule(7, "manifest-not-well-formed", Severity.ERROR, spec="XML 1.0, 2.1")
def manifest_not_well_formed(package: Package) -> Iterator[Problem]:
    """The manifest is well-formed XML in the encoding it names.

    Moodle stops with a bare white page in the middle of saving. Usual causes: `&` instead of `&amp;`, HTML
    entities such as `&nbsp;` or `&aring;`, an end tag that was cut off, and a file saved in another
    encoding than its first line says. Nothing else in the manifest is judged until this is mended.
    """
    for name, error in _errors(package, NOT_WELL_FORMED):
        location = package.at(package.name_of(name), error.line)
        hint = "mend the XML at this place, and save the file as UTF-8"
        yield Problem(location, f"{name} is not well-formed: {error.message}", hint)


@FORM.rule(8, "manifest-with-doctype", Severity.ERROR)
def manifest_with_doctype(package: Package) -> Iterator[Problem]:
    """The manifest has no DOCTYPE.

    These standards use XML Schema and have none. A DOCTYPE can define entities that read foreign files or
    blow up in memory, so careful LMSs refuse it, and so do we. Take the line out.
    """
    for name, error in _errors(package, DOCTYPE):
        location = package.at(package.name_of(name), error.line)
        yield Problem(location, f"{name} has a DOCTYPE", "take the DOCTYPE out, with any entities it defines")


@FORM.rule(9, "manifest-too-large", Severity.ERROR)
def manifest_too_large(package: Package) -> Iterator[Problem]:
    """The manifest is of a size that people and LMSs can handle.

    Real manifests have some hundred kilobytes at most. One of many megabytes is broken or an attack.
    """
    for name, error in _errors(package, TOO_LARGE):
        location = package.at(package.name_of(name))
        yield Problem(
            location, f"{name} is too large: {error.message}", "make it smaller, or split the course"
        )


_ROOT_ELEMENTS = {"imsmanifest.xml": "manifest", "tincan.xml": "tincan", "cmi5.xml": "courseStructure"}


@FORM.rule(10, "wrong-root-element", Severity.ERROR, spec="IMS CP 1.1.2; tincan.xsd; cmi5 13.2.0.0-1")
def wrong_root_element(package: Package) -> Iterator[Problem]:
    """The manifest's outermost element is the one its standard names.

    `manifest` in imsmanifest.xml, `tincan` in tincan.xml, `courseStructure` in cmi5.xml. Otherwise the file
    is something else under that name, and nothing in it is found.
    """
    for name, root in package.roots.items():
        expected = _ROOT_ELEMENTS[name]
        if not isinstance(root, XmlError) and root.name != expected:
            location = package.at(package.name_of(name), root.place)
            message = f"the outermost element of {name} is <{root.name}>, not <{expected}>"
            yield Problem(location, message, f"export the package again: this is not a {name}")


@FORM.rule(11, "zip64-extension", Severity.WARNING, spec="SCORM 1.2 CAM 2.3 (PKZIP 2.04g)")
def zip64_extension(package: Package) -> Iterator[Problem]:
    """The zip is of the old form, without the zip64 extension.

    SCORM 1.2 names a zip format older than zip64, and not every LMS reads the newer one (Moodle does; cmi5
    allows it). Only packages over 4 GB or 65,535 files need it; some programs write it for smaller ones
    too.
    """
    directory = package.archive.directory if package.archive else None
    if directory and directory.is_zip64 and package.kind is not Kind.CMI5:
        yield Problem(package.whole, "the zip is a zip64", "zip it with a program that writes the older form")


@FORM.rule(12, "byte-order-mark", Severity.NOTE)
def byte_order_mark(package: Package) -> Iterator[Problem]:
    """The manifest is UTF-8 without a byte order mark.

    Correct XML with or without, and Moodle reads it; a few older importers take the mark for text in front
    of the XML declaration and stop. Save the file as "UTF-8", not as "UTF-8 with BOM".
    """
    for name, path in package.manifests.items():
        if not isinstance(package.roots[name], XmlError) and package.bytes_of(path).startswith(
            b"\xef\xbb\xbf"
        ):
            location = package.at(package.name_of(name), 1)
            yield Problem(location, f"{name} begins with a byte order mark", "save it as UTF-8 without BOM")
