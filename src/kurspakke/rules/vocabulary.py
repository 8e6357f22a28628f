"""Rules about the glossary: each term known, used, and defined once."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Location, Severity
from kurspakke.glossary import GLOSSARY_FILE, NO_TERMS, Glossary, name_key
from kurspakke.leaves import leaves
from kurspakke.markdown import block, links
from kurspakke.model import Kind
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean
from kurspakke.source import Source
from kurspakke.termlinks import SCHEME, TermLinks, Vocabulary, takes_links

VOCABULARY: Family[Source] = Family("SRC", first=100)


@VOCABULARY.rule(53, "unknown-term", Severity.ERROR)
def unknown_term(source: Source) -> Iterator[Problem]:
    """A text refers to terms that the glossary has.

    `[modenheten](term:digital-modenhet)` leads to the term of that id in glossary.yaml; without it the link leads
    nowhere.
    """
    if _is_unreadable(source):  # said once, of the glossary
        return
    known = [term.id for term in _glossary(source).terms]
    for place, name in _references(source):
        if name not in known:
            hint = did_you_mean(name, known, f"add it to {GLOSSARY_FILE}, or remove the link")
            yield Problem(place, f"there is no term «{name}»", hint)


@VOCABULARY.rule(54, "unused-term", Severity.WARNING)
def unused_term(source: Source) -> Iterator[Problem]:
    """A term in the glossary is used in the course.

    Only what a text uses comes into the learner's glossary. Most often the text has a form that the term does not
    know: add it under `forms`, or refer to the term by `[ordet](term:id)`.
    """
    if not source.whole or not _glossary(source).terms:
        return
    used = _used(source)
    for index, term in enumerate(_glossary(source).terms):
        if term.id not in used:
            place = source.locate(GLOSSARY_FILE, "terms", index, "id")
            hint = f"use it in a text, add the form that is used, or refer to it by `[…]({SCHEME}{term.id})`"
            yield Problem(place, f"no text uses «{term.term}»", hint)


@VOCABULARY.rule(55, "term-defined-twice", Severity.ERROR)
def defined_twice(source: Source) -> Iterator[Problem]:
    """A term has one definition.

    A shared vocabulary means that everybody means the same: neither an id nor a word, in any form, stands for two terms.
    """
    ids: dict[str, Location] = {}
    names: dict[str, tuple[int, Location]] = {}
    for index, term in enumerate(_glossary(source).terms):
        place = source.locate(GLOSSARY_FILE, "terms", index, "id")
        if term.id in ids:
            yield Problem(place, f"the id «{term.id}» is used before, at {ids[term.id]}", "keep one of them")
        ids.setdefault(term.id, place)
        for name in term.names():
            where = source.locate(GLOSSARY_FILE, "terms", index, "term")
            owner, first = names.setdefault(name_key(name), (index, where))
            if owner != index:
                yield Problem(where, f"«{name}» is defined before, at {first}", "let one of them have it")


def _glossary(source: Source) -> Glossary:
    return source.course.glossary if source.course else NO_TERMS


def _is_unreadable(source: Source) -> bool:
    glossary = source.shaped.get(GLOSSARY_FILE)
    return glossary is not None and glossary.value is None


def _references(source: Source) -> Iterator[tuple[Location, str]]:
    """Every reference to a term: its place, and the id that it names."""
    for spot in source.spots:
        for leaf in leaves(spot.component):
            for line, href in links(leaf.text) if _may_link(leaf.kind, leaf.text) else ():
                if href.startswith(SCHEME):
                    yield spot.line(line, *leaf.keys), href.removeprefix(SCHEME)
    for index, term in enumerate(_glossary(source).terms):
        for _, href in links(term.definition) if SCHEME in term.definition else ():
            if href.startswith(SCHEME):
                place = source.locate(GLOSSARY_FILE, "terms", index, "definition")
                yield place, href.removeprefix(SCHEME)


def _used(source: Source) -> set[str]:
    vocabulary = Vocabulary(_glossary(source))
    found = TermLinks(vocabulary)
    for spot in source.spots:
        for leaf in leaves(spot.component):
            if takes_links(leaf):
                block(leaf.text, found.first_uses)
            elif _may_link(leaf.kind, leaf.text):
                block(leaf.text, found.asked_for)
    return vocabulary.closure(found.used)


def _may_link(kind: Kind, text: str) -> bool:
    return kind in {Kind.MARKDOWN, Kind.INLINE} and SCHEME in text
