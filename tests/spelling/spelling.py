"""Every word that is read in the course, its interface and releases, by language, and what a dictionary says of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from kurspakke import webvtt
from kurspakke.assemble import packages
from kurspakke.catalog import Catalog
from kurspakke.components.video import Video
from kurspakke.course import Course
from kurspakke.media import version_of
from kurspakke.profiles import profile, profile_ids
from kurspakke.release.guide import guide, guide_ids, guide_of
from kurspakke.release.words import LANGUAGES, release_words
from kurspakke.selection import Selection
from kurspakke.source import Source, media_file
from kurspakke.sourcereader import read_source
from kurspakke.texts import texts
from tests.courses import REAL

ROOT = Path(__file__).resolve().parents[2]
INTERFACE = ROOT / "src" / "kurspakke" / "words"
DICTIONARIES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_WORD = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)*")
# Addresses and what stands in the place of a value are no words.
_SKIPPED = re.compile(
    r"https?://\S+|\]\([^)\s]*\)|\w+(?:\.\w+)*@\S+|\w+(?:\.\w+)*\.(?:no|org|com|csv|html|md)\b|\{\w*\}"
)
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"

Places = Mapping[str, str]
"""Words, and where each stands first."""


@cache
def met(language: str) -> Places:
    """Every word in a language that the course, its captions and drawings, the interface or a release has."""
    source = _source()
    assert source.course
    found: dict[str, str] = {}
    for place, text in (
        *_course(source, source.course, language),
        *_interface(language),
        *_released(language),
    ):
        for word in _WORD.findall(_SKIPPED.sub(" ", text)):
            found.setdefault(word, place)
    return found


@cache
def drawn(language: str) -> Mapping[str, str]:
    """What is written in each drawing that packages in a language have for some audience; by the drawing's file."""
    source, course = _source(), _source().course
    assert course
    if language not in course.languages:
        return {}
    audiences = tuple(audience.id for audience in course.head.audiences)
    found = {}
    for made in packages(source, course, Selection(("web",), languages=(language,), audiences=audiences)):
        for path, file in made.tree.items():
            if path.endswith(".svg") and file.path:
                found[file.path.relative_to(REAL).as_posix()] = _written(file.path)
    return found


@cache
def _source() -> Source:
    return read_source(REAL)


def own(language: str) -> list[str]:
    """The words that are right though the dictionary does not have them; in small letters unless they are names."""
    return (Path(__file__).parent / "words" / f"{language}.txt").read_text("utf-8").splitlines()


def misspelt(language: str, words: Places) -> dict[str, str]:
    """Those words that neither the dictionary nor our own list has."""
    accepted = set(own(language))
    unknown = _unknown(DICTIONARIES[language], words)
    return {word: words[word] for word in unknown if not {word, word.lower()} & accepted}


def _unknown(dictionary: str, words: Places) -> list[str]:
    """The words that a dictionary of hunspell does not have. A line is a word; -L prints the lines that are wrong."""
    answer = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", dictionary, "-L"],
        input="\n".join(words),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, f"{answer.stderr}; {sys.executable} scripts/hunspell.py --install"
    return answer.stdout.splitlines()


def _course(source: Source, course: Course, language: str) -> Iterator[tuple[str, str]]:
    """The texts of the course in a language that it has, with their ids or files."""
    if language not in course.languages:
        return
    is_first = language == course.languages[0]
    catalog = None if is_first else source.catalogs[language]
    yield from ((text.id, text.text) for text in texts(course) if is_first)
    yield from _translated(catalog)
    for module in course.modules:
        for film in module.components():
            if isinstance(film, Video) and language in film.captions:
                file = media_file(module.id, film.captions[language])
                cues = webvtt.read(source.files.files[file].path.read_bytes()).cues
                yield file, " ".join(cue.text for cue in cues)
    yield from drawn(language).items()
    for file, entry in source.files.files.items():
        if "/film/drawings/" in file and file.endswith(".svg"):
            _, drawn_for = version_of(file) or (file, course.languages[0])
            if drawn_for == language:
                yield file, _written(entry.path)


def _translated(catalog: Catalog | None) -> Iterator[tuple[str, str]]:
    for name, found in catalog.translations.items() if catalog else ():
        yield name, found.text


def _written(drawing: Path) -> str:
    """What is written in a drawing."""
    return " ".join(" ".join(text.itertext()) for text in etree.parse(drawing).iter(_SVG_TEXT))


def _interface(language: str) -> Iterator[tuple[str, str]]:
    words: dict[str, str] = json.loads((INTERFACE / f"{language}.json").read_text("utf-8"))
    return ((f"words/{language}.json {key}", text) for key, text in words.items())


def _released(language: str) -> Iterator[tuple[str, str]]:
    """The pages' words, the import guides and the steps in profiles."""
    if language not in LANGUAGES:
        return
    yield from ((f"release/words {key}", text) for key, text in release_words(language).items())
    for name in guide_ids():
        shaped = guide(name, language)
        text = guide_of(shaped)
        yield shaped.document.path, f"{text.name} {text.lead}"
        for part in ("before", "upload", "completion", "replace", "trial"):
            for line in getattr(text, part):
                yield f"{shaped.document.path} {part}", line.text
    for name in profile_ids():
        known = profile(name).guide
        for step in (*known.upload, *known.replace):
            yield f"profiles/{name}.yaml", (step.nn or "") if language == "nn" else step.text
