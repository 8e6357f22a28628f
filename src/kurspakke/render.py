"""Course → HTML. The only user of Jinja2 for what learners see (reporters/sheet.py makes reports by it).

A course project's own templates/ come before the program's; inside them `default:` names the program's version
(`{% extends "default:document.html.j2" %}`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kurspakke import __version__, filesize, markdown, resources
from kurspakke.brand import Brand
from kurspakke.components import Component
from kurspakke.coordinator import Coordinator
from kurspakke.course import Course, Module, Page
from kurspakke.findings import KurspakkeError
from kurspakke.glossary import NO_TERMS
from kurspakke.instrument import Instrument
from kurspakke.kit import kit
from kurspakke.kitpage import shown_kit
from kurspakke.markup import marked_up
from kurspakke.privacy import ledger, tells_opinions
from kurspakke.templatecache import template_cache
from kurspakke.termlinks import TermLinks, Vocabulary
from kurspakke.unit import Unit

COORDINATOR_PAGE = "for_koordinator.html"
"""The page for the coordinator. A module's document is never called so: ids have no underscores."""

COORDINATOR_STYLE = "for_koordinator.css"

Url = Callable[[str, str], str]
Size = Callable[[str, str], tuple[int, int] | None]
Bytes = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a module is shown, and what its media are: their address, a picture's size in pixels, a file's in bytes.

    Each is asked with the module's id ("" for files of the course) and the name that the author wrote. `sends`: there
    is an LMS to send answers to.
    """

    url: Url
    size: Size
    bytes: Bytes
    sends: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as the document's template gets it, and the ids of the terms that it links to."""

    page: Mapping[str, Any]
    terms: frozenset[str]


Keep = Callable[[tuple[Any, ...], Place, Callable[[Place], Shown]], Shown]
"""Makes a page by the function, or takes the one that was made before of equal inputs in an equal place."""


def anew(_: tuple[Any, ...], place: Place, make: Callable[[Place], Shown]) -> Shown:
    """Keeps nothing."""
    return make(place)


def environment(own_templates: Path) -> Environment:
    """The templates of a course and the program."""
    default = FileSystemLoader(resources.templates())
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(
            [FileSystemLoader(own_templates), PrefixLoader({"default": default}, ":"), default]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=template_cache(),
    )


class Renderer:
    """Renders modules, each once, and documents, once for each format, in one language."""

    def __init__(
        self, templates: Path | Environment, words: Mapping[str, str], language: str, keep: Keep = anew
    ) -> None:
        self._environment = environment(templates) if isinstance(templates, Path) else templates
        self._keep = keep
        self._words = words
        self._language = language
        self._modules: dict[tuple[int, bool], dict[str, Any]] = {}
        self._vocabulary = Vocabulary(NO_TERMS)
        self._instruments: Mapping[str, Instrument] = {}

    def document(
        self, unit: Unit, modules: Sequence[Module], format_name: str, data: str, place: Place
    ) -> bytes:
        """One HTML document with these modules. Raises KurspakkeError for a template that fails."""
        head = unit.course.head
        if not self._modules:
            self._vocabulary = Vocabulary(unit.course.glossary)
            self._instruments = {item.id: item for item in unit.course.instruments}
        place = replace(place, sends=format_name != "web")
        shown = [self._module(module, place) for module in modules]
        return self._render(
            "document.html.j2",
            lang=self._language,
            format=format_name,
            title=unit.title if len(modules) > 1 else modules[0].title,
            course=_about(unit.course),
            logo=_logo(head.brand, place) if head.brand else None,
            modules=shown,
            terms=self._terms(set[str]().union(*(module["terms"] for module in shown))),
            privacy=ledger(unit, modules, format_name),
            coordinator=COORDINATOR_PAGE if unit.course.coordinator else None,
            words=self._words,
            data=Markup(data),  # noqa: S704 - JSON with every `<` escaped, see island.py
            combined=len(modules) > 1,
            tool=f"kurspakke {__version__}",
        ).encode()

    def coordinator_page(
        self, unit: Unit, coordinator: Coordinator, format_name: str | None, place: Place
    ) -> bytes:
        """The page for the coordinator of a package; with no format it says nothing of what a package sends.

        `coordinator` is the unit's course's. Raises KurspakkeError for a template that fails.
        """
        head = unit.course.head
        return self._render(
            "coordinator.html.j2",
            lang=self._language,
            title=unit.title,
            course=_about(unit.course),
            logo=_logo(head.brand, place) if head.brand else None,
            kit=shown_kit(kit(unit, coordinator, self._words)),
            privacy=ledger(unit, unit.modules, format_name) if format_name else None,
            words=self._words,
            tool=f"kurspakke {__version__}",
        ).encode()

    def _module(self, module: Module, place: Place) -> dict[str, Any]:
        """What the document's template gets of a module; kept, since nearly all formats show the same."""
        # Only what a question says of where its answer goes depends on whether there is an LMS.
        key = id(module), place.sends or not tells_opinions([module])
        if key not in self._modules:
            pages = [self._page(module, page, place, together=key[1]) for page in module.pages]
            head = marked_up(module.head, TermLinks(Vocabulary(NO_TERMS)))
            self._modules[key] = {
                "id": module.id,
                "title": head.title,
                "description": head.description,
                "minutes": head.minutes,
                "goals": head.goals,
                "in_order": head.navigation == "in-order",
                "pages": [shown.page for shown in pages],
                "terms": set[str]().union(*(shown.terms for shown in pages)),
            }
        return self._modules[key]

    def _terms(self, used: set[str]) -> list[dict[str, Any]]:
        """The glossary of a document: the terms that it uses, as its end shows them."""
        links = TermLinks(self._vocabulary)
        return [
            {
                "id": term.id,
                "term": term.term,
                "definition": Markup(markdown.inline(term.definition, links.asked_for)),  # noqa: S704 - cleaned
            }
            for term in self._vocabulary.sorted(self._vocabulary.closure(used))
        ]

    def _page(self, module: Module, page: Page, place: Place, *, together: bool) -> Shown:
        glossary, instruments = self._vocabulary.terms, self._instruments
        inputs = (self._language, module.id, module.head.mastery_score, page, together, glossary, instruments)
        return self._keep(inputs, place, lambda where: self._made(module, page, where))

    def _made(self, module: Module, page: Page, place: Place) -> Shown:
        links = TermLinks(self._vocabulary)
        components = [
            {
                "type": kind,
                "dom_id": f"{module.id}.{component.id}",
                "html": self._component(module, component, place, links),
            }
            for component in page.components
            if (kind := getattr(component, "type", ""))
        ]
        data = {
            "id": f"{module.id}.{page.id}",
            "title": page.title,
            "minutes": page.minutes,
            "components": components,
        }
        return Shown(data, frozenset(links.used))

    def _component(
        self, module: Module, component: Component, place: Place, links: TermLinks, number: int = 0
    ) -> Markup:
        """A component with those inside it; `number`: its place among them, 0 if it stands on the page itself."""
        questions = [
            self._component(module, part, place, links, index)
            for index, part in enumerate(component.inner(), start=1)
        ]
        asked = self._instruments.get(getattr(component, "instrument", ""))
        html = self._render(
            f"components/{getattr(component, 'type', '')}.html.j2",
            c=marked_up(component, links),
            instrument=marked_up(asked, links) if asked else None,
            dom_id=f"{module.id}.{component.id}",
            number=number,
            questions=questions,
            mastery=module.head.mastery_score,
            words=self._words,
            lang=self._language,
            sends=place.sends,
            url=lambda src: place.url(module.id, src),
            size=lambda src: place.size(module.id, src),
            weight=lambda src: filesize.shown(place.bytes(module.id, src), self._language),
        )
        return Markup(html)  # noqa: S704 - the output of an autoescaping template

    def _render(self, name: str, **context: Any) -> str:
        try:
            return self._environment.get_template(name).render(context)
        except TemplateError as error:
            where = f"{getattr(error, 'filename', None) or name}:{getattr(error, 'lineno', '?')}"
            raise KurspakkeError(
                f"{where}: {error.message}", "correct the template, or remove your own version of it"
            ) from error


def _about(course: Course) -> dict[str, Any]:
    """What documents say of the course, and of the locality whose edition it is."""
    names = ("id", "title", "version", "description", "licence", "publisher", "contact", "coordinator")
    return {**{name: getattr(course.head, name) for name in names}, "edition": course.edition}


def _logo(brand: Brand, place: Place) -> dict[str, Any] | None:
    """What the header shows: an address and a size for each kind of screen."""
    if not brand.logo:
        return None
    pictures = {
        key: {"url": place.url("", name), "size": place.size("", name)} for key, name in brand.logos()
    }
    return {"alt": brand.logo_alt, "light": pictures["logo"], "dark": pictures.get("logo_dark")}
