"""The media files a source uses: which, where they are asked for, and as what.

A file may have a version in another language of the course beside it: `traden.nn.svg` beside `traden.svg`. It takes the
file's place in packages in that language; pages name the file itself. What a local edition brings may have versions for
the editions in other languages that inherit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from kurspakke.findings import Location
from kurspakke.leaves import leaves
from kurspakke.locality.layer import EDITIONS
from kurspakke.locality.own import own_media
from kurspakke.model import Kind
from kurspakke.source import Source, media_file, written_name

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
_VERSION = re.compile(r"(.+)\.(nb|nn|en|se)(\.[^./]+)")


@dataclass(frozen=True, slots=True)
class MediaUse:
    """One place where the source asks for a media file; `name` is below the course, `written` as the author has it.

    `language` is that of a version, which is asked for by the name of the file it stands beside; else it is empty.
    """

    module: str
    name: str
    written: str
    kind: Kind
    location: Location
    language: str = ""


@lru_cache(maxsize=4)
def media_uses(source: Source) -> tuple[MediaUse, ...]:
    """Every use of a media file in the source, versions in other languages after what they stand beside."""
    written = tuple(_written(source))
    named = {use.name for use in written}
    return tuple(each for use in written for each in (use, *_versions(source, use, named)))


def in_language(source: Source, name: str, language: str) -> str:
    """The file that packages in a language have for the media file `name`: its version, or the file itself."""
    return _by_language(source).get((name, language), name)


def version(name: str, language: str) -> str:
    """What a file's version in a language is called: `traden.nn.svg` for `traden.svg`."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{language}{dot}{ending}"


def version_of(name: str) -> tuple[str, str] | None:
    """The file that `name` would be a version of, and in which language; None if it is not called like one."""
    found = _VERSION.fullmatch(name)
    return (found[1] + found[3], found[2]) if found else None


def is_version(name: str) -> bool:
    """Whether a media file is called like a version; captions, which have their language in their name, are none."""
    parts = name.split("/")
    in_media = parts[0] in {"modules", EDITIONS} and parts[2:3] == ["media"]
    return in_media and not name.endswith(".vtt") and version_of(name) is not None


@dataclass(frozen=True, slots=True)
class Home:
    """The files of the course, or of the `edition` in whose folder they lie.

    `named` are those that its pages name, `own` the language they are in, `wanted` those in which packages would have
    versions of them.
    """

    folder: str
    named: AbstractSet[str]
    own: str
    wanted: AbstractSet[str]
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A file that is called like the version of another one, `base`, in a language."""

    name: str
    base: str
    language: str
    home: Home

    @property
    def is_of_a_file(self) -> bool:
        """Whether a page names what it is called after."""
        return self.base in self.home.named


@lru_cache(maxsize=4)
def called_versions(source: Source) -> tuple[Called, ...]:
    """Every file that is called like a version and that no page names by its own name."""
    return tuple(
        Called(name, *found, home)
        for home in _homes(source)
        for name in source.files.below(home.folder)
        if name not in home.named and is_version(name) and (found := version_of(name))
    )


def _homes(source: Source) -> Iterator[Home]:
    first, *others = source.course.languages if source.course else ("",)
    named = frozenset(use.name for use in media_uses(source) if not use.language)
    yield Home("modules", named, first, frozenset(others))
    under = source.editions.languages_under()
    for layer in source.editions.layers.values():
        if layer.id in source.editions.known:
            named = frozenset(name for name, _ in own_media(layer))
            yield Home(layer.folder, named, layer.language, under[layer.id] - {layer.language}, layer.id)


@lru_cache(maxsize=4)
def _by_language(source: Source) -> Mapping[tuple[str, str], str]:
    return {
        (one.base, one.language): one.name
        for one in called_versions(source)
        if one.is_of_a_file and one.language in one.home.wanted
    }


def _written(source: Source) -> Iterator[MediaUse]:
    for spot in source.spots:
        for leaf in leaves(spot.component):
            if leaf.kind.is_media:
                name = media_file(spot.module, leaf.text)
                place = spot.location(*leaf.keys)
                own = place.path.startswith(f"{EDITIONS}/")
                yield MediaUse(
                    spot.module, name, written_name(leaf.text) if own else leaf.text, leaf.kind, place
                )


def _versions(source: Source, use: MediaUse, named: set[str]) -> Iterator[MediaUse]:
    """Those that are there. Captions have theirs by name, and a file that a page names is none."""
    languages = source.course.languages if source.course and use.kind is not Kind.CAPTIONS else ()
    # What an edition brings may be in any of them; the course's own files are in the first one.
    for language in languages if use.name.startswith(f"{EDITIONS}/") else languages[1:]:
        name = version(use.name, language)
        if name in source.files.files and name not in named:
            yield replace(use, name=name, written=version(use.written, language), language=language)
