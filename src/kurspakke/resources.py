"""Where the program's own files are: the templates, and the assets that were bundled when it was installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kurspakke.findings import KurspakkeError

_PACKAGE = Path(__file__).parent


def templates() -> Path:
    """The default look: inside an installed package, or beside src/ in a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "templates"


def assets() -> Path:
    """The runtime, the style sheet and the schema files."""
    return _PACKAGE / "assets"


@cache
def asset(name: str) -> bytes:
    """One of the assets. Raises KurspakkeError where they were never bundled."""
    try:
        return (assets() / name).read_bytes()
    except OSError as error:
        raise KurspakkeError(
            f"the built file {name} is missing from the installation",
            "install again: `make build`, or `pip install .`",
        ) from error
