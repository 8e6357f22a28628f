"""Where the program's own files are: the templates, and the assets that were bundled when it was installed."""

from __future__ import annotations

from collections.abc import Callable
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


def checkout() -> Path | None:
    """The folder of the project, when the program runs from its source."""
    root = _PACKAGE.parent.parent
    return root if templates() == root / "templates" and (root / "src" / "runtime").is_dir() else None


Lender = Callable[[str], bytes | None]
_lenders: list[Lender] = []


def lend(lender: Lender) -> None:
    """Ask `lender` for assets first: while the runtime is being written, others count than those that were built."""
    _lenders.append(lender)


def take_back(lender: Lender) -> None:
    """Ask it no more."""
    _lenders.remove(lender)


def asset(name: str) -> bytes:
    """One of the assets. Raises KurspakkeError where they were never bundled."""
    for lender in _lenders:
        if (lent := lender(name)) is not None:
            return lent
    return _built(name)


@cache
def _built(name: str) -> bytes:
    try:
        return (assets() / name).read_bytes()
    except OSError as error:
        raise KurspakkeError(
            f"the built file {name} is missing from the installation",
            "install again: `make build`, or `pip install .`",
        ) from error
