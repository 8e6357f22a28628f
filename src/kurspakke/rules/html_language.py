"""HTM-054 to HTM-059: the language a page is in, and letters that come out wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from kurspakke.findings import Severity
from kurspakke.htmlpage import BEGINNING, Element, Page, declared_charset
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage

LANGUAGE: Family[PackagePage] = Family("HTM")

_ENGLISH = """
    the and of is with that this are you your from which have has it be by as can not or an
"""
_NORWEGIAN = """
    og er ikke ikkje på som av til det å den et en ein eit hva kva hvor korleis hvordan vi dere dykk seg med
    kan skal fra frå være vere har ved eller
"""
_WORDS = {"en": frozenset(_ENGLISH.split()), "no": frozenset(_NORWEGIAN.split())}
"""Words that are frequent in one of these languages and not in the other."""
_KNOWN = frozenset().union(*_WORDS.values())
_FAMILY = {"en": "en", "nb": "no", "nn": "no", "no": "no"}
_NAMES = {"en": "English", "no": "Norwegian"}
_WRITE = {"en": "en", "no": "nb (or nn)"}
_ENOUGH_FOR_PAGE, _ENOUGH_FOR_PART = 12, 6
"""So many such words must be there."""
_MORE_IN_PAGE, _MORE_IN_PART = 3, 8
"""And so many times as many as of the other language."""
_MOST_PARTS = 2000
_SHORTEST = 60


@lru_cache(maxsize=1)
def _tongue(text: str, enough: int, more: int) -> str:
    """The language that the text is certainly in, of those two; empty in doubt."""
    words = text[:BEGINNING].lower().split()
    frequent = Counter(filter(_KNOWN.__contains__, words))
    counts = {tongue: sum(frequent[word] for word in known) for tongue, known in _WORDS.items()}
    (best, other) = sorted(counts, key=lambda tongue: counts[tongue], reverse=True)
    sure = counts[best] >= max(enough, len(words) // 8) and counts[other] * more <= counts[best]
    return best if sure else ""


def _declared(element: Element) -> str:
    """The main part of the language that holds for an element; empty if none is declared."""
    for part in (element, *element.iterancestors()):
        tag = (part.get("lang") or part.get("xml:lang") or "").strip().lower()
        if tag:
            return tag.partition("-")[0]
    return ""


def _page_tongue(page: Page) -> str:
    return _tongue(page.beginning, _ENOUGH_FOR_PAGE, _MORE_IN_PAGE)


@LANGUAGE.rule(54, "page-in-other-language", Severity.WARNING, spec="WCAG 2.1, 3.1.1")
def page_in_other_language(subject: PackagePage) -> Iterator[Problem]:
    """A page is in the language that it says: a Norwegian one does not say `lang="en"`.

    Authoring tools write `en` unless told otherwise, and an English voice reads Norwegian so that nobody can
    follow. Told by frequent words, of English and Norwegian only, and only where it is clear.
    """
    root = subject.page.root
    said = _FAMILY.get(_declared(root)) if root is not None else None
    found = _page_tongue(subject.page) if said else ""
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
    if _page_tongue(page) != _FAMILY[_declared(page.root)]:
        return
    for part in islice(page.all("p", "blockquote", "li", "td"), _MOST_PARTS):
        text = "".join(part.itertext())
        if len(text) < _SHORTEST or next(part.iter("p", "ul", "ol", "table"), part) is not part:
            continue
        found = _tongue(text, _ENOUGH_FOR_PART, _MORE_IN_PART)
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
_SIGNS = ("Ã".encode(), "â€".encode(), "\N{REPLACEMENT CHARACTER}".encode())


@LANGUAGE.rule(57, "garbled-letters", Severity.WARNING, spec="HTML, 4.2.5.4")
def garbled_letters(subject: PackagePage) -> Iterator[Problem]:
    """Letters are letters: no «Ã¦», «Ã¸» and «Ã¥» for «æ», «ø» and «å».

    The text was taken for another encoding and saved again, so that no setting brings the letters back. Save
    it anew from the original, as UTF-8.
    """
    page = subject.page
    suspect = page.root is not None and any(sign in page.data for sign in _SIGNS)
    found = _GARBLED.search(page.data) if suspect else None
    if found:
        line = page.data.count(b"\n", 0, found.start()) + 1
        message = f"letters came out as «{found[0].decode()}»"
        yield Problem(subject.package.at(page.path, line), message, "save the text anew from its original")
