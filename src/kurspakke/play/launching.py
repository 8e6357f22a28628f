"""What of a package is opened, and how its standard wants that done."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlencode

from kurspakke.formats.cmi5_manifest import Part
from kurspakke.formats.scorm12_manifest import Manifest, join
from kurspakke.package import Kind, Package
from kurspakke.play.telling import told12, told2004
from kurspakke.preview.toc import with_parameters

ORIGIN = "http://kurspakke.localhost"
"""No other machine has such a name (RFC 6761), and browsers trust it as they trust what is encrypted: nothing that
the content may do at `https:` is withheld. Whatever the browser asks it for is answered here."""
CONTENT = f"{ORIGIN}/content/"
_IN_ADDRESSES = "/%:+,;@!$'()*~&="
"""What stays in a path as the manifest has it, which writes addresses: blanks may be written as %20."""
ENDPOINT = f"{ORIGIN}/xapi/"
FETCH = f"{ORIGIN}/fetch"
RETURN = f"{ORIGIN}/return"
TOKEN = base64.b64encode(b"kari:hemmelig").decode()
REGISTRATION = "8b1f0b0a-5f5e-4c57-9a39-0f1f1d9f3a11"
SESSION = "session-1"
ACTOR = {
    "objectType": "Agent",
    "name": "Kari Ødegård",
    "account": {"homePage": ORIGIN, "name": "kari"},
}


@dataclass(frozen=True, slots=True)
class Launch:
    """What is opened: `path` in the package with its query, `activity` the id that statements are about.

    `told` are the elements of SCORM's data model that the manifest sets.
    """

    kind: Kind
    path: str
    activity: str = ""
    mastery: str = ""
    move_on: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def url(self, home: str) -> str:
        """The address that the LMS opens; what the standard hands over stands in it."""
        address, hash_, fragment = self.path.partition("#")
        path, question, query = address.partition("?")
        own = f"{CONTENT}{quote(home)}{quote(path, safe=_IN_ADDRESSES)}"
        handed = urlencode(self._parameters())
        more = "&".join(part for part in (query, handed) if part)
        return f"{own}?{more}{hash_}{fragment}" if more else own + question + hash_ + fragment

    def file(self, home: str) -> str:
        """The file in the package that is opened, by its name there."""
        return home + unquote(self.path.partition("#")[0].partition("?")[0])

    def _parameters(self) -> dict[str, str]:
        actor = json.dumps(ACTOR, ensure_ascii=False)
        if self.kind is Kind.XAPI:
            return {
                "endpoint": ENDPOINT,
                "auth": f"Basic {TOKEN}",
                "actor": actor,
                "registration": REGISTRATION,
                "activity_id": self.activity,
            }
        if self.kind is Kind.CMI5:
            return {
                "endpoint": ENDPOINT,
                "fetch": FETCH,
                "actor": actor,
                "registration": REGISTRATION,
                "activityId": self.activity,
            }
        return {}


def launches_of(package: Package) -> tuple[Launch, ...]:
    """Everything in the package that an LMS would open, in its order."""
    if package.kind in {Kind.SCORM12, Kind.SCORM2004} and package.scorm:
        return tuple(_scos(package.kind, package.scorm))
    if package.kind is Kind.XAPI and package.tincan:
        return tuple(
            Launch(Kind.XAPI, activity.launches[0].text, activity.id or "")
            for activity in package.tincan.activities
            if activity.launches
        )
    if package.kind is Kind.CMI5 and package.cmi5:
        return tuple(_unit(unit) for unit in package.cmi5.aus() if unit.urls)
    if package.kind is Kind.WEB:
        return (Launch(Kind.WEB, "index.html"),)
    return ()


def _unit(unit: Part) -> Launch:
    move_on = unit.move_on or "NotApplicable"
    return Launch(Kind.CMI5, unit.urls[0].text, unit.id or "", unit.mastery_score or "", move_on)


def _scos(kind: Kind, manifest: Manifest) -> Iterator[Launch]:
    resources = {resource.identifier: resource for resource in manifest.every_resource()}
    for item in manifest.every_item():
        resource = resources.get(item.identifierref)
        # Of SCORM 2004 only the lowest items are launched (CAM 3.4.1.8).
        if resource is None or not resource.href or (kind is Kind.SCORM2004 and item.items):
            continue
        path = with_parameters(join(resource.base, resource.href), item.parameters or "")
        told = told2004(manifest, item) if kind is Kind.SCORM2004 else told12(item)
        yield Launch(kind, path, item.identifier or "", told=told)
