"""What a package holds and what it tells its LMS, as far as its files show without running them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from kurspakke.formats.scorm12_manifest import Organization
from kurspakke.htmlpage import Page
from kurspakke.package import Kind, Package
from kurspakke.pages import Pages

_Each = TypeVar("_Each")

MOST_BYTES = 8 << 20
"""Longer scripts are not looked through."""
MOST_TOGETHER = 64 << 20
"""And no more of all scripts together."""
_MEDIA = (
    ".mp4",
    ".webm",
    ".m4v",
    ".mov",
    ".ogv",
    ".mp3",
    ".m4a",
    ".ogg",
    ".oga",
    ".wav",
    ".flv",
    ".swf",
    ".m3u8",
)
_CMI = re.compile(rb"\bcmi\.[a-z_]+(?:\.[a-z_]+)*")
_VERB = re.compile(rb"https?://[a-zA-Z0-9./_-]{1,100}/verbs/([a-z-]{2,40})")


@dataclass(frozen=True, slots=True)
class Contents:
    """A package in figures and words; what it does not say is empty.

    `launches` are the files that an LMS opens, `units` their number; `mastery` and `completion` as the manifest has
    them. `cmi` are the data elements of SCORM, `verbs` the verbs of xAPI that its scripts name. `bytes` is the size
    unpacked.
    """

    titles: tuple[str, ...]
    standards: tuple[Kind, ...]
    launches: tuple[str, ...]
    units: int
    languages: tuple[str, ...]
    pages: int
    files: int
    bytes: int
    mastery: tuple[str, ...]
    completion: tuple[str, ...]
    cmi: frozenset[str]
    verbs: tuple[str, ...]
    has_media: bool
    handles: frozenset[str]
    """Of EVENTS, those that some script or page has a word of."""
    says_language_truly: bool
    """Whether each page with words says its language, and its words look like that language."""


EVENTS = {
    "keys": re.compile(rb"keydown|keyup|keypress|accesskey", re.IGNORECASE),
    "gestures": re.compile(
        rb"touchstart|touchmove|pointermove|mousemove|gesture|dragstart|draggable", re.IGNORECASE
    ),
    "motion": re.compile(rb"devicemotion|deviceorientation|Accelerometer|Gyroscope", re.IGNORECASE),
}
"""What a script listens to, by the words it can't do without."""


def contents_of(package: Package) -> Contents:
    """What is in the package."""
    texts = _Texts(package)
    return Contents(
        titles=tuple(dict.fromkeys(title for title in titles_of(package) if title)),
        standards=package.kinds,
        launches=tuple(dict.fromkeys(mention.href.path for mention in package.mentions if mention.is_launch)),
        units=_units(package),
        languages=_languages(package.pages),
        pages=len(package.pages),
        files=len(package.tree),
        bytes=sum(file.size for file in package.tree.values()),
        mastery=tuple(dict.fromkeys(_mastery(package))),
        completion=tuple(dict.fromkeys(_completion(package))),
        cmi=frozenset(name.decode() for name in texts.cmi),
        verbs=tuple(sorted(name.decode() for name in texts.verbs)),
        has_media=_has_media(package),
        handles=frozenset(texts.handles),
        says_language_truly=_all_speak_truly(package.pages),
    )


def together(parts: Sequence[Contents]) -> Contents:
    """What is in several packages that are one course."""

    def all_of(values: Iterable[Iterable[_Each]]) -> tuple[_Each, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(values)))

    return Contents(
        titles=all_of(part.titles for part in parts),
        standards=all_of(part.standards for part in parts),
        launches=all_of(part.launches for part in parts),
        units=sum(part.units for part in parts),
        languages=tuple(sorted(all_of(part.languages for part in parts))),
        pages=sum(part.pages for part in parts),
        files=sum(part.files for part in parts),
        bytes=sum(part.bytes for part in parts),
        mastery=all_of(part.mastery for part in parts),
        completion=all_of(part.completion for part in parts),
        cmi=frozenset(all_of(part.cmi for part in parts)),
        verbs=tuple(sorted(all_of(part.verbs for part in parts))),
        has_media=any(part.has_media for part in parts),
        handles=frozenset(all_of(part.handles for part in parts)),
        says_language_truly=all(part.says_language_truly for part in parts),
    )


_MOST_NAMES = 1_000
"""So many names of one kind: more are an attack."""


class _Texts:
    """The scripts of a package, in files and in pages, looked through once, one after the other."""

    def __init__(self, package: Package) -> None:
        self.cmi: set[bytes] = set()
        self.verbs: set[bytes] = set()
        self.handles: set[str] = set()
        for text in _texts(package):
            self._read(text)

    def _read(self, text: bytes) -> None:
        for names, found in (
            (self.cmi, (match[0] for match in _CMI.finditer(text))),
            (self.verbs, (match[1] for match in _VERB.finditer(text))),
        ):
            for name in found:
                if len(names) >= _MOST_NAMES:
                    break
                names.add(name)
        self.handles |= {
            name for name, event in EVENTS.items() if name not in self.handles and event.search(text)
        }


def _texts(package: Package) -> Iterator[bytes]:
    room = MOST_TOGETHER
    for path, file in package.files.items():
        if path.lower().endswith((".js", ".mjs", ".html", ".htm", ".xhtml")) and file.size <= min(
            MOST_BYTES, room
        ):
            room -= file.size
            yield package.bytes_of(package.home + path)


def titles_of(package: Package) -> Iterator[str]:
    """What the package calls itself, in the order in which its manifests come; some may be empty."""
    for organization in _organizations(package):
        yield from (text.text.strip() for text in organization.titles[:1])
    for activity in package.tincan.activities[:1] if package.tincan else ():
        yield from (name.text for name in activity.names[:1])
    for course in package.cmi5.courses if package.cmi5 else ():
        yield from (string.text for title in course.titles[:1] for string in title.strings[:1])
    index = package.pages.get("index.html")
    if not package.manifests and index is not None:
        yield from (" ".join((title.text or "").split()) for title in index.all("title")[:1])


def _organizations(package: Package) -> Sequence[Organization]:
    groups = package.scorm.organizations if package.scorm else ()
    return [organization for group in groups for organization in group.organizations]


def _units(package: Package) -> int:
    items = [item for organization in _organizations(package) for item in organization.walk()]
    launched = sum(item.identifierref is not None for item in items)
    activities = package.tincan.activities if package.tincan else ()
    return max(
        launched,
        sum(bool(activity.launches or activity.resources) for activity in activities),
        len(package.cmi5.aus()) if package.cmi5 else 0,
    )


def _mastery(package: Package) -> Iterator[str]:
    for organization in _organizations(package):
        for item in organization.walk():
            yield from (f"{text.text.strip()} av 100" for text in item.masteryscore)
    for unit in package.cmi5.aus() if package.cmi5 else ():
        if unit.mastery_score:
            yield f"{unit.mastery_score.replace('.', ',')} av 1"


def _completion(package: Package) -> Iterator[str]:
    for unit in package.cmi5.aus() if package.cmi5 else ():
        yield unit.move_on or "NotApplicable"


def _languages(pages: Pages) -> tuple[str, ...]:
    return tuple(sorted({language for language in pages.each(_language) if language}))


def _language(page: Page) -> Iterator[str]:
    if page.root is not None:
        yield page.root.get("lang", "").strip().lower()


def _has_media(package: Package) -> bool:
    """Whether there is sound, film or something embedded, or a script that might fetch some."""
    if any(path.lower().endswith(_MEDIA) for path in package.tree):
        return True
    if any(package.pages.each(_plays)):
        return True
    return any(script.calls for script in package.scripts.values())


def _plays(page: Page) -> Iterator[bool]:
    yield bool(page.all("video", "audio", "embed", "object"))
    yield any("//" in frame.get("src", "") for frame in page.all("iframe", "frame"))


_NORWEGIAN = re.compile(
    r"\b(?:og|det|er|på|som|til|av|ikke|ikkje|jeg|eg|du|vi|en|ein|et|eit|har|kan|med|for)\b"
)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|you|in|that|it|for|are|with|this|on|your|can|be)\b")
_WORDS = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "no": _NORWEGIAN, "en": _ENGLISH}
"""The small words of which every text has many, by languages that are told apart here."""
_ENOUGH = 5


def _all_speak_truly(pages: Pages) -> bool:
    """Of pages that scripts fill nothing is known, so there must be one with words in it."""
    found = list(pages.each(lambda page: [_speaks_truly(page)] if page.has_text else ()))
    return bool(found) and all(found)


def _speaks_truly(page: Page) -> bool:
    """Whether the page says a language that its small words are of; only for languages whose words are known."""
    said = (page.root.get("lang", "") if page.root is not None else "").lower().partition("-")[0]
    if said not in _WORDS:
        return False
    spoken = page.beginning.lower()
    own = len(_WORDS[said].findall(spoken))
    both = len(_NORWEGIAN.findall(spoken)) + len(_ENGLISH.findall(spoken))
    return own >= _ENOUGH and own > 2 * (both - own)
