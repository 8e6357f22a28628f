"""From the one course to the course that is built: in one language, for one audience, for one edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kurspakke.catalog import Catalog
from kurspakke.components import Component
from kurspakke.components.assessment import Assessment
from kurspakke.course import Course, Module, Page
from kurspakke.texts import with_texts
from kurspakke.variant import Variant


def localise(course: Course, variant: Variant, catalog: Catalog | None) -> Course:
    """The course as `variant` has it: texts from `catalog`, and what is shown to its audience only.

    Modules with no page left for the audience drop out.
    """
    translated = with_texts(course, _translator(catalog)) if catalog else course
    audiences = course.head.audiences
    audience = variant.audience or (audiences[0].id if audiences else "")
    modules = (_for_audience(module, audience) for module in translated.modules)
    shown = tuple(module for module in modules if module.pages)
    return translated.model_copy(update={"modules": shown})


def _translator(catalog: Catalog) -> Callable[[str, str], str]:
    def text(name: str, old: str) -> str:
        found = catalog.translations.get(name)
        return found.text if found else old

    return text


def _for_audience(module: Module, audience: str) -> Module:
    pages = (
        _page_for(page, audience) for page in module.pages if not page.show_for or audience in page.show_for
    )
    return Module(head=module.head, pages=tuple(page for page in pages if page.components))


def _page_for(page: Page, audience: str) -> Page:
    shown = tuple(_shown(page, audience))
    return page if shown == page.components else page.model_copy(update={"components": shown})


def _shown(page: Page, audience: str) -> Iterator[Component]:
    """What of a page an audience meets; an assessment without a question for it is left out."""
    for item in page.components:
        if item.show_for and audience not in item.show_for:
            continue
        own = item.shown_to(audience) if isinstance(item, Assessment) else item
        if not isinstance(own, Assessment) or own.bank:
            yield own
