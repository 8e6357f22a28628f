"""A style sheet as rules: selectors, declarations, line, and the conditions it stands under.

Read for what is plainly there. What this does not understand (nested rules, unknown at-rules) makes the sheet
not `plain`: then nobody can say what an element looks like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARACTERS = 2 << 20
MAX_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Declared:
    """The value of a declaration, in lower case."""

    value: str
    is_important: bool = False


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule; `condition` is what `@media` and its like say around it, empty if it always holds."""

    selectors: tuple[str, ...]
    declarations: Mapping[str, Declared]
    line: int
    condition: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of a sheet in their order; `is_plain` if that is all there is to it."""

    rules: tuple[StyleRule, ...]
    is_plain: bool

    @property
    def weight(self) -> int:
        """How many rules, selectors and declarations it has: each takes some hundred bytes."""
        return sum(1 + len(rule.selectors) + len(rule.declarations) for rule in self.rules)


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOKEN = re.compile(r"""[{}]|"[^"\n]*"|'[^'\n]*'""")
_CONDITIONS = ("@media", "@supports", "@layer", "@container")
_ASIDE = ("@font-face", "@keyframes", "@-webkit-keyframes", "@-moz-keyframes", "@page", "@counter-style")


def read_declarations(text: str) -> dict[str, Declared]:
    """The declarations between two braces, or of a `style` attribute."""
    found: dict[str, Declared] = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            plain, bang, word = value.strip().lower().partition("!")
            found[name.strip().lower()] = Declared(plain.strip(), bool(bang) and word.strip() == "important")
    return found


def read_sheet(text: str) -> Sheet:
    """The rules in the text of a style sheet; the same sheet for the same text, where it is of a usual size."""
    if len(text) <= _SHORT:
        return _kept_short(text)
    return _kept_long(text) if len(text) <= _LONG else _read(text)


_SHORT, _LONG = 1 << 14, 1 << 17
"""Rules take a hundred times the room of their letters: few long sheets are kept, and no longer ones."""


def _read(text: str) -> Sheet:
    if len(text) > MAX_CHARACTERS:
        return Sheet((), is_plain=False)
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    rules: list[StyleRule] = []
    plain = "@import" not in text
    around: list[str] = []  # the preludes of the open blocks
    last, line, counted = 0, 1, 0
    for token in _TOKEN.finditer(text):
        if token[0] not in "{}":
            continue
        between = text[last : token.start()]
        last = token.end()
        if token[0] == "{":
            prelude = between.rpartition(";")[2].strip().lower()
            plain = plain and not (around and not around[-1].startswith("@"))
            around.append(prelude)
        elif around:
            prelude = around.pop()
            aside = any(part.startswith(_ASIDE) for part in around)
            if prelude.startswith("@"):
                plain = plain and prelude.startswith((*_CONDITIONS, *_ASIDE))
            elif not aside:
                line += text.count("\n", counted, token.start() - len(between))
                counted = token.start() - len(between)
                selectors = tuple(part.strip() for part in prelude.split(","))
                condition = " ".join(part for part in around if part.startswith(_CONDITIONS))
                rules.append(StyleRule(selectors, read_declarations(between), line, condition))
        if len(rules) > MAX_RULES:
            return Sheet((), is_plain=False)
    return Sheet(tuple(rules), plain and not around)


_kept_short = lru_cache(maxsize=16)(_read)
_kept_long = lru_cache(maxsize=4)(_read)
