"""The table of contents of a package: what an LMS lists, and what of it can be launched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kurspakke.formats import scorm12_manifest
from kurspakke.formats.cmi5_manifest import Part
from kurspakke.formats.scorm12_manifest import Item, Manifest, Resource
from kurspakke.formats.xapi_manifest import LangText
from kurspakke.package import Kind, Package

WEB_ENTRY = "index.html"
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `level` 0 is the outermost.

    `path` is the file that is launched, from the package's root and with its query, as written in the manifest:
    None for a heading. `elsewhere` is the address of what lies outside of the package. The others are what the
    manifest says about it: SCORM's pass mark, launch data, time limits and prerequisites.
    """

    id: str
    title: str
    level: int
    path: str | None
    elsewhere: str = ""
    mastery: str = ""
    data: str = ""
    max_time: str = ""
    time_limit_action: str = ""
    prerequisites: str = ""


def toc(package: Package, language: str = "nb") -> Sequence[Entry]:
    """The entries in their order; of a package of no standard that is known, its first page."""
    if package.kind in {Kind.SCORM12, Kind.SCORM2004} and package.scorm:
        return tuple(_scorm(package, package.scorm))
    if package.kind is Kind.XAPI and package.tincan:
        return tuple(
            _entry(
                package, activity.id or "", text_in(activity.names, language), 0, activity.launches[0].text
            )
            for activity in package.tincan.activities
            if activity.launches
        )
    if package.kind is Kind.CMI5 and package.cmi5:
        return tuple(entry for part in package.cmi5.parts for entry in _cmi5(package, part, language, 0))
    if WEB_ENTRY in package.files:
        return (Entry("index", package.path, 0, package.home + WEB_ENTRY),)
    return ()


def launchable(entries: Sequence[Entry], wanted: str | None = None) -> Entry | None:
    """The entry with that id, or else the first one that can be launched."""
    able = [entry for entry in entries if entry.path is not None]
    return next((entry for entry in able if entry.id == wanted), able[0] if able else None)


def text_in(texts: Sequence[LangText], language: str) -> str:
    """The text in that language, or else in any."""
    chosen = [text for text in texts if (text.lang or "").split("-")[0] == language] or list(texts)
    return chosen[0].text if chosen else ""


def _entry(package: Package, own: str, title: str, level: int, href: str) -> Entry:
    if _ELSEWHERE.match(href):
        return Entry(own, title, level, None, elsewhere=href)
    return Entry(own, title, level, package.home + href)


def _scorm(package: Package, manifest: Manifest) -> Iterator[Entry]:
    chosen = manifest.organizations[0].default if manifest.organizations else None
    organizations = manifest.every_organization()
    shown = next((each for each in organizations if each.identifier == chosen), None)
    resources = {resource.identifier: resource for resource in manifest.every_resource()}
    for organization in [shown] if shown else organizations[:1]:
        for item in organization.items:
            yield from _item(package, item, resources, 0)


def _item(
    package: Package, item: Item, resources: Mapping[str | None, Resource], level: int
) -> Iterator[Entry]:
    if item.isvisible == "false" and not item.identifierref:
        return
    resource = resources.get(item.identifierref) if item.identifierref else None
    title = item.titles[0].text if item.titles else item.identifier or ""
    path, elsewhere = None, ""
    if resource and resource.href:
        href = with_parameters(scorm12_manifest.join(resource.base, resource.href), item.parameters or "")
        elsewhere = href if _ELSEWHERE.match(href) else ""
        path = None if elsewhere else package.home + href
    yield Entry(
        item.identifier or "",
        title,
        level,
        path,
        elsewhere,
        mastery=_first(item.masteryscore),
        data=_first(item.datafromlms),
        max_time=_first(item.maxtimeallowed),
        time_limit_action=_first(item.timelimitaction),
        prerequisites=item.prerequisites[0].text.strip() if item.prerequisites else "",
    )
    for inner in item.items:
        yield from _item(package, inner, resources, level + 1)


def with_parameters(href: str, parameters: str) -> str:
    """An item's `parameters` joined to the address (SCORM 1.2 CAM 2.3.5.4, SCORM 2004 CAM 3.4.1.13)."""
    rest = parameters.lstrip("?&")
    if not rest:
        return href
    if rest.startswith("#"):
        return href if "#" in href else href + rest
    path, hash_, fragment = href.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{rest}{hash_}{fragment}"


def _first(texts: Sequence[scorm12_manifest.Text]) -> str:
    return texts[0].text.strip() if texts else ""


def _cmi5(package: Package, part: Part, language: str, level: int) -> Iterator[Entry]:
    title = text_in(part.titles[0].strings, language) if part.titles else part.id or ""
    if part.kind == "au" and part.urls:
        yield _entry(package, part.id or "", title, level, part.urls[0].text)
    else:
        yield Entry(part.id or "", title, level, None)
    for inner in part.parts:
        yield from _cmi5(package, inner, language, level + 1)
