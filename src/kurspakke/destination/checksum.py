"""What S3 and its like call a file: the ETags that its bytes can have there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kurspakke.destination.kinds import PART


def etags(path: Path) -> frozenset[str]:
    """The ETags that the file at `path` can have: sent as one piece, or in parts of `PART` bytes.

    Where a store encrypts with keys of its own, its ETags are something else, and no file is known by them.
    OSError as the system raises it.
    """
    whole, parts, count = hashlib.md5(usedforsecurity=False), hashlib.md5(usedforsecurity=False), 0
    with path.open("rb") as stream:
        while chunk := stream.read(PART):
            whole.update(chunk)
            parts.update(hashlib.md5(chunk, usedforsecurity=False).digest())
            count += 1
    return frozenset((whole.hexdigest(), f"{parts.hexdigest()}-{count}"))
