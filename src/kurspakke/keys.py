"""The short keys under which pages and questions stand in a learner's saved state."""

from __future__ import annotations

import base64
import hashlib
from functools import cache


@cache
def key_of(name: str) -> str:
    """Three base64url characters made from `<module>.<id>` alone.

    Reordering, adding or removing pages in a later version therefore never mixes up what is saved; that two names
    of a course have the same key is a finding (keys-collide).
    """
    return base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest())[:3].decode()
