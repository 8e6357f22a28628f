"""What an LMS and a learner's saved progress know a package by: everything that a comparison looks at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kurspakke.comparison.origin import Origin, origin_of
from kurspakke.comparison.player import Player, player_of
from kurspakke.comparison.wording import wording_of
from kurspakke.formats.scorm12_manifest import Item, Manifest, Resource
from kurspakke.package import Kind, Package
from kurspakke.xmltree import Element


@dataclass(frozen=True, slots=True)
class Launchable:
    """What an LMS opens and keeps results for: an item that shows a SCO or an asset, an AU, or an activity.

    `id` is what the LMS knows it by, `type` is sco, asset, au or activity, `resource` the identifier of the item's
    resource ("" outside SCORM), `launch` what is opened. `rules` holds what decides about the result, by the words of
    the standard: masteryscore, moveOn, prerequisites …
    """

    id: str
    title: str
    type: str
    resource: str
    launch: str
    rules: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """A file of the package: its size in bytes and the SHA-256 of what is in it."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A package as a comparison sees it.

    `identifier` is the manifest's, or the id of cmi5's course; `organization` the default one's. `activities` are all
    activity ids that the package declares, `player` what kurspakke's own player says of the content, None in packages
    by others; `origin` is whose edition of what it is, None where that is not certain. `wording` has the texts of each
    page, `files` all files by their paths.
    """

    path: str
    kinds: tuple[Kind, ...]
    identifier: str
    organization: str
    launchables: tuple[Launchable, ...]
    activities: frozenset[str]
    player: Player | None
    origin: Origin | None
    wording: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Content]

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(content.size for content in self.files.values())


def facts_of(package: Package) -> Facts:
    """The facts of a package that has no fault which would keep it from being read."""
    identifier, player = _identifier(package), player_of(package)
    return Facts(
        path=package.path,
        kinds=package.kinds,
        identifier=identifier,
        organization=_organization(package),
        launchables=tuple(_launchables(package)),
        activities=frozenset(_activities(package)),
        player=player,
        origin=origin_of(package, identifier, player) if player else None,
        wording={path: wording_of(page) for path, page in package.pages.items()},
        files={path: Content(file.size, file.sha256) for path, file in package.tree.items()},
    )


def _identifier(package: Package) -> str:
    if package.scorm:
        return package.scorm.identifier or ""
    if package.cmi5 and package.cmi5.courses:
        return package.cmi5.courses[0].id or ""
    return next((launchable.id for launchable in _launchables(package)), "")


def _organization(package: Package) -> str:
    if not package.scorm:
        return ""
    named = [part.default for part in package.scorm.organizations if part.default]
    first = [part.identifier for part in package.scorm.every_organization() if part.identifier]
    return next(iter([*named, *first]), "")


def _launchables(package: Package) -> Iterator[Launchable]:
    for manifest in package.scorm.walk() if package.scorm else ():
        yield from _items(manifest)
    for activity in package.tincan.activities if package.tincan else ():
        if activity.launches or activity.resources:
            launch = (*activity.launches, *activity.resources)[0].text
            title = activity.names[0].text if activity.names else ""
            yield Launchable(activity.id or "", title, "activity", "", launch, {"type": activity.type or ""})
    for unit in package.cmi5.aus() if package.cmi5 else ():
        title = next((text.text for texts in unit.titles for text in texts.strings), "")
        launch = unit.urls[0].text if unit.urls else ""
        # Left out, an AU has to be left only (cmi5 13.1.4).
        rules = {"moveOn": unit.move_on or "NotApplicable", "masteryScore": unit.mastery_score or ""}
        yield Launchable(unit.id or "", title, "au", "", launch, rules)


def _items(manifest: Manifest) -> Iterator[Launchable]:
    resources = {resource.identifier: resource for resource in manifest.every_resource()}
    for item in manifest.every_item():
        resource = resources.get(item.identifierref) if item.identifierref else None
        if resource is not None:
            yield _item(item, resource)


def _item(item: Item, resource: Resource) -> Launchable:
    first = {
        "masteryscore": item.masteryscore,
        "maxtimeallowed": item.maxtimeallowed,
        "timelimitaction": item.timelimitaction,
        "datafromlms": item.datafromlms,
    }
    rules = {name: texts[0].text for name, texts in first.items() if texts}
    if item.prerequisites:
        rules["prerequisites"] = item.prerequisites[0].text.strip()
    if item.isvisible not in {None, "true"}:
        rules["isvisible"] = item.isvisible or ""
    title = item.titles[0].text if item.titles else ""
    kind = "sco" if resource.is_sco else "asset"
    launch = (resource.href or "") + (item.parameters or "")
    return Launchable(item.identifier or "", title, kind, resource.identifier or "", launch, rules)


def sequencing(package: Package) -> str:
    """A sum over all sequencing of SCORM 2004 in the manifest, "" where there is none (SCORM 2004 SN 3)."""
    root = package.scorm.root if package.scorm else None
    parts = [part for part in root.walk() if part.name == "sequencing"] if root else []
    return hashlib.sha256("\n".join(map(_flat, parts)).encode()).hexdigest() if parts else ""


def _flat(element: Element) -> str:
    lines = (f"{part.name} {sorted(part.attributes.items())} {part.text.strip()}" for part in element.walk())
    return "\n".join(lines)


def _activities(package: Package) -> Iterator[str]:
    for activity in package.tincan.activities if package.tincan else ():
        yield activity.id or ""
    for part in package.cmi5.every_part() if package.cmi5 else ():
        yield part.id or ""
