"""Several bodies in one, as statements travel with their attachments (RFC 2046; xAPI 1.0.3, part three, 1.5.2)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kurspakke.lrs.statements import Attachment

_BOUNDARY = re.compile(r"boundary\s*=\s*(?:\"([^\"]{1,70})\"|([^\s;\"]{1,70}))", re.IGNORECASE)
_MOST_PARTS = 1000
_LONGEST_HEAD = 16_384


@dataclass(frozen=True, slots=True)
class Part:
    """One of the bodies; the names of its headers are in lower case."""

    headers: Mapping[str, str]
    content: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a multipart body. Raises ValueError if it is none."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise ValueError("the Content-Type names no boundary")
    boundary = b"--" + (found[1] or found[2]).encode("latin-1", "replace")
    # A boundary stands at the beginning of a line; the line break before it belongs to it.
    pieces = (b"\r\n" + body).split(b"\r\n" + boundary, _MOST_PARTS + 2)
    if len(pieces) < 2:
        raise ValueError("the boundary does not occur in the body")
    if len(pieces) > _MOST_PARTS + 1:
        raise ValueError(f"it has more than {_MOST_PARTS} parts")
    if not pieces[-1].startswith(b"--"):
        raise ValueError("the last boundary is missing")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    blank, line_break, rest = piece.partition(b"\r\n")
    if blank.strip() or not line_break:
        raise ValueError("a boundary is not alone on its line")
    if rest.startswith(b"\r\n"):
        return Part({}, rest[2:])
    head, empty, content = rest.partition(b"\r\n\r\n")
    if not empty or len(head) > _LONGEST_HEAD:
        raise ValueError("a part has no empty line between its headers and its content")
    headers = {}
    for line in head.decode("latin-1").split("\r\n"):
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"a part has the header {line[:40]!r}, which has no colon")
        headers[name.strip().lower()] = value.strip()
    return Part(headers, content)


def joined(first: bytes, attachments: Iterable[Attachment]) -> tuple[str, bytes]:
    """A body of JSON and attachments, after its Content-Type."""
    boundary = secrets.token_hex(24)
    pieces = [b"Content-Type: application/json\r\n\r\n" + first]
    for each in attachments:
        head = (
            f"Content-Type: {each.media_type}\r\nContent-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {each.sha2}\r\n\r\n"
        )
        pieces.append(head.encode("latin-1", "replace") + each.content)
    lines = b"".join(f"--{boundary}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return f"multipart/mixed; boundary={boundary}", lines + f"--{boundary}--\r\n".encode()
