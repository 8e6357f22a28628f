"""The names media have inside a package: flat, lower-case ASCII, unique by base name, and stable.

Open edX finds files by base name, Windows servers ignore case, several LMSs mangle æøå (PKG rules say which).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

FOLDER = "media"
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ß": "ss"}
)


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "fil"


def media_names(uses: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """The package path of each (module, name as the author wrote it); numbered where two would be alike.

    Files of the course itself, with "" for the module, come first.
    """
    names: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for module, written in sorted(set(uses)):
        stem, _, extension = written.rpartition(".")
        base = f"{module}-{slug(stem)}" if module else slug(stem)
        number = 1
        while (name := f"{base}{f'-{number}' if number > 1 else ''}.{slug(extension)}") in taken:
            number += 1
        taken.add(name)
        names[module, written] = f"{FOLDER}/{name}"
    return names
