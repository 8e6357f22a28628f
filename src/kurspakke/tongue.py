"""Which language a text is certainly in, told by its frequent words: English and Norwegian, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product

from kurspakke.htmltext import words_in

_ENGLISH = """
    the and of is with that this are you your from which have has it be by as can not or an
"""
_NORWEGIAN = """
    og er ikke ikkje på som av til det å den et en ein eit hva kva hvor korleis hvordan vi dere dykk seg med
    kan skal fra frå være vere har ved eller
"""


def _written(word: str) -> Iterator[bytes]:
    """The word in every mixture of small and capital letters, in UTF-8: texts are long, and known words are short."""
    return map(b"".join, product(*((letter.encode(), letter.upper().encode()) for letter in word)))


_WORDS = {
    tongue: frozenset(chain.from_iterable(map(_written, words.split())))
    for tongue, words in (("en", _ENGLISH), ("no", _NORWEGIAN))
}
"""Words that are frequent in one of these languages and not in the other, however they are written."""
_KNOWN = frozenset().union(*_WORDS.values())
_ENOUGH_FOR_PAGE, _ENOUGH_FOR_PART = 12, 6
"""So many such words must be there."""
_MORE_IN_PAGE, _MORE_IN_PART = 3, 8
"""And so many times as many as of the other language."""


def tongue_of_page(words: Sequence[bytes]) -> str:
    """`en`, or `no` for either Norwegian, by the words of a page in UTF-8; empty in doubt."""
    return _tongue(words, _ENOUGH_FOR_PAGE, _MORE_IN_PAGE)


def tongue_of_part(text: str) -> str:
    """The same of a part of a page, which has fewer words and must be the clearer."""
    return _tongue(words_in(text.encode()), _ENOUGH_FOR_PART, _MORE_IN_PART)


def _tongue(words: Sequence[bytes], enough: int, more: int) -> str:
    frequent = list(filter(_KNOWN.__contains__, words))
    counts = {tongue: sum(map(known.__contains__, frequent)) for tongue, known in _WORDS.items()}
    (best, other) = sorted(counts, key=lambda tongue: counts[tongue], reverse=True)
    sure = counts[best] >= max(enough, len(words) // 8) and counts[other] * more <= counts[best]
    return best if sure else ""
