"""Links from the texts to the glossary: the first use of each term on a page, and wherever a text asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from markdown_it.token import Token

from kurspakke.glossary import Glossary, Term, alphabetical, name_key
from kurspakke.leaves import Leaf
from kurspakke.markdown import inline
from kurspakke.model import Kind

SCHEME = "term:"
_FOLDED_AWAY = frozenset({"transcript", "facilitator"})


class Vocabulary:
    """A glossary, ready to be looked up in."""

    def __init__(self, glossary: Glossary) -> None:
        self.terms = {term.id: term for term in glossary.terms}
        self._ids: dict[str, str] = {}
        for term in glossary.terms:
            for name in term.names():
                self._ids.setdefault(name_key(name), term.id)

    def closure(self, ids: set[str]) -> set[str]:
        """These ids, and those of the terms that the definitions refer to."""
        links = TermLinks(self)
        waiting, done = set(ids), set[str]()
        while waiting:
            name = waiting.pop()
            done.add(name)
            inline(self.terms[name].definition, links.asked_for)
            waiting |= links.used - done
        return done

    def sorted(self, ids: set[str]) -> list[Term]:
        """The terms of these ids in the order of the alphabet."""
        return sorted((self.terms[name] for name in ids), key=alphabetical)

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where whole words of the text are a term: (from, to, id)."""
        for match in self._pattern.finditer(text) if self._ids else ():
            yield match.start(), match.end(), self._ids[name_key(match.group())]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._ids, key=len, reverse=True)  # the longest term that fits
        words = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in names)
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


class TermLinks:
    """The links of one page. `used` holds the ids of the terms that the page links to so far."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.used: set[str] = set()
        self._vocabulary = vocabulary
        self._linked: set[str] = set()

    def asked_for(self, tokens: Sequence[Token]) -> None:
        """Lead the links that the author wrote (`term:id`) to the glossary."""
        self._change(tokens, every=False)

    def first_uses(self, tokens: Sequence[Token]) -> None:
        """The same, and make links of the first uses of terms, but not in headings, links and code."""
        self._change(tokens, every=True)

    def _change(self, tokens: Sequence[Token], *, every: bool) -> None:
        before = ""
        for token in tokens:
            if token.children:
                plain = before == "heading_open" or not every
                token.children = list(self._changed(token.children, plain=plain))
            before = token.type

    def _changed(self, tokens: Sequence[Token], *, plain: bool) -> Iterator[Token]:
        depth = 0
        for token in _joined(tokens):
            if token.type == "link_open":
                self._aim(token)
            depth += token.nesting if token.type.startswith("link_") else 0
            if token.type == "text" and depth == 0 and not plain:
                yield from self._parts(token.content)
            else:
                yield token

    def _aim(self, link: Token) -> None:
        name = str(link.attrs.get("href", "")).removeprefix(SCHEME)
        if name in self._vocabulary.terms and str(link.attrs["href"]).startswith(SCHEME):
            self.used.add(name)
            link.attrs["href"] = address(name)

    def _parts(self, text: str) -> Iterator[Token]:
        """The text with links where a term stands for the first time."""
        done = 0
        for start, end, name in self._vocabulary.found(text):
            if name in self._linked:
                continue
            self._linked.add(name)
            self.used.add(name)
            yield _text(text[done:start])
            yield Token("link_open", "a", 1, attrs={"href": address(name)})
            yield _text(text[start:end])
            yield Token("link_close", "a", -1)
            done = end
        yield _text(text[done:])


def unlinked(tokens: Sequence[Token]) -> None:
    """Take out the links that the author wrote to the glossary, for a document without one: their words stay."""
    for token in tokens:
        if token.children:
            token.children = list(_without_links(token.children))


def _without_links(tokens: Sequence[Token]) -> Iterator[Token]:
    inside = False
    for token in tokens:
        if token.type == "link_open" and str(token.attrs.get("href", "")).startswith(SCHEME):
            inside = True
        elif token.type == "link_close" and inside:
            inside = False
        else:
            yield token


def address(name: str) -> str:
    """Where a term stands in the document."""
    return f"#kp_term_{name}"


def takes_links(leaf: Leaf) -> bool:
    """Whether first uses are linked in a text: not in labels and prompts, nor in what is folded away.

    What few open must not take the first use from what everybody reads.
    """
    return leaf.kind is Kind.MARKDOWN and leaf.keys[-1] not in _FOLDED_AWAY


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """Lines of a paragraph as one text: a term may be broken over two of them."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in {"text", "softbreak"}:
            pieces.append("\n" if token.type == "softbreak" else token.content)
            continue
        if pieces:
            yield _text("".join(pieces))
            pieces = []
        yield token
    if pieces:
        yield _text("".join(pieces))


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
