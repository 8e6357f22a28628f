"""`release.json`: what was found about a release, so that making it again tells the same; and `latest.json`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kurspakke.comparison.change import Effect
from kurspakke.record import FILE as BUILD
from kurspakke.release.publication import Earlier, Publication
from kurspakke.release.replacement import Answer, Noticed, Replacement

FILE = "release.json"
LATEST = "latest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the release in a folder said of its packages, and what it was compared with."""

    build: bytes
    earlier: Earlier | None
    replacements: Mapping[str, Replacement]


def release_json(publication: Publication) -> bytes:
    """The form is numbered, and changes only with its number."""
    told = sorted(publication.replacements.values(), key=lambda one: one.path)
    return _dumps(
        {
            **_head(publication),
            "previous": asdict(publication.earlier) if publication.earlier else None,
            "packages": [asdict(replacement) for replacement in told],
        }
    )


def latest_json(publication: Publication) -> bytes:
    """For LMSs and scripts that ask now and then: small whatever the number of packages."""
    build = publication.record.dumps()
    return _dumps(
        {
            **_head(publication),
            "build": {"path": BUILD, "sha256": hashlib.sha256(build).hexdigest()},
            "unsafe": [replacement.path for replacement in publication.unsafe()],
        }
    )


def remembered(folder: Path) -> Remembered | None:
    """What the release in `folder` said; None where there is none that can be read."""
    try:
        plain = json.loads((folder / FILE).read_bytes())
        if plain["version"] != VERSION:
            return None
        earlier = Earlier(**plain["previous"]) if plain["previous"] else None
        found = [_replacement(entry) for entry in plain["packages"]]
        return Remembered((folder / BUILD).read_bytes(), earlier, {one.path: one for one in found})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _head(publication: Publication) -> dict[str, Any]:
    return {
        "version": VERSION,
        "tool": publication.record.tool,
        "course": asdict(publication.record.course),
        "released": publication.date or None,
        "breaking": any(publication.unsafe()),
    }


def _replacement(plain: Mapping[str, Any]) -> Replacement:
    changes = tuple(
        Noticed(str(one["kind"]), Effect(one["effect"]), tuple(map(str, one["subjects"])), int(one["more"]))
        for one in plain["changes"]
    )
    return Replacement(str(plain["path"]), Answer(plain["answer"]), changes, int(plain["passages"]))


def _dumps(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n"
