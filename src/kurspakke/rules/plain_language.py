"""Hints for plain language in bokmål and nynorsk: notes only, and of each kind at most one for a page.

The coordinator's texts are a page of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from kurspakke.findings import Severity
from kurspakke.plainwords import KEYS, PATTERN, PLAIN
from kurspakke.prosetext import PageText, Sentence, coordinator_text, page_texts
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source

PLAIN_LANGUAGE: Family[Source] = Family("SRC", first=40)

MOST_WORDS = 30
HEAVY_LIX = 52
ENOUGH_WORDS = 100
MOST_LETTERS = 24
MANY_PASSIVES = 5

# With «bli», and after an auxiliary in -s; verbs that only have that form say who acts all the same.
_PASSIVE = re.compile(
    r"(?<!\w)(?:bli|blir|ble|blei|blitt|vert|vart|vorte)\s+(?:\w+\s+)?(?!annet|meget|eget)"
    r"(?:\w{2,}(?:et|ert)|\w*(?:gitt|gjort|lagt|satt|sendt|tatt))(?!\w)",
    re.IGNORECASE,
)
_IN_S = re.compile(
    r"(?<!\w)(?:skal|må|kan|bør|vil)\s+(?:(?:\w+)\s+)?"
    r"(?!finnes|synes|trives|møtes|lykkes|minnes|kjennes|alles|deres)\w{3,}[ae]s(?!\w)",
    re.IGNORECASE,
)


@PLAIN_LANGUAGE.rule(5, "heavy-page", Severity.NOTE)
def heavy_page(source: Source) -> Iterator[Problem]:
    """A page is easy to read: LIX at most 52.

    LIX is the number of words in a sentence plus the percentage of words with more than six letters. Around 40 is like
    a newspaper, above 50 like a regulation. Divide long sentences and choose shorter words. Counted are pages of a
    hundred words and more; a hint, not a verdict: a page about a hard subject can be clear all the same.
    """
    for page in _pages(source):
        if len(page.words) >= ENOUGH_WORDS and page.lix > HEAVY_LIX:
            message = f"the page is heavy to read: LIX {page.lix}"
            yield Problem(page.start, message, "shorter sentences and shorter words; about 40 is easy")


@PLAIN_LANGUAGE.rule(6, "long-sentence", Severity.NOTE)
def long_sentence(source: Source) -> Iterator[Problem]:
    """A sentence has at most thirty words.

    Whoever reads on a phone between two meetings has forgotten the beginning of a longer one. Put a full stop where the
    next thought begins, or make a list of it.
    """
    yield from _first(
        source, _is_long, "a sentence has {words} words", "put a full stop, or make a list of it"
    )


@PLAIN_LANGUAGE.rule(7, "office-word", Severity.NOTE)
def office_word(source: Source) -> Iterator[Problem]:
    """A text uses the words that people use.

    Words of the office (`vedrørende`, `iverksette`, `i henhold til`) keep a distance and take longer to read. The
    Norwegian language act asks public bodies for clear language. The hint has a plain word for the first one.
    """
    for page in _pages(source):
        if KEYS.isdisjoint(word.lower() for word in page.words):
            continue
        found = [
            (sentence, match[0]) for sentence in page.sentences for match in PATTERN.finditer(sentence.text)
        ]
        if found:
            sentence, word = found[0]
            message = f"«{word}» is a word of the office{_more(len(found))}"
            yield Problem(sentence.location, message, f"write «{PLAIN[word.lower()]}» or say it otherwise")


@PLAIN_LANGUAGE.rule(8, "passive-page", Severity.NOTE)
def passive_page(source: Source) -> Iterator[Problem]:
    """A text says who does what.

    Sentences in the passive (`det skal vurderes`, `saken blir behandlet`) leave out who acts, and the reader can't tell
    whether it is they. Given when a page has five such sentences and they are more than a fourth of all.
    """
    for page in _pages(source):
        found = [one for one in page.sentences if _PASSIVE.search(one.text) or _IN_S.search(one.text)]
        if len(found) >= MANY_PASSIVES and 4 * len(found) > len(page.sentences):
            message = f"{len(found)} of {len(page.sentences)} sentences do not say who acts"
            yield Problem(found[0].location, message, "say who does it: «du …», «kommunen …»")


@PLAIN_LANGUAGE.rule(9, "long-word", Severity.NOTE)
def long_word(source: Source) -> Iterator[Problem]:
    """A word has at most 24 letters.

    Norwegian can join words without end, and the reader has to take them apart again. Say it in several words.
    """
    yield from _first(source, _has_long_word, "«{longest}» is a long word", "say it in several words")


def _is_long(sentence: Sentence) -> bool:
    return len(sentence.words) > MOST_WORDS


def _has_long_word(sentence: Sentence) -> bool:
    return any(len(word) > MOST_LETTERS for word in sentence.words) and len(_longest(sentence)) > MOST_LETTERS


def _longest(sentence: Sentence) -> str:
    return max((part for word in sentence.words for part in word.split("-")), key=len)


def _first(source: Source, holds: Callable[[Sentence], bool], message: str, hint: str) -> Iterator[Problem]:
    """One problem for each page with sentences that `holds` is true of, at the first of them."""
    for page in _pages(source):
        found = [sentence for sentence in page.sentences if holds(sentence)]
        if found:
            said = message.format(words=len(found[0].words), longest=_longest(found[0]))
            yield Problem(found[0].location, said + _more(len(found)), hint)


def _more(number: int) -> str:
    return f" (and {number - 1} more on the page)" if number > 1 else ""


def _pages(source: Source) -> tuple[PageText, ...]:
    """The pages to look at: none where the course is written in a language that these hints don't know."""
    norwegian = source.course is not None and source.course.languages[0] in {"nb", "nn"}
    return _read(source) if norwegian else ()


@lru_cache(maxsize=1)
def _read(source: Source) -> tuple[PageText, ...]:
    return (*page_texts(source), *coordinator_text(source))
