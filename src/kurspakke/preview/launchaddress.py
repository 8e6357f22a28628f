"""The address at which content is launched: its own, with what Tin Can or cmi5 hand over added to the query.

Tin Can: RusticiSoftware's launch of content with an LRS; cmi5 8.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote_plus

from kurspakke.hrefs import Reach, resolve
from kurspakke.preview.origins import origin_of

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


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """`address` with the parameters at the end of its query; what has one of their names there already is taken out."""
    bare, hash_mark, fragment = address.partition("#")
    path, _, query = bare.partition("?")
    own = [part for part in query.split("&") if part and _name(part) not in parameters]
    handed = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters.items()]
    return f"{path}?{'&'.join((*own, *handed))}{hash_mark}{fragment}"


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])
