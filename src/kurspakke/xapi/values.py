"""Single values in statements: identifiers, times, texts (xAPI 1.0.3, part two, 2.2 and 4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kurspakke.hrefs import is_absolute_iri, is_language_tag
from kurspakke.xapi.instants import instant
from kurspakke.xapi.problem import Check, Problem, kind_of, shown, within

_UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_MAILBOX = re.compile(r"mailto:[^@\s]+@[^@\s]+")
_SHA1 = re.compile(r"[0-9A-Fa-f]{40}")
_SHA2 = re.compile(r"[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128}")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?:\s*;.*)?")
_VERSION = re.compile(r"1\.0(?:\.[0-9]+)?")
_AMOUNT = r"[0-9]+(?:[.,][0-9]+)?"
_DURATION = re.compile(
    rf"P(?=[0-9T])(?:{_AMOUNT}W|(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}D)?"
    rf"(?:T(?=[0-9])(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?)?)"
)


def text(value: object, path: str) -> Iterator[Problem]:
    """Any string."""
    if not isinstance(value, str):
        yield Problem(path, f"is {kind_of(value)}, not a string", "2.2")


def boolean(value: object, path: str) -> Iterator[Problem]:
    """`true` or `false`, not the words in quotes."""
    if not isinstance(value, bool):
        yield Problem(path, f"is {shown(value)}, neither true nor false", "2.2")


def number(value: object, path: str) -> Iterator[Problem]:
    """A number, not one in quotes."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Problem(path, f"is {shown(value)}, not a number", "2.2")


def size(value: object, path: str) -> Iterator[Problem]:
    """A whole number of bytes."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        yield Problem(path, f"is {shown(value)}, not a number of bytes", "2.4.11")


def iri(value: object, path: str) -> Iterator[Problem]:
    """An IRI with its scheme (4.3)."""
    if not isinstance(value, str) or not is_absolute_iri(value):
        yield Problem(path, f"is {shown(value)}, not an IRI with a scheme such as https:", "2.2")


def uuid(value: object, path: str) -> Iterator[Problem]:
    """A UUID in its usual form with hyphens (4.4)."""
    if not is_uuid(value):
        yield Problem(path, f"is {shown(value)}, not a UUID", "4.4")


def is_uuid(value: object) -> bool:
    """Whether this is a UUID written as 36 characters; in upper case too."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def mailbox(value: object, path: str) -> Iterator[Problem]:
    """An address as an IRI: `mailto:kari@eksempel.no`."""
    if not isinstance(value, str) or not _MAILBOX.fullmatch(value):
        yield Problem(path, f"is {shown(value)}, not of the form mailto:name@host", "2.4.2.3")


def sha1(value: object, path: str) -> Iterator[Problem]:
    """The SHA-1 of a mailto IRI, in hexadecimal digits."""
    if not isinstance(value, str) or not _SHA1.fullmatch(value):
        yield Problem(path, f"is {shown(value)}, not 40 hexadecimal digits", "2.4.2.3")


def sha2(value: object, path: str) -> Iterator[Problem]:
    """A SHA-224, -256, -384 or -512, in hexadecimal digits."""
    if not isinstance(value, str) or not _SHA2.fullmatch(value):
        yield Problem(path, f"is {shown(value)}, not a SHA-2 in hexadecimal digits", "2.4.11")


def media_type(value: object, path: str) -> Iterator[Problem]:
    """An Internet media type, with parameters or without."""
    if not isinstance(value, str) or not _MEDIA_TYPE.fullmatch(value):
        yield Problem(path, f"is {shown(value)}, not a media type such as application/pdf", "2.4.11")


def version(value: object, path: str) -> Iterator[Problem]:
    """1.0, or 1.0.x."""
    if not isinstance(value, str) or not _VERSION.fullmatch(value):
        yield Problem(path, f"is {shown(value)}, not 1.0 or 1.0.x", "2.4.10")


def timestamp(value: object, path: str) -> Iterator[Problem]:
    """A date with its time (4.5)."""
    if not isinstance(value, str) or instant(value) is None:
        yield Problem(path, f"is {shown(value)}, not a time such as 2026-05-17T09:30:00.000Z", "4.5")


def duration(value: object, path: str) -> Iterator[Problem]:
    """A length of time (4.6): weeks alone, or years down to seconds."""
    if not isinstance(value, str) or not _DURATION.fullmatch(value):
        yield Problem(path, f"is {shown(value)}, not a duration such as PT1M30.5S", "4.6")


def language(value: object, path: str) -> Iterator[Problem]:
    """A language tag of RFC 5646."""
    if not isinstance(value, str) or not _is_language(value):
        yield Problem(path, f"is {shown(value)}, not a language tag such as nb or nb-NO", "2.2")


def language_map(value: object, path: str) -> Iterator[Problem]:
    """Texts by language tag (4.2)."""
    if not isinstance(value, dict):
        yield Problem(path, f"is {kind_of(value)}, not a language map", "4.2")
        return
    for tag, words in value.items():
        if not _is_language(tag):
            yield Problem(
                within(path, tag), "has a key that is not a language tag such as nb or nb-NO", "2.2"
            )
        yield from text(words, within(path, tag))


def _is_language(tag: str) -> bool:
    """RFC 5646, 2.2.9: the same extension twice is not well-formed either."""
    letters = [part.lower() for part in tag.partition("-x-")[0].split("-")[1:] if len(part) == 1]
    return is_language_tag(tag) and len(letters) == len(set(letters))


def extensions(value: object, path: str) -> Iterator[Problem]:
    """Anything, under keys that are IRIs (4.1)."""
    if not isinstance(value, dict):
        yield Problem(path, f"is {kind_of(value)}, not an object", "4.1")
        return
    for key in value:
        if not is_absolute_iri(key):
            yield Problem(path, f"has the key {shown(key)}, which is not an IRI with a scheme", "4.1")


def one_of(words: Collection[str], clause: str) -> Check:
    """One of the words, in this very case."""

    def check(value: object, path: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in words:
            yield Problem(path, f"is {shown(value)}, not one of {', '.join(sorted(words))}", clause)

    return check


def array_of(check: Check, clause: str) -> Check:
    """An array, each of whose members is judged."""

    def every(value: object, path: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(path, f"is {kind_of(value)}, not an array", clause)
            return
        for at, inner in enumerate(value):
            yield from check(inner, f"{path}[{at}]")

    return every
