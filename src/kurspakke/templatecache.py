"""Compiled templates, kept in the user's own cache folder: compiling them takes as long as using them.

Jinja2 keys what it keeps by the template's text and its own and Python's version. The folder is nobody else's, since
what lies there is run; where there is no such folder, templates are compiled each time.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BytecodeCache


def template_cache() -> BytecodeCache | None:
    """The cache, or None where this user has no folder that is safe to use."""
    from jinja2 import FileSystemBytecodeCache

    folder = cache_folder() / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):
        return None
    if hasattr(os, "getuid") and (
        status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    ):
        return None
    return FileSystemBytecodeCache(str(folder))


def cache_folder() -> Path:
    """Where this system keeps what programs can make anew."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "kurspakke" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "kurspakke"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kurspakke"
