"""PKG-060 to PKG-071: what the manifests, pages, style sheets and scripts of a package point at."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Location, Severity
from kurspakke.formats.scorm12_manifest import Text
from kurspakke.hrefs import Href, Reach, resolve
from kurspakke.htmlpage import Link, Use
from kurspakke.package import Mention, Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.names import is_junk, summed

REFERENCES: Family[Package] = Family("PKG")


def _of(package: Package, mention: Mention) -> Location:
    return package.at(mention.manifest, mention.place)


def _at(package: Package, link: Link) -> Location:
    return package.at(link.source, link.line)


def _hint_for(package: Package, path: str, otherwise: str) -> str:
    """What to do about a missing file: often only the case is wrong."""
    if other := package.folded.get(path.lower()):
        return f"the file is called {other}: upper and lower case must match"
    return otherwise


def _is_missing(package: Package, href: Href) -> bool:
    """Whether a link leads to a file that is not there; one that the zip lost is the zip's fault."""
    if href.path in package.files or href.reach is not Reach.INSIDE or _is_folder(package, href.path):
        return False
    return package.home + href.path not in package.faulty


def _is_folder(package: Package, path: str) -> bool:
    """A link to a folder is for the server to answer; it is no file that is missing."""
    return f"{path}/index.html" in package.files


@REFERENCES.rule(
    60, "missing-file", Severity.ERROR, spec="SCORM 1.2 CAM 2.3.2 (resource, file); cmi5 14.1.0.0-4"
)
def missing_file(package: Package) -> Iterator[Problem]:
    """Every file that the manifest names is in the package, under exactly that name.

    Compared after decoding `%20` and its like and cutting off `?` and `#`; upper and lower case count,
    since most LMSs run on Linux. Moodle imports such a package without a word, and the learner meets an
    empty page. Put the file in, or correct the manifest.
    """
    if package.is_bare:
        return
    for mention in dict.fromkeys(package.mentions):
        href = mention.href
        if "\\" not in href.written and _is_missing(package, href):
            what = "the file to launch" if mention.is_launch else "the file"
            hint = _hint_for(package, href.path, "put the file into the package, or take the line out")
            yield Problem(_of(package, mention), f"{what}, {href.path}, is not in the package", hint)


@REFERENCES.rule(61, "unlisted-file", Severity.WARNING, spec="IMS CP 1.1.2, file")
def unlisted_file(package: Package) -> Iterator[Problem]:
    """Every file of a SCORM package is listed in a `file` element of its manifest.

    ADL's test does not mind, and Moodle unpacks everything; but some importers copy only what is listed,
    and the course then lacks pictures there. The schema files and the manifest itself need not be listed.
    """
    if not package.scorm or package.is_bare:
        return
    listed = {mention.href.path for mention in package.mentions}
    extra = (
        path
        for path in package.files
        if path not in listed and not is_junk(path) and not _is_control(package, path)
    )
    if found := summed(extra, "files that the manifest does not list"):
        yield Problem(package.at(found[0]), found[1], "list them as <file> of the resource that uses them")


def _is_control(package: Package, path: str) -> bool:
    """The files that describe the package rather than belong to its content."""
    if package.home + path in package.manifests.values() or path.lower().endswith((".xsd", ".dtd")):
        return True
    return any(path == text.text for text in _metadata_files(package))


def _metadata_files(package: Package) -> Iterator[Text]:
    for manifest in package.scorm.walk() if package.scorm else ():
        for metadata in manifest.every_metadata():
            yield from metadata.locations


@REFERENCES.rule(
    62, "absolute-path-in-manifest", Severity.ERROR, spec="ADL test suite 1.2.7: no leading slash"
)
def absolute_path_in_manifest(package: Package) -> Iterator[Problem]:
    """The manifest's paths begin at the package, not at the root of a server or a disk.

    `/index.html`, `C:` and `file:` mean something else on every LMS. Write the path from the folder of the
    manifest, without a slash in front.
    """
    for mention in package.mentions:
        if mention.href.reach is Reach.ROOT:
            message = f"{mention.href.written} is an absolute path"
            yield Problem(_of(package, mention), message, "write it from the folder of the manifest on")


@REFERENCES.rule(63, "path-out-of-package", Severity.ERROR)
def path_out_of_package(package: Package) -> Iterator[Problem]:
    """No path leads up out of the package by `..`.

    Behind it lies another course's or the server's own file: careful LMSs refuse the package.
    """
    hint = "put the file into the package and write its path from there"
    for mention in package.mentions:
        if mention.href.reach is Reach.OUTSIDE:
            yield Problem(_of(package, mention), f"{mention.href.written} leads out of the package", hint)
    for link in package.links:
        if link.href.reach is Reach.OUTSIDE and link.use is not Use.FOLLOW:
            yield Problem(_at(package, link), f"{link.href.written} leads out of the package", hint)


@REFERENCES.rule(64, "backslash-in-path", Severity.ERROR, spec="RFC 3986, 3.3")
def backslash_in_path(package: Package) -> Iterator[Problem]:
    """Folders in the manifest's paths are parted by `/`.

    A backslash is part of the name to everything but Windows: Moodle answers 404. Write `/`.
    """
    for mention in package.mentions:
        if "\\" in mention.href.written and mention.href.reach is Reach.INSIDE:
            message = f"{mention.href.written} has a backslash"
            yield Problem(_of(package, mention), message, "write '/' between folders")


def _as_browsers_do(href: Href) -> Href:
    """Browsers take a backslash in a link for a slash."""
    return resolve(href.path.replace("\\", "/")) if "\\" in href.path else href


@REFERENCES.rule(65, "broken-reference", Severity.ERROR)
def broken_reference(package: Package) -> Iterator[Problem]:
    """Every file that a page loads is in the package, under exactly that name.

    Pictures, scripts, style sheets, frames, videos and captions, of the pages that learners come to by
    links and frames from the one that is launched. Upper and lower case count: what works on the author's
    Windows machine is a 404 on the LMS. Put the file in, or correct the link.
    """
    yield from _broken(package, needed=True)


@REFERENCES.rule(66, "broken-link", Severity.WARNING)
def broken_link(package: Package) -> Iterator[Problem]:
    """Every file that a link, a style sheet or a page off the learner's way points at is in the package.

    The learner who follows the link meets the LMS's error page; a style sheet's missing font or picture is
    replaced or left out. Put the file in, or correct the link.
    """
    yield from _broken(package, needed=False)


def _broken(package: Package, *, needed: bool) -> Iterator[Problem]:
    """The links to missing files: those that a page on the learner's way needs, or all the others."""
    hint = "put the file into the package, or correct the link"
    for link in package.links:
        if link.href.path in package.files or not _is_missing(package, _as_browsers_do(link.href)):
            continue
        is_needed = link.use is Use.LOAD and link.source in package.reachable
        if is_needed is needed:
            message = f"{link.href.written} is not in the package"
            yield Problem(_at(package, link), message, _hint_for(package, link.href.path, hint))


@REFERENCES.rule(67, "root-absolute-url", Severity.ERROR)
def root_absolute_url(package: Package) -> Iterator[Problem]:
    """Pages and style sheets have relative links only.

    An LMS puts the package somewhere below its own addresses, so `/style.css` is the LMS's file, not yours;
    `C:` and `file:` are on the author's machine. Write the path from the page on.
    """
    for link in package.links:
        if link.href.reach is Reach.ROOT:
            message = f"{link.href.written} begins at the root of the server or of a disk"
            yield Problem(
                _at(package, link), message, "write the path from this file on, without a slash in front"
            )


@REFERENCES.rule(68, "request-to-other-host", Severity.WARNING)
def request_to_other_host(package: Package) -> Iterator[Problem]:
    """Nothing is loaded from other hosts; ordinary links to the web are fine.

    Each such request tells a third party who learns what and when, which needs a legal ground of its own
    (GDPR, article 6); it fails behind strict firewalls and content security policies, and KnowBe4 refuses
    such packages. The course also stops working the day the other host changes. Put the file into the
    package.
    """
    for link in package.links:
        if link.use is not Use.FOLLOW and link.href.reach is Reach.HOST and not _is_blocked(link):
            message = f"{link.href.written} is loaded from another host"
            yield Problem(_at(package, link), message, "put the file into the package and link to it there")


_SHOWN = frozenset({"img", "image", "input", "audio", "video", "source"})


def _is_blocked(link: Link) -> bool:
    """Whether browsers refuse the request from a page on https; pictures and media they try by https."""
    return link.use is Use.LOAD and link.href.scheme in {"http", "ws", "ftp"} and link.element not in _SHOWN


@REFERENCES.rule(69, "insecure-request", Severity.ERROR, spec="W3C Mixed Content")
def insecure_request(package: Package) -> Iterator[Problem]:
    """No script, style sheet or frame is loaded by unencrypted `http:`.

    LMSs are on `https:`, and browsers block these from `http:` there: they are simply not loaded. Docebo
    refuses the package. Put the file into the package.
    """
    for link in package.links:
        if link.href.reach is Reach.HOST and _is_blocked(link):
            message = f"{link.href.written} is loaded without encryption"
            yield Problem(_at(package, link), message, "put the file into the package and link to it there")


@REFERENCES.rule(70, "script-calls-other-host", Severity.WARNING)
def script_calls_other_host(package: Package) -> Iterator[Problem]:
    """Scripts ask no other host than the LMS or the LRS it names.

    The same reasons as for pictures and styles (PKG-068). Only calls that name their host are found;
    addresses put together while running are not.
    """
    for path, script in package.scripts.items():
        for call in script.calls:
            message = f"the script asks {call.written}"
            yield Problem(package.at(path, call.line), message, "put what it needs into the package")


@REFERENCES.rule(71, "service-worker", Severity.WARNING)
def service_worker(package: Package) -> Iterator[Problem]:
    """No script registers a service worker.

    It would go on answering for the LMS's own addresses after the course is closed or replaced, and show
    learners the old version for ever. Many LMSs serve files in a way that makes the registration fail. Take
    it out.
    """
    for path, script in package.scripts.items():
        for call in script.workers:
            yield Problem(package.at(path, call.line), "a service worker is registered", "take the call out")
