"""What of a package is opened, and how its standard wants that done."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kurspakke.package import Kind, Package

ORIGIN = "http://kurspakke.localhost"
"""No other machine has such a name (RFC 6761), and browsers trust it as they trust what is encrypted: nothing that
the content may do at `https:` is withheld. Whatever the browser asks it for is answered here."""
CONTENT = f"{ORIGIN}/content/"
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
    """What is opened: `path` in the package with its query, `activity` the id that statements are about."""

    kind: Kind
    path: str
    activity: str = ""
    mastery: str = ""
    move_on: str = ""
    data: str = ""

    def url(self, home: str) -> str:
        """The address that the LMS opens; what the standard hands over stands in it."""
        path, question, query = self.path.partition("?")
        own = f"{CONTENT}{quote(home + path)}"
        handed = urlencode(self._parameters())
        more = "&".join(part for part in (query, handed) if part)
        return f"{own}?{more}" if more else own + question

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


def launch_of(package: Package) -> Launch | None:
    """The first thing in the package that an LMS would open; None where there is nothing."""
    if package.kind is Kind.SCORM12 and package.scorm:
        return _sco(package)
    if package.kind is Kind.XAPI and package.tincan:
        for activity in package.tincan.activities:
            if activity.launches:
                return Launch(Kind.XAPI, activity.launches[0].text, activity.id or "")
    if package.kind is Kind.CMI5 and package.cmi5:
        for unit in package.cmi5.aus():
            if unit.urls:
                move_on = unit.move_on or "NotApplicable"
                return Launch(Kind.CMI5, unit.urls[0].text, unit.id or "", unit.mastery_score or "", move_on)
    if package.kind is Kind.WEB:
        return Launch(Kind.WEB, "index.html")
    return None


def _sco(package: Package) -> Launch | None:
    manifest = package.scorm
    resources = {resource.identifier: resource for resource in manifest.every_resource()} if manifest else {}
    for item in manifest.every_item() if manifest else ():
        resource = resources.get(item.identifierref)
        if resource is not None and resource.href:
            mastery = item.masteryscore[0].text if item.masteryscore else ""
            data = item.datafromlms[0].text if item.datafromlms else ""
            path = resource.base + resource.href + (item.parameters or "")
            return Launch(Kind.SCORM12, path, item.identifier or "", mastery, "", data)
    return None
