"""From the one course to the course that is built: in one language, for one audience, for one edition."""

from __future__ import annotations

from collections.abc import Callable

from kurspakke.catalog import Catalog
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
    shown = tuple(item for item in page.components if not item.show_for or audience in item.show_for)
    return page if len(shown) == len(page.components) else page.model_copy(update={"components": shown})
