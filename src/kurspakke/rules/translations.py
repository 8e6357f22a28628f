"""SRC-060 and on: whether every text is there in every language that the course says it has."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.catalog import Catalog
from kurspakke.findings import Location, Severity
from kurspakke.locality.own import own_texts
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source
from kurspakke.texts import Text, texts

TRANSLATIONS: Family[Source] = Family("SRC", first=60)


def _catalogs(source: Source) -> Iterator[tuple[Catalog, tuple[Text, ...]]]:
    """Every file of translations with the texts that it may translate: the course's, and those of each edition."""
    whole = tuple(texts(source.course)) if source.course else ()
    for catalog in source.catalogs.values():
        yield catalog, whole
    for layer in source.editions.layers.values():
        own = tuple(own_texts(layer)) if layer.catalogs else ()
        for catalog in layer.catalogs.values():
            yield catalog, own


@TRANSLATIONS.rule(0, "catalogue", Severity.ERROR)
def catalogue(source: Source) -> Iterator[Problem]:
    """A translation file is a gettext catalogue (.po) that can be read."""
    for catalog, _ in _catalogs(source):
        if catalog.error:
            line, message = catalog.error
            yield Problem(
                Location(catalog.name, line), f"the file can't be read here: {message}", "correct the line"
            )


@TRANSLATIONS.rule(1, "missing-translation", Severity.ERROR)
def missing_translation(source: Source) -> Iterator[Problem]:
    """A course that says it has a language has all its texts in it.

    A package has one language; a text left in another is read aloud with the wrong voice, and breaks the law that
    gives nynorsk and bokmål the same worth. Add an entry whose msgctxt is the text's id.
    """
    for language, catalog in source.catalogs.items():
        for text in texts(source.course) if source.course and not catalog.error else ():
            if text.id not in catalog.translations:
                hint = f'add to {catalog.name}: msgctxt "{text.id}"'
                yield Problem(
                    source.locate(text.file, *text.keys), f"the text is not translated to {language}", hint
                )


@TRANSLATIONS.rule(2, "outdated-translation", Severity.WARNING)
def outdated_translation(source: Source) -> Iterator[Problem]:
    """A translation is made from the text as it is now.

    The entry is marked fuzzy, or its msgid is no longer what the course says: somebody must read it again.
    """
    for catalog, there in _catalogs(source):
        for text in there:
            found = catalog.translations.get(text.id)
            if found and (found.outdated or found.source.strip() != text.text.strip()):
                message = f"the translation of «{text.id}» is of an earlier text"
                yield Problem(
                    Location(catalog.name, found.line),
                    message,
                    "read it again, then set msgid and remove fuzzy",
                )


@TRANSLATIONS.rule(3, "unused-translation", Severity.NOTE)
def unused_translation(source: Source) -> Iterator[Problem]:
    """A translation belongs to a text that is there."""
    if not source.whole:
        return
    for catalog, there in _catalogs(source):
        known = {text.id for text in there}
        for name, translation in catalog.translations.items():
            if name not in known:
                yield Problem(
                    Location(catalog.name, translation.line), f"there is no text «{name}»", "remove the entry"
                )
