"""The media files a source uses: which, where they are asked for, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kurspakke.findings import Location
from kurspakke.leaves import leaves
from kurspakke.model import Kind
from kurspakke.source import Source, media_file

Role = Literal["picture", "film", "captions"]

KINDS: dict[Role, tuple[str, ...]] = {
    "picture": (".svg", ".png", ".jpg", ".jpeg"),
    "film": (".mp4", ".webm"),
    "captions": (".vtt",),
}
MAX_FILE = (1 << 32) - 2


@dataclass(frozen=True, slots=True)
class MediaUse:
    """One place where the source asks for a media file; `name` is below the course, `written` as the author has it."""

    module: str
    name: str
    written: str
    role: Role
    location: Location


@lru_cache(maxsize=4)
def media_uses(source: Source) -> tuple[MediaUse, ...]:
    """Every use of a media file in the source."""
    return tuple(_media_uses(source))


def _media_uses(source: Source) -> Iterator[MediaUse]:
    for spot in source.spots:
        for leaf in leaves(spot.component):
            if leaf.kind is Kind.MEDIA:
                role = _role(str(leaf.keys[0]), spot.component.model_dump(include={"type"})["type"])
                place = spot.location(*leaf.keys)
                yield MediaUse(spot.module, media_file(spot.module, leaf.text), leaf.text, role, place)


def _role(field: str, component: str) -> Role:
    if field == "captions":
        return "captions"
    return "film" if component == "video" and field != "poster" else "picture"
