"""A translator's file brought up to date with the course: what is translated stays, what is new or changed is marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kurspakke.catalogfile import FUZZY, BrokenFileError, CatalogFile, Entry, new_file, read_file, written
from kurspakke.course import Course
from kurspakke.findings import KurspakkeError, UsageError
from kurspakke.locality.layer import EDITIONS, own_catalog_file
from kurspakke.locality.own import own_texts
from kurspakke.rules.suggest import did_you_mean
from kurspakke.source import Source, catalog_file
from kurspakke.sourcereader import read_source
from kurspakke.texts import Text, texts
from kurspakke.wholefile import write_whole


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a translation has come: numbers of texts, and of translations kept of texts that are gone."""

    file: Path
    translated: int
    outdated: int
    missing: int
    unused: int
    declared: bool
    """True if course.yaml says that the course has the language."""


def translate(root: Path, language: str, edition: str | None = None) -> Tally:
    """Bring the file of translations to `language` up to date, or make it: the course's, or an edition's own.

    Raises:
        UsageError: it is the language that the texts are written in, or no edition with texts of its own.
        KurspakkeError: there is no course, it can't be read whole, or the file can't be read or written.
    """
    source = read_source(root)
    course = source.course
    if course is None or not source.whole:
        raise KurspakkeError(
            f"{root}: parts of the course can't be read, and their translations would seem to be of no use",
            "see `kurspakke validate`, and mend those first",
        )
    work = _of_edition(source, edition, language) if edition else _of_course(course, language)
    if language == work.language:
        raise UsageError(f"{work.whose} is written in {language}", "name a language to translate it to")
    path = root / work.file
    old = _read(path, new_file(course.head.id, language))
    new = updated(old, work.texts)
    _write(path, written(new))
    translated = [entry for entry in new.entries if entry.text]
    outdated = sum(entry.outdated for entry in translated)
    return Tally(
        path,
        len(translated) - outdated,
        outdated,
        len(new.entries) - len(translated),
        len(new.obsolete),
        language in course.languages,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """What is translated: whose texts, the language they are in, and the file of their translations."""

    whose: str
    language: str
    file: str
    texts: Iterable[Text]


def _of_course(course: Course, language: str) -> _Work:
    return _Work("the course", course.languages[0], catalog_file(language), texts(course))


def _of_edition(source: Source, name: str, language: str) -> _Work:
    layer = source.editions.layers.get(name)
    if layer is None:
        hint = did_you_mean(name, source.editions.layers, f"name a folder of {EDITIONS}/")
        raise UsageError(f"no edition «{name}» has texts of its own", hint)
    return _Work(f"the edition {name}", layer.language, own_catalog_file(name, language), own_texts(layer))


def updated(old: CatalogFile, course: Iterable[Text]) -> CatalogFile:
    """An entry for each text in the course's order; entries of texts that are gone are kept as obsolete.

    A text that comes back gets its translation back. Of two entries with one id the later counts, as it does in a
    build; the other becomes obsolete, too.
    """
    kept = {entry.id: entry for entry in (*old.obsolete, *old.entries) if entry.id is not None}
    entries = tuple(_renewed(kept[text.id], text) if text.id in kept else _new(text) for text in course)
    taken = {id(kept[entry.id]) for entry in entries if entry.id in kept}
    rest = (replace(entry, place="") for entry in (*old.entries, *old.obsolete) if id(entry) not in taken)
    return CatalogFile(old.head, entries, tuple(dict.fromkeys(entry for entry in rest if entry.text)))


def _new(text: Text) -> Entry:
    return Entry(text.id, text.text.strip(), place=text.file)


def _renewed(entry: Entry, text: Text) -> Entry:
    """The entry with the text as it is now: outdated if that has changed, and no longer so if it has changed back."""
    now, was = text.text.strip(), entry.source.strip()
    first = entry.previous.strip() if entry.previous is not None else None
    if not entry.text:
        return replace(entry, source=now, previous=None, place=text.file, flags=entry.flags - {FUZZY})
    if entry.outdated and first is None:  # a translator's own mark
        first = was if now != was else None
        return replace(entry, source=now, previous=first, place=text.file)
    made_from = first if entry.outdated and first is not None else was
    if made_from == now:
        return replace(entry, source=now, previous=None, place=text.file, flags=entry.flags - {FUZZY})
    return replace(entry, source=now, previous=made_from, place=text.file, flags=entry.flags | {FUZZY})


def _read(path: Path, empty: CatalogFile) -> CatalogFile:
    try:
        return read_file(path.read_bytes(), empty) if path.exists() else empty
    except BrokenFileError as error:
        raise KurspakkeError(
            f"{path}:{error.line}: the file can't be read here: {error.reason}",
            "correct the line; the file is as it was",
        ) from error
    except OSError as error:
        raise KurspakkeError(f"can't read {path}: {error.strerror}", "check its permissions") from error


def _write(path: Path, data: bytes) -> None:
    """The file with these bytes, wholly or as it was; not touched if it has them already."""
    try:
        if path.exists() and path.read_bytes() == data:
            return
        path.parent.mkdir(exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise KurspakkeError(
            f"can't write {path}: {error.strerror}", "check its permissions and the room"
        ) from error
