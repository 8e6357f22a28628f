"""Who is who on the preview's one port: the inspector, and every package in an origin of its own.

SCORM content looks for `API` in the windows above it (SCORM 1.2 RTE 3.3.6.1), which browsers allow within one origin
only. A package is a stranger's program all the same: it must neither read another package's pages, storage and cookies
nor call what the inspector calls. Hence this division:

* `http://127.0.0.1:PORT` (and `localhost`) is the **inspector**: lists, attempts, trouble, and the LRS at `/xapi/`.
* `http://<id>.localhost:PORT` is **one package**: its files at `/content/<id>/…`, and beside them the small LMS page
  that frames them and holds `API`. Nothing else answers there. `<id>` is `secret_id`: no package can guess another's
  address.

A name below `localhost` rather than a port each, because browsers give cookies, and in part processes, to a host and
not to a port: on 127.0.0.1 every package could read every other's cookies, and those of a notebook server that runs
beside. `localhost` has no registrable domain above it, so two such names are two sites. Chromium, Edge and Firefox
take these names to the loopback address by themselves (RFC 6761 section 6.3), past any proxy; Safari asks the system's
resolver, and fails: the inspector has to say so there. The server listens on 127.0.0.1 alone.

What this asks of the pages around it:

* The inspector frames the LMS page with `SANDBOX`: a page in it keeps its origin, but can't send the inspector
  elsewhere. The LMS page frames the content, so that `window.parent.API` is found as in any LMS.
* They talk by `postMessage` alone. Whoever receives compares `event.origin` and `event.source` with what is expected.
  The content can forge whatever its LMS page says, as they share an origin: messages are claims of that package about
  its own attempt, and are shown as text.
* The LMS page and its script hold nothing of other packages and no credentials but that package's own launch.
* Every answer in a package's origin carries `HEADERS` and `frame_rule`, every answer of the inspector
  `INSPECTOR_HEADERS`: `guard.py` sees to both.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

SANDBOX = (
    "allow-same-origin allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox"
    " allow-downloads"
)
"""For the `sandbox` attribute of the inspector's frame; without allow-top-navigation on purpose."""

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
}
"""For every answer in a package's origin: no guessed types, no address given away, no use by other origins, and no
loosening of the origin by `document.domain`."""

INSPECTOR_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
}
"""For every answer of the inspector. `same-origin` as opener policy would part a popup from the `API` it looks for."""

_PACKAGE = re.compile(r"([0-9a-f]{32})\.localhost(?::[0-9]{1,5})?")


def secret_id(key: bytes, name: str) -> str:
    """The id of the package `name`: 32 hexadecimal digits, always the same for a `key` that nobody else knows."""
    return hmac.digest(key, name.encode("utf-8", "surrogateescape"), hashlib.sha256).hex()[:32]


def origin_of(package_id: str, port: int) -> str:
    """The origin in which the package runs."""
    return f"http://{package_id}.localhost:{port}"


def package_of(host: str) -> str | None:
    """The package that a `Host` header, or an `Origin` without its scheme, belongs to; None for any other host."""
    found = _PACKAGE.fullmatch(host)
    return found[1] if found else None


def inspector_hosts(port: int) -> frozenset[str]:
    """The hosts at which the inspector is asked for, and no others."""
    return frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})


def frame_rule(host: str) -> str:
    """The Content-Security-Policy of an answer at `host`: only its own LMS page and the inspector may frame it."""
    _, colon, port = host.rpartition(":")
    inspectors = f" http://127.0.0.1:{port} http://localhost:{port}" if colon and port.isdigit() else ""
    return f"frame-ancestors 'self'{inspectors}"
