"""The signature that a statement may bring along (xAPI 1.0.3, part two, 2.6; RFC 7515).

Its form and that it is about this very statement are judged; the key is not: whom to trust is the reader's matter.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from kurspakke.lrs import jsontext
from kurspakke.lrs.sameness import is_same
from kurspakke.xapi.circumstances import SIGNATURE
from kurspakke.xapi.validate import problems

_ALGORITHMS = ("RS256", "RS384", "RS512")


def is_signature(attachment: Mapping[str, Any]) -> bool:
    """Whether the attachment is the statement's signature."""
    return bool(attachment.get("usageType") == SIGNATURE)


def fault(statement: Mapping[str, Any], content: bytes) -> str:
    """What is wrong with the signature `content` of a valid statement; "" if nothing."""
    pieces = content.strip().split(b".")
    if len(pieces) != 3 or not all(pieces):
        return "is not a JWS of three parts"
    try:
        header, payload = (jsontext.parsed(_decoded(piece)) for piece in pieces[:2])
        _decoded(pieces[2])
    except ValueError as error:
        return f"is not a JWS whose header and payload are JSON: {error}"
    algorithm = header.get("alg") if isinstance(header, dict) else None
    if algorithm not in _ALGORITHMS:
        return f"is not made with one of {', '.join(_ALGORITHMS)}"
    if problems(payload):
        return "signs what is no valid statement"
    if not is_same(statement, payload):
        return "signs another statement"
    return ""


def _decoded(piece: bytes) -> bytes:
    return base64.b64decode(piece + b"=" * (-len(piece) % 4), altchars=b"-_", validate=True)
