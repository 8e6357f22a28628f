"""«Did you mean …?» for words that are nearly known."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like `word`, if any is like it at all."""
    from difflib import get_close_matches

    words = list(known)
    lowered = {candidate.lower(): candidate for candidate in words}
    if word.lower() in lowered:
        return lowered[word.lower()]
    return next(iter(get_close_matches(word, words, n=1, cutoff=0.55)), None)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the closest known word, or else `otherwise`."""
    match = closest(word, known)
    return f"did you mean «{match}»?" if match else otherwise


def listing(words: Iterable[str]) -> str:
    """`a, b or c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}" if items else ""
