"""From the one course to the course that is built: in one language, for one audience, for one edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kurspakke.catalog import Catalog
from kurspakke.components import Component
from kurspakke.components.assessment import Assessment
from kurspakke.course import Course, Module, Page
from kurspakke.locality.edition import Edition
from kurspakke.locality.view import local_course
from kurspakke.pace import minutes_of
from kurspakke.texts import with_texts
from kurspakke.variant import Variant


def localise(
    course: Course, variant: Variant, catalog: Catalog | None, edition: Edition | None = None
) -> Course:
    """The course as `variant` has it: texts from `catalog`, what its `edition` says, and only what its audience meets.

    Modules with no page left for the audience drop out.
    """
    translated = with_texts(course, _translator(catalog)) if catalog else course
    if edition:
        translated = local_course(translated, edition, variant.language)
    first = first_audience(course)
    audience = variant.audience or first
    modules = (_for_audience(module, audience, first) for module in translated.modules)
    shown = tuple(module for module in modules if module.pages)
    return translated.model_copy(update={"modules": shown})


def first_audience(course: Course) -> str:
    """The audience that is meant where none is named; empty in a course without audiences."""
    return course.head.audiences[0].id if course.head.audiences else ""


def pages_for(module: Module, audience: str) -> tuple[Page, ...]:
    """The pages that an audience meets, with what it meets of each."""
    pages = (
        _page_for(page, audience) for page in module.pages if not page.show_for or audience in page.show_for
    )
    return tuple(page for page in pages if page.components)


def _translator(catalog: Catalog) -> Callable[[str, str], str]:
    def text(name: str, old: str) -> str:
        found = catalog.translations.get(name)
        return found.text if found else old

    return text


def _for_audience(module: Module, audience: str, first: str) -> Module:
    pages = pages_for(module, audience)
    usual = pages if audience == first else pages_for(module, first)
    minutes = minutes_of(module.head.minutes, usual, pages)
    return Module(head=module.head.model_copy(update={"minutes": minutes}), pages=pages)


def _page_for(page: Page, audience: str) -> Page:
    """The page with what an audience meets of it, and the minutes that this takes."""
    shown = tuple(_shown(page, audience))
    minutes = page.minutes_for.get(audience, page.minutes)
    if (shown, minutes) == (page.components, page.minutes):
        return page
    return page.model_copy(update={"components": shown, "minutes": minutes})


def _shown(page: Page, audience: str) -> Iterator[Component]:
    """What of a page an audience meets; an assessment without a question for it is left out."""
    for item in page.components:
        if item.show_for and audience not in item.show_for:
            continue
        own = item.shown_to(audience) if isinstance(item, Assessment) else item
        if not isinstance(own, Assessment) or own.bank:
            yield own
