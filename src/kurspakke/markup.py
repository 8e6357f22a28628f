"""A model's Markdown texts as safe HTML, which templates print as it is."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from kurspakke import markdown
from kurspakke.leaves import Leaf, SomeModel, replaced
from kurspakke.model import Kind
from kurspakke.termlinks import TermLinks, takes_links, unlinked

_HTML = {Kind.MARKDOWN: markdown.block, Kind.INLINE: markdown.inline}


def marked_up(model: SomeModel, links: TermLinks) -> SomeModel:
    """The model with its texts as HTML that leads to the glossary."""

    def html(leaf: Leaf) -> str:
        make = _HTML.get(leaf.kind)
        change = links.first_uses if takes_links(leaf) else links.asked_for
        return Markup(make(leaf.text, change)) if make else leaf.text  # noqa: S704 - cleaned by nh3, see markdown.py

    return replaced(model, html)


def without_glossary(model: SomeModel) -> SomeModel:
    """The model with its texts as HTML, for a document that has no glossary."""
    return replaced(model, lambda leaf: html_without_glossary(leaf.kind, leaf.text))


@lru_cache(maxsize=4096)
def html_without_glossary(kind: Kind, text: str) -> str:
    """A text as HTML; kept, since the same texts stand in the packages of all modules, formats and audiences."""
    make = _HTML.get(kind)
    return Markup(make(text, unlinked)) if make else text  # noqa: S704 - cleaned by nh3, see markdown.py
