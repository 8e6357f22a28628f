"""Reports that were made before, by the sums of the packages they are about: beside the packages, in the state folder.

They are disposable, and looked at before they are used (press/store.py); another program makes its own.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

from kurspakke.press.prints import program_print
from kurspakke.press.store import Store
from kurspakke.release.checkreport import Checked
from kurspakke.statefolder import StateFolder

FOLDER = "reports"
"""Where they are, in the state folder."""


class KeptReports:
    """Those about packages in the folder `dist`."""

    def __init__(self, dist: Path, own_templates: Path) -> None:
        self._store = Store(StateFolder(dist).path / FOLDER)
        self._program = program_print(own_templates)

    def find(self, version: Checked) -> bytes:
        """The page about the version's packages; empty where there is none that can be trusted."""
        packed = self._store.get(self._key(version))
        return zlib.decompress(packed) if packed else b""

    def keep(self, version: Checked) -> None:
        """Remember the version's page."""
        self._store.put(self._key(version), zlib.compress(version.page, 1))

    def forget_others(self) -> None:
        """Remove what nobody has asked for."""
        self._store.sweep()

    def _key(self, version: Checked) -> str:
        packages = (f"{package.sha256} {package.name}" for package in version.packages)
        parts = ("report", self._program, version.version, *packages)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
