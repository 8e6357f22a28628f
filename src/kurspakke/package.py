"""A package as rules look at it: its files, what kinds of package it is, and its parts parsed once each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from itertools import islice

from kurspakke.filetree import FileTree
from kurspakke.findings import Location
from kurspakke.formats import cmi5_manifest, scorm12_manifest, xapi_manifest
from kurspakke.formats.cmi5_manifest import CourseStructure
from kurspakke.formats.scorm12_manifest import Manifest
from kurspakke.formats.xapi_manifest import Tincan
from kurspakke.hrefs import Href, folder_of, resolve
from kurspakke.htmlpage import Link, Use
from kurspakke.limits import DEFAULT_LIMITS, Clock, Limits
from kurspakke.pages import Pages
from kurspakke.webtext import Script, script, style_links
from kurspakke.xmltree import MAX_BYTES, TOO_LARGE, Element, Place, XmlError, parse
from kurspakke.zipmember import DamagedMemberError
from kurspakke.zipreader import Archive


class Kind(StrEnum):
    """What a target of the validator is."""

    SOURCE = "source"
    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    XAPI = "xapi"
    CMI5 = "cmi5"
    WEB = "web"
    UNKNOWN = "unknown"


MANIFESTS = ("imsmanifest.xml", "tincan.xml", "cmi5.xml")
"""The files by which LMSs recognise packages, in the order in which most of them look."""

PAGES, STYLES, SCRIPTS = (".html", ".htm", ".xhtml"), (".css",), (".js", ".mjs")
"""How the names of pages, style sheets and scripts end."""

MAX_PACKAGE_LINKS = 100_000
"""So many links of a package are looked at: of the largest course there is, some ten thousand are known."""

_NO_BYTES = b""


@dataclass(frozen=True, slots=True)
class Mention:
    """A file that a manifest names; `is_launch` when it is what an LMS opens."""

    manifest: str
    place: Place
    href: Href
    is_launch: bool


class Package:
    """A package at `path`, as the user knows that path.

    `tree` holds all its files. `home` is the folder in which the manifests lie, empty or ending in `/`;
    `files` are the files below it by the paths that manifests use. `archive` is what a zip said about
    itself. `is_bare` tells that there is a manifest and nothing else, so that nobody misses the files. `head`
    is how the file begins: it tells what a file is that is no zip. `limits` are what it may ask of whoever looks
    at it, `clock` counts its time.
    """

    def __init__(  # noqa: PLR0913 - what a package is, and how it is looked at
        self,
        path: str,
        tree: FileTree,
        *,
        archive: Archive | None = None,
        is_bare: bool = False,
        head: bytes = b"",
        limits: Limits = DEFAULT_LIMITS,
        clock: Clock | None = None,
    ) -> None:
        self.path = path
        self.tree = tree
        self.archive = archive
        self.is_bare = is_bare
        self.head = head
        self.limits = limits
        self.clock = clock or Clock()

    def at(self, name: str, place: Place | int = 0) -> Location:
        """A place in the file `name` below `home`, as the user can find it."""
        spot = Place(place) if isinstance(place, int) else place
        inside = self.home + name
        path = self.path if self.is_bare else f"{self.path}/{inside}"
        return Location(path, spot.line, spot.column)

    @property
    def whole(self) -> Location:
        """The package as a place."""
        return Location(self.path)

    @cached_property
    def faulty(self) -> frozenset[str]:
        """The members that a zip's reader found fault with, by the paths they would have; most are not in `tree`."""
        faults = self.archive.faults if self.archive else ()
        return frozenset(fault.name.replace("\\", "/") for fault in faults)

    @cached_property
    def manifests(self) -> Mapping[str, str]:
        """The paths of the manifests that count, by their standard names.

        They lie in one folder: the one nearest to the root. Names in the wrong case are taken too, so that
        a rule can name that one mistake and the others can still look inside.
        """
        found: dict[str, dict[str, str]] = {}
        for path in self.tree:
            folder = folder_of(path)
            name = path[len(folder) :]
            standard = name.lower()
            if standard in MANIFESTS and (name == standard or standard not in found.get(folder, {})):
                found.setdefault(folder, {})[standard] = path
        if not found:
            return {}
        nearest = min(found, key=lambda folder: (folder.count("/"), folder))
        return {name: found[nearest][name] for name in MANIFESTS if name in found[nearest]}

    @cached_property
    def home(self) -> str:
        """The folder of the manifests; the root when there are none."""
        return next((folder_of(path) for path in self.manifests.values()), "")

    @cached_property
    def files(self) -> FileTree:
        """The files below `home` by their paths from there."""
        if not self.home:
            return self.tree
        below = {
            path[len(self.home) :]: file for path, file in self.tree.items() if path.startswith(self.home)
        }
        return FileTree(below)

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """The paths below `home` by their lower-case form: for links that are right but for the case."""
        return {path.lower(): path for path in self.files}

    @cached_property
    def roots(self) -> Mapping[str, Element | XmlError]:
        """Each manifest's root element by its standard name, or why it can't be read."""
        return {name: self._root(path) for name, path in self.manifests.items()}

    def _root(self, path: str) -> Element | XmlError:
        file = self.tree[path]
        if file.size > MAX_BYTES:
            return XmlError(TOO_LARGE, f"{file.size:,} bytes, the limit is {MAX_BYTES:,}")
        try:
            return parse(self.bytes_of(path))
        except XmlError as error:
            return error

    def bytes_of(self, path: str) -> bytes:
        """The bytes of a file by its path in `tree`; none where they are damaged or too many: other rules tell that.

        Raises:
            OutOfTimeError: the time for this package is used up.
        """
        return _bytes_of(self.tree, self.limits, self.clock, path)

    def name_of(self, manifest: str) -> str:
        """The name below `home` of the manifest with that standard name."""
        return self.manifests[manifest][len(self.home) :]

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Every standard that the package follows, or nearly; WEB for our own packages without an LMS."""
        kinds = tuple(_kind(name, self.roots[name]) for name in self.manifests)
        if not kinds and self._is_web:
            return (Kind.WEB,)
        return kinds

    @property
    def kind(self) -> Kind:
        """The standard by which most LMSs would take the package."""
        return self.kinds[0] if self.kinds else Kind.UNKNOWN

    @property
    def _is_web(self) -> bool:
        page = self.pages.get("index.html")
        return page is not None and page.root is not None and page.root.get("data-format") == "web"

    @cached_property
    def scorm(self) -> Manifest | None:
        """The SCORM manifest, of 1.2 or 2004; None where there is none or it is something else."""
        root = self._root_named("imsmanifest.xml", "manifest")
        return scorm12_manifest.of_element(root) if root else None

    @cached_property
    def tincan(self) -> Tincan | None:
        """The Tin Can package description; None where there is none or it is something else."""
        root = self._root_named("tincan.xml", "tincan")
        return xapi_manifest.of_element(root) if root else None

    @cached_property
    def cmi5(self) -> CourseStructure | None:
        """The cmi5 course structure; None where there is none or it is something else."""
        root = self._root_named("cmi5.xml", "courseStructure")
        return cmi5_manifest.of_element(root) if root else None

    def _root_named(self, manifest: str, name: str) -> Element | None:
        root = self.roots.get(manifest)
        return root if isinstance(root, Element) and root.name == name else None

    @cached_property
    def pages(self) -> Pages:
        """The HTML pages below `home` by their paths. Keep what you learn of a page rather than the page."""
        names = (path for path in self.files if path.lower().endswith(PAGES))
        # They do not hold the package that holds them: it is let go of, with all its pages, when nobody needs it.
        return Pages(names, partial(_bytes_of, self.files, self.limits, self.clock), self.limits.kept)

    @cached_property
    def has_frames(self) -> bool:
        """Whether any page has frames of its own."""
        return any(self.pages.each(lambda page: [True] if page.all("iframe", "frame") else ()))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What pages and style sheets point at: everything, of packages that people can have made."""
        return tuple(self._some(self._links()))

    def _some(self, links: Iterator[Link]) -> Iterator[Link]:
        room = self.limits.at_once
        for link in islice(links, MAX_PACKAGE_LINKS):
            room -= len(link.href.written) + len(link.href.path)
            if room < 0:
                return
            yield link

    def _links(self) -> Iterator[Link]:
        yield from self.pages.each(lambda page: page.links)
        for path in self.files:
            if path.lower().endswith(STYLES):
                for link in style_links(self.bytes_of(self.home + path)):
                    href = resolve(link.written, folder_of(path))
                    yield Link(href, Use.STYLE, "", path, link.line)

    @cached_property
    def scripts(self) -> Mapping[str, Script]:
        """What the scripts below `home` do, by their paths."""
        names = (path for path in self.files if path.lower().endswith(SCRIPTS))
        return {name: script(self.bytes_of(self.home + name)) for name in names}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The pages that a learner can come to by frames and links from what is launched."""
        start = {mention.href.path for mention in self.mentions if mention.is_launch} or {"index.html"}
        leads: dict[str, set[str]] = {}
        for link in self.links:
            leads.setdefault(link.source, set()).add(link.href.path)
        found, waiting = set[str](), start & self.pages.keys()
        while waiting:
            found |= waiting
            waiting = {path for page in waiting for path in leads.get(page, ())} & self.pages.keys() - found
        return frozenset(found)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every file that a manifest names."""
        return tuple(self._mentions())

    def _mentions(self) -> Iterator[Mention]:
        if self.scorm:
            name = self.name_of("imsmanifest.xml")
            for manifest in self.scorm.walk():
                yield from _scorm_mentions(name, manifest)
        for activity in self.tincan.activities if self.tincan else ():
            for link in (*activity.launches, *activity.resources):
                yield Mention(self.name_of("tincan.xml"), link.place, resolve(link.text), is_launch=True)
        for unit in self.cmi5.aus() if self.cmi5 else ():
            for link in unit.urls:
                yield Mention(self.name_of("cmi5.xml"), link.place, resolve(link.text), is_launch=True)


def _bytes_of(files: FileTree, limits: Limits, clock: Clock, path: str) -> bytes:
    clock.check()
    file = files[path]
    if file.size > limits.at_once:
        return _NO_BYTES
    try:
        return file.read()
    except DamagedMemberError:
        return _NO_BYTES


def _scorm_mentions(name: str, manifest: Manifest) -> Iterator[Mention]:
    for resource in manifest.every_resource():
        if resource.href is not None:
            href = resolve(scorm12_manifest.join(resource.base, resource.href))
            yield Mention(name, resource.place, href, is_launch=True)
        for file in resource.files:
            if file.href is not None:
                href = resolve(scorm12_manifest.join(resource.base, file.href))
                yield Mention(name, file.place, href, is_launch=False)


def _kind(manifest: str, root: Element | XmlError) -> Kind:
    if manifest == "tincan.xml":
        return Kind.XAPI
    if manifest == "cmi5.xml":
        return Kind.CMI5
    return Kind.SCORM2004 if isinstance(root, Element) and _is_2004(root) else Kind.SCORM12


_VERSION_2004 = re.compile(r"(CAM )?1\.3|.*2004.*")


def _is_2004(root: Element) -> bool:
    """By the schema version; by the namespaces where that says nothing (SCORM 2004 CAM 3.4.1)."""
    versions = [
        version.text.strip()
        for metadata in root.named("metadata")
        for version in metadata.named("schemaversion")
    ]
    if versions and _VERSION_2004.fullmatch(versions[0]):
        return True
    return versions[:1] != ["1.2"] and any("adlcp_v1p3" in namespace for namespace in root.scope.values())
