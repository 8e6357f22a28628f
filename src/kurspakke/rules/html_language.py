"""HTM-054 to HTM-059: the language a page is in, and letters that come out wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kurspakke.findings import Severity
from kurspakke.htmlpage import BEGINNING, Element, declared_charset
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage
from kurspakke.tongue import tongue_of_part

LANGUAGE: Family[PackagePage] = Family("HTM")

_FAMILY = {"en": "en", "nb": "no", "nn": "no", "no": "no"}
_NAMES = {"en": "English", "no": "Norwegian"}
_WRITE = {"en": "en", "no": "nb (or nn)"}
_MOST_PARTS = 2000
_SHORTEST = 60


def _declared(element: Element) -> str:
    """The main part of the language that holds for an element; empty if none is declared."""
    for part in (element, *element.iterancestors()):
        tag = (part.get("lang") or part.get("xml:lang") or "").strip().lower()
        if tag:
            return tag.partition("-")[0]
    return ""


@LANGUAGE.rule(54, "page-in-other-language", Severity.WARNING, spec="WCAG 2.1, 3.1.1")
def page_in_other_language(subject: PackagePage) -> Iterator[Problem]:
    """A page is in the language that it says: a Norwegian one does not say `lang="en"`.

    Authoring tools write `en` unless told otherwise, and an English voice reads Norwegian so that nobody can
    follow. Told by frequent words, of English and Norwegian only, and only where it is clear.
    """
    root = subject.page.root
    said = _FAMILY.get(_declared(root)) if root is not None else None
    found = subject.tongue if said else ""
    if root is not None and said and found and found != said:
        message = f"the page says that it is {_NAMES[said]}, and is {_NAMES[found]}"
        yield Problem(subject.at(root), message, f"set the course's language to {_WRITE[found]}")


@LANGUAGE.rule(55, "unmarked-language", Severity.NOTE, spec="WCAG 2.1, 3.1.2")
def unmarked_language(subject: PackagePage) -> Iterator[Problem]:
    """A paragraph in another language than the page says so: `<p lang="en">`.

    The screen reader changes its voice then. Told by frequent words, of English and Norwegian only; names and
    single words need no mark.
    """
    page = subject.page
    if page.root is None or _FAMILY.get(_declared(page.root)) is None:
        return
    if subject.tongue != _FAMILY[_declared(page.root)]:
        return
    for part in islice(page.all("p", "blockquote", "li", "td"), _MOST_PARTS):
        text = "".join(part.itertext())
        if len(text) < _SHORTEST or next(part.iter("p", "ul", "ol", "table"), part) is not part:
            continue
        found = tongue_of_part(text[:BEGINNING])
        said = _FAMILY.get(_declared(part))
        if found and said and found != said:
            message = f"this is {_NAMES[found]} on a page that is {_NAMES[said]}"
            yield Problem(subject.at(part), message, f'add lang="{found if found == "en" else "nb"}"')


_LATIN = {"iso-8859-1", "latin1", "windows-1252", "us-ascii", "iso-8859-15"}


@LANGUAGE.rule(56, "charset-too-small", Severity.WARNING, spec="HTML, 4.2.5.4")
def charset_too_small(subject: PackagePage) -> Iterator[Problem]:
    """A page in UTF-8 does not say that it is ISO 8859-1 or Windows-1252.

    Browsers believe it, and show «Ã¦» for «æ». Write `<meta charset="utf-8">`.
    """
    page = subject.page
    charset = declared_charset(page.data)
    if page.root is None or charset not in _LATIN or not page.is_utf8 or page.data.isascii():
        return
    message = f"the page says {charset}, and is UTF-8"
    yield Problem(subject.package.at(page.path, 1), message, 'write <meta charset="utf-8">')


_GARBLED = re.compile("Ã¦|Ã¸|Ã¥|Ã†|Ã˜|Ã…|â€[“”™œ]|\N{REPLACEMENT CHARACTER}".encode())
_SIGNS = {b"\x83": "Ã".encode(), b"\x82": "â€".encode(), b"\xbf": "\N{REPLACEMENT CHARACTER}".encode()}
"""How garbled letters begin, each by a byte of it that is rare in sound texts, and thus soon found missing."""


@LANGUAGE.rule(57, "garbled-letters", Severity.WARNING, spec="HTML, 4.2.5.4")
def garbled_letters(subject: PackagePage) -> Iterator[Problem]:
    """Letters are letters: no «Ã¦», «Ã¸» and «Ã¥» for «æ», «ø» and «å».

    The text was taken for another encoding and saved again, so that no setting brings the letters back. Save
    it anew from the original, as UTF-8.
    """
    page = subject.page
    suspect = page.root is not None and any(
        byte in page.data and sign in page.data for byte, sign in _SIGNS.items()
    )
    found = _GARBLED.search(page.data) if suspect else None
    if found:
        line = page.data.count(b"\n", 0, found.start()) + 1
        message = f"letters came out as «{found[0].decode()}»"
        yield Problem(subject.package.at(page.path, line), message, "save the text anew from its original")
