"""Rules about what local editions put over the national course: that it fits there, is translated, and is of use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kurspakke.findings import Location, Severity
from kurspakke.locality.layer import EDITIONS, Layer, edition_file, own_catalog_file
from kurspakke.locality.misfit import Misfit, MisfitKind
from kurspakke.locality.overlay import overlaid
from kurspakke.locality.own import own_media, own_texts
from kurspakke.media import is_version
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.source import Source

OVERLAYS: Family[Source] = Family("SRC", first=200)
_MOST_NAMED = 8


@OVERLAYS.rule(0, "edition-without-place", Severity.ERROR)
def edition_without_place(source: Source) -> Iterator[Problem]:
    """What an edition replaces or adds to is there: in the national course, or in the edition it inherits from.

    Pages are named as `module/page`, components by their ids.
    """
    if not source.nationally_whole:
        return  # what is missing may be in the part that could not be read
    for place, misfit in _of_kind(source, MisfitKind.UNKNOWN):
        may = _opened(misfit)
        otherwise = f"name one of these: {may}" if may else "name one of the course's"
        yield Problem(place, misfit.message, did_you_mean(misfit.name, misfit.known, otherwise))


@OVERLAYS.rule(1, "edition-locked", Severity.ERROR)
def edition_locked(source: Source) -> Iterator[Problem]:
    """An edition changes only what the national course has opened for it.

    A component with `local: allowed` may be replaced, a page with it may get more components, and a module more pages.
    Everything else is the same everywhere, so that results can be compared and texts can be trusted.
    """
    for place, misfit in _of_kind(source, MisfitKind.LOCKED):
        may = _opened(misfit)
        own = f"change one of these: {may}" if may else "give it an id of its own"
        hint = f"take it out, {own}, or ask whoever keeps the course to write `local: allowed` there"
        yield Problem(place, misfit.message, hint)


@OVERLAYS.rule(2, "edition-other-type", Severity.ERROR)
def edition_other_type(source: Source) -> Iterator[Problem]:
    """What replaces a component is of the same type.

    Learners' results hang on the id: a question under the id of a film would be read as the film's.
    """
    for place, misfit in _of_kind(source, MisfitKind.OTHER_TYPE):
        yield Problem(
            place, misfit.message, "let the type be the same, or add a component with an id of its own"
        )


@OVERLAYS.rule(7, "edition-not-translated", Severity.ERROR)
def edition_not_translated(source: Source) -> Iterator[Problem]:
    """What an edition brings is there in every language of those that inherit it.

    A network's case written in bokmål would stand in the middle of a municipality's nynorsk. Add the text to the
    edition's own locale/<language>.po under its id.
    """
    languages = source.editions.languages_under()
    for layer in source.editions.layers.values():
        for language in sorted(languages.get(layer.id, frozenset()) - {layer.language}):
            catalog = layer.catalogs.get(language)
            for text in own_texts(layer):
                if catalog is None or text.id not in catalog.translations:
                    message = (
                        f"the text is not translated to {language}, the language of editions that inherit it"
                    )
                    hint = f'add to {own_catalog_file(layer.id, language)}: msgctxt "{text.id}"'
                    yield Problem(source.locate(text.file, *text.keys), message, hint)


@OVERLAYS.rule(8, "edition-file-unused", Severity.WARNING)
def edition_file_unused(source: Source) -> Iterator[Problem]:
    """Files in an edition's folder are of use to it.

    A picture that nothing shows, or a page that edition.yaml does not put anywhere, is left out of every package. The
    version of a picture in another language is used where the picture is.
    """
    if not source.whole:
        return
    used = {reference.name for reference in source.references}
    used |= {name for layer in source.editions.layers.values() for name, _ in own_media(layer)}
    for name in source.files.below(EDITIONS):
        parts = name.split("/")
        mine = len(parts) > 3 and parts[2] in {"media", "brand", "modules"}
        if mine and name not in used and not is_version(name):
            yield Problem(Location(name), "nothing uses this file", "name it in edition.yaml, or remove it")


@lru_cache(maxsize=4)
def _misfits(source: Source) -> tuple[tuple[Layer, Misfit], ...]:
    """What does not fit of every layer, over the course that those above it have made."""
    found: list[tuple[Layer, Misfit]] = []
    for layer in source.editions.layers.values():
        edition = source.editions.known.get(layer.id)
        course = source.course
        for one in edition.layers if edition else ():
            if course is None:
                break
            done = overlaid(course, one)
            course = done.course
            if one.id == layer.id:
                found += ((layer, misfit) for misfit in done.misfits)
    return tuple(found)


def _of_kind(source: Source, kind: MisfitKind) -> Iterator[tuple[Location, Misfit]]:
    for layer, misfit in _misfits(source):
        if misfit.kind is kind:
            yield source.locate(edition_file(layer.id), *misfit.keys), misfit


def _opened(misfit: Misfit) -> str:
    """The ids that may be changed there, as a list in a sentence."""
    return listing(misfit.open[:_MOST_NAMED])
