"""A file that is written wholly or stays as it was, whatever ends the program meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

UNFINISHED = ".new"
"""How the names of files end that a process was ended in the middle of."""


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`; OSError as the system raises it."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
