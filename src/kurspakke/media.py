"""The media files a source uses: which, where they are asked for, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kurspakke.findings import Location
from kurspakke.leaves import leaves
from kurspakke.model import Kind
from kurspakke.source import Source, media_file

ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.PICTURE: (".svg", ".png", ".jpg", ".jpeg"),
    Kind.FILM: (".mp4", ".webm"),
    Kind.CAPTIONS: (".vtt",),
    Kind.SOUND: (".mp3", ".m4a"),
    Kind.DOWNLOAD: (
        *(".pdf", ".docx", ".xlsx", ".pptx"),
        *(".odt", ".ods", ".odp"),
        *(".csv", ".txt", ".vtt"),
    ),
}
"""The endings a file may have: few, since old LMS servers refuse what they don't know."""
MAX_FILE = (1 << 32) - 2


@dataclass(frozen=True, slots=True)
class MediaUse:
    """One place where the source asks for a media file; `name` is below the course, `written` as the author has it."""

    module: str
    name: str
    written: str
    kind: Kind
    location: Location


@lru_cache(maxsize=4)
def media_uses(source: Source) -> tuple[MediaUse, ...]:
    """Every use of a media file in the source."""
    return tuple(_media_uses(source))


def _media_uses(source: Source) -> Iterator[MediaUse]:
    for spot in source.spots:
        for leaf in leaves(spot.component):
            if leaf.kind.is_media:
                name = media_file(spot.module, leaf.text)
                yield MediaUse(spot.module, name, leaf.text, leaf.kind, spot.location(*leaf.keys))
