"""The address at which content is launched: its own, with what Tin Can or cmi5 hand over added to the query.

Tin Can: RusticiSoftware's launch of content with an LRS; cmi5 8.1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote, unquote_plus

from kurspakke.hrefs import Reach, resolve
from kurspakke.package import Kind
from kurspakke.preview.origins import origin_of
from kurspakke.preview.sessions import Session

_IN_PATHS = "/~!$&'()*+,;=:@"


def content_address(offer_id: str, port: int, home: str, url: str) -> str:
    """Where the launch `url` of a manifest in the folder `home` is served, with its own query and fragment.

    Addresses at other hosts stay as they are.
    """
    href = resolve(url, home)
    if href.reach is not Reach.INSIDE:
        return url.strip()
    _, _, tail = url.strip().partition("#")
    query = f"?{href.query}" if href.query else ""
    fragment = f"#{tail}" if tail else ""
    return (
        f"{origin_of(offer_id, port)}/content/{offer_id}/{quote(href.path, safe=_IN_PATHS)}{query}{fragment}"
    )


def fetch_address(offer_id: str, port: int, key: str) -> str:
    """Where an AU gets its token (cmi5 8.2)."""
    return f"{origin_of(offer_id, port)}/lms/{offer_id}/fetch?launch={key}"


def parameters_of(session: Session, endpoint: str, secret: str) -> dict[str, str]:
    """What the address hands over; `secret` is the fetch address for cmi5, for Tin Can the credentials."""
    is_cmi5 = session.kind is Kind.CMI5
    return {
        "endpoint": endpoint,
        "fetch" if is_cmi5 else "auth": secret,
        "actor": json.dumps(session.actor, ensure_ascii=False, separators=(",", ":")),
        "registration": session.registration,
        "activityId" if is_cmi5 else "activity_id": session.activity,
    }


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """`address` with the parameters at the end of its query; what has one of their names there already is taken out."""
    bare, hash_mark, fragment = address.partition("#")
    path, _, query = bare.partition("?")
    own = [part for part in query.split("&") if part and _name(part) not in parameters]
    handed = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters.items()]
    return f"{path}?{'&'.join((*own, *handed))}{hash_mark}{fragment}"


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])
