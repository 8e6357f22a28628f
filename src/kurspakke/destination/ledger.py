"""What the program remembers at the address about its own releases there: one small file beside them.

Without it, or with a damaged one, a release comes out the same: files whose bytes can't be told are put once
more, and what earlier releases left is not known to be ours and stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from kurspakke.destination.release import is_by_hash, is_inside
from kurspakke.destination.store import STATE

FILE = f"{STATE}published.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was put there.

    `files`: by path, the SHA-256 of the bytes and the version that the store gave them. `owned`: paths that some
    release of ours has put, and that may go when none holds them. `current` and `former`: the second paths
    (`release.by_hash`) of the release that can be seen and of the one before it.
    """

    files: Mapping[str, tuple[str, str]]
    owned: frozenset[str]
    current: frozenset[str]
    former: frozenset[str]

    def dumps(self) -> bytes:
        """The bytes of the file."""
        plain = {
            "version": _VERSION,
            "files": {path: list(known) for path, known in sorted(self.files.items())},
            **{name: sorted(getattr(self, name)) for name in ("owned", "current", "former")},
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def loads(cls, data: bytes | None) -> Ledger:
        """What is in such a file; empty where there is none, or nobody can read it."""
        try:
            plain = json.loads(data or b"")
            if plain["version"] != _VERSION:
                return cls.empty()
            files = {str(path): (str(known[0]), str(known[1])) for path, known in plain["files"].items()}
            owned = frozenset(path for path in plain["owned"] if is_inside(path))
            current, former = (frozenset(filter(is_by_hash, plain[name])) for name in ("current", "former"))
            return cls(files, owned, current, former)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return cls.empty()

    @classmethod
    def empty(cls) -> Ledger:
        """Nothing is known."""
        return cls({}, frozenset(), frozenset(), frozenset())
