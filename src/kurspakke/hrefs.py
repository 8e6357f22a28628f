"""Where a link leads, seen from a file in a package: manifests, pages and style sheets all ask the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote


class Reach(Enum):
    """How far a link reaches."""

    NOWHERE = auto()
    """Empty, a place on the same page, or no request at all (`data:`, `mailto:`, `javascript:` …)."""
    INSIDE = auto()
    """A file of the package, if it is there."""
    OUTSIDE = auto()
    """Up out of the package by `..`."""
    ROOT = auto()
    """From the root of the server or of a disk: it means something else on every LMS."""
    HOST = auto()
    """Another host by name."""


@dataclass(frozen=True, slots=True)
class Href:
    """A link as `written`; `path` is the decoded path inside the package when it reaches there."""

    written: str
    reach: Reach
    path: str = ""
    query: str = ""
    scheme: str = ""


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_REQUESTING = frozenset({"http", "https", "ws", "wss", "ftp"})


def resolve(written: str, folder: str = "") -> Href:
    """The link `written` in a file that lies in `folder` (empty, or ending in `/`)."""
    text = written.strip()
    if found := _SCHEME.match(text):
        return _with_scheme(written, found[1].lower())
    if text[:1] in {"/", "\\"}:
        return Href(written, Reach.HOST if text.startswith("//") else Reach.ROOT)
    path, _, query = text.partition("#")[0].partition("?")
    if not path:
        return Href(written, Reach.NOWHERE)
    inside = _normal(folder + unquote(path))
    return Href(written, Reach.OUTSIDE) if inside is None else Href(written, Reach.INSIDE, inside, query)


def _with_scheme(written: str, scheme: str) -> Href:
    if scheme in _REQUESTING:
        return Href(written, Reach.HOST, scheme=scheme)
    # A scheme of one letter is a Windows drive.
    local = scheme == "file" or len(scheme) == 1
    return Href(written, Reach.ROOT if local else Reach.NOWHERE, scheme=scheme)


def _normal(path: str) -> str | None:
    """`path` without `.` and `..`, or None where it climbs out."""
    if "./" not in path and "//" not in path and not path.endswith("."):
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def folder_of(path: str) -> str:
    """The folder a file lies in, ending in `/`; empty at the root."""
    return path[: path.rfind("/") + 1]


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


def is_absolute_iri(text: str) -> bool:
    """Whether `text` is an IRI with a scheme (RFC 3987), such as `https://…` or `urn:…`."""
    return _IRI.fullmatch(text) is not None


_LANGUAGE_TAG = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*"
    r"(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?|[xX](?:-[A-Za-z0-9]{1,8})+|[iI]-[A-Za-z]+"
)


def is_language_tag(text: str) -> bool:
    """Whether `text` has the form of a language tag (RFC 5646), such as `nb` or `se-NO`."""
    return _LANGUAGE_TAG.fullmatch(text) is not None
