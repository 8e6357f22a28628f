"""The shared vocabulary: `glossary.yaml`, the terms of a course and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from kurspakke.model import Id, Inline, Model, PlainText

GLOSSARY_FILE = "glossary.yaml"


class Term(Model):
    """A word or phrase with the meaning it has in this course."""

    id: Id = Field(description="Unique in the glossary; a text refers to it by `[ordet](term:id)`.")
    term: PlainText = Field(description="The term as it stands in the glossary.")
    definition: Inline = Field(description="What it means here, in a sentence or two.")
    forms: tuple[PlainText, ...] = Field(
        (), description="Inflected forms and abbreviations that are linked too: «modenheten»."
    )

    def names(self) -> Iterator[str]:
        """The term and its other forms."""
        yield self.term
        yield from self.forms


class Glossary(Model):
    """The terms, in any order: learners get them in the order of the alphabet."""

    terms: tuple[Term, ...] = Field((), description="The terms.")


NO_TERMS = Glossary(terms=())


def name_key(name: str) -> str:
    """What two ways of writing the same name have in common: neither capitals nor spaces count."""
    return " ".join(name.split()).casefold()


def alphabetical(term: Term) -> str:
    """Sorts terms as a Norwegian dictionary does: æ, ø and å come last."""
    return name_key(term.term).translate(str.maketrans("æøå", "{|}"))
