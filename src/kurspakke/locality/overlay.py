"""Puts a layer over a course: what fits is applied, what does not is told as a misfit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kurspakke.components import Component
from kurspakke.course import Course, Module, ModuleHead, Page
from kurspakke.locality.layer import Layer, edition_file, own_page_file
from kurspakke.locality.misfit import Misfit, MisfitKind
from kurspakke.locality.own import own_component, own_head, own_page
from kurspakke.yamltree import Keys

Origin = tuple[str, Keys]
"""The file a component of a layer stands in, and the keys that lead to it."""
Openable = ModuleHead | Page | Component
"""What may be marked `local: allowed`."""
Text = Callable[[str, str], str]
"""A text in the language that is built, from its id and what is written."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A course with a layer over it; `origins` say of the layer's components, by module and id, where they stand."""

    course: Course
    misfits: tuple[Misfit, ...] = ()
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)


def overlaid(course: Course, layer: Layer, text: Text = lambda _, written: written) -> Overlaid:
    """The course with the layer over it; the layer's texts as `text` has them. National texts and ids stay."""
    work = _Work(course, layer, text)
    work.add_pages()
    work.replace()
    work.add()
    return Overlaid(work.course(), tuple(work.misfits), work.origins)


class _Work:
    """The modules on the way from one course to the other: {module: {page: Page}}, in order."""

    def __init__(self, course: Course, layer: Layer, text: Text) -> None:
        self._course = course
        self._layer = layer
        self._text = text
        self._pages = {module.id: {page.id: page for page in module.pages} for module in course.modules}
        self._heads = {module.id: module.head for module in course.modules}
        self._more_minutes: Counter[str] = Counter()
        self.misfits: list[Misfit] = []
        self.origins: dict[tuple[str, str], Origin] = {}

    def course(self) -> Course:
        modules = tuple(
            Module(head=self._head(module), pages=tuple(self._pages[module].values()))
            for module in self._heads
        )
        head = own_head(self._course.head, self._layer, self._text)
        return self._course.model_copy(update={"head": head, "modules": modules})

    def add_pages(self) -> None:
        for index, asked in enumerate(self._layer.head.pages):
            keys: Keys = ("pages", index)
            page = self._layer.pages.get(f"{asked.module}/{asked.page}")
            if not self._may_change("module", asked.module, self._heads, (*keys, "module")):
                continue
            there = self._pages[asked.module]
            if not self._is_free("module", asked.page, there, (*keys, "page")):
                continue
            if asked.after and not self._is_known("page", asked.after, tuple(there), (*keys, "after")):
                continue
            if page is None:  # not there, or unreadable: said of the file
                continue
            own = own_page(page, asked.module, self._text)
            self._pages[asked.module] = _after(there, asked.after, {page.id: own})
            self._more_minutes[asked.module] += page.minutes or 0
            file = own_page_file(self._layer.id, asked.module, page.id)
            for at, component in enumerate(page.components):
                self.origins[asked.module, component.id] = (file, ("components", at))

    def replace(self) -> None:
        done: set[tuple[str, str]] = set()
        for index, asked in enumerate(self._layer.head.replace):
            keys: Keys = ("replace", index)
            page = self._page(asked.page, (*keys, "page"))
            if page is None:
                continue
            there = {component.id: component for component in page.components}
            new = asked.component
            place = (*keys, "component", "id")
            if (asked.page, new.id) in done:
                message = f"the component «{new.id}» is replaced above already"
                self.misfits.append(Misfit(MisfitKind.LOCKED, place, message))
                continue
            if not self._may_change("component", new.id, there, place):
                continue
            done.add((asked.page, new.id))
            old = there[new.id]
            if type(old) is not type(new):
                message = f"«{new.id}» is of another type: {_type(old)}, not {_type(new)}"
                self.misfits.append(Misfit(MisfitKind.OTHER_TYPE, (*keys, "component", "type"), message))
                continue
            self._put(asked.page, page, {**there, new.id: own_component(new, asked.page, self._text)})
            self._note(asked.page, new, (*keys, "component"))

    def add(self) -> None:
        for index, asked in enumerate(self._layer.head.add):
            keys: Keys = ("add", index)
            page = self._page(asked.page, (*keys, "page"))
            if page is None or not self._is_open(
                "page", asked.page, self._siblings(asked.page), (*keys, "page")
            ):
                continue
            there = {component.id: component for component in page.components}
            if asked.after and not self._is_known("component", asked.after, tuple(there), (*keys, "after")):
                continue
            new: dict[str, Any] = {}
            for at, component in enumerate(asked.components):
                if not self._is_free("page", component.id, {**there, **new}, (*keys, "components", at, "id")):
                    continue
                new[component.id] = own_component(component, asked.page, self._text)
                self._note(asked.page, component, (*keys, "components", at))
            self._put(asked.page, page, _after(there, asked.after, new))

    def _head(self, module: str) -> ModuleHead:
        """The module's head with the added pages in its list and in its minutes."""
        head = self._heads[module]
        update = {"pages": self._listed(module), "minutes": head.minutes + self._more_minutes[module]}
        return head.model_copy(update=update)

    def _listed(self, module: str) -> tuple[str, ...]:
        """The ids in the module's list, the added ones among them; pages that could not be read come last."""
        return tuple(dict.fromkeys((*self._pages[module], *self._heads[module].pages)))

    def _page(self, address: str, keys: Keys) -> Page | None:
        module, _, name = address.partition("/")
        if not self._is_known("module", module, tuple(self._pages), keys):
            return None
        known = tuple(f"{module}/{page}" for page in self._pages[module])
        return self._pages[module][name] if self._is_known("page", address, known, keys) else None

    def _put(self, address: str, page: Page, components: Mapping[str, Component]) -> None:
        module, _, name = address.partition("/")
        update = {"components": tuple(components.values())}
        self._pages[module][name] = page.model_copy(update=update)

    def _note(self, address: str, component: Component, keys: Keys) -> None:
        module = address.partition("/")[0]
        self.origins[module, component.id] = (edition_file(self._layer.id), keys)

    def _siblings(self, address: str) -> Mapping[str, Page]:
        """The pages of the module by their addresses."""
        module = address.partition("/")[0]
        return {f"{module}/{name}": page for name, page in self._pages[module].items()}

    def _may_change(self, kind: str, name: str, there: Mapping[str, Openable], keys: Keys) -> bool:
        return self._is_known(kind, name, tuple(there), keys, _open(there)) and self._is_open(
            kind, name, there, keys
        )

    def _is_known(
        self, kind: str, name: str, known: tuple[str, ...], keys: Keys, may: tuple[str, ...] = ()
    ) -> bool:
        if name not in known:
            message = f"there is no {kind} «{name}»"
            self.misfits.append(Misfit(MisfitKind.UNKNOWN, keys, message, name, known, may))
        return name in known

    def _is_free(self, kind: str, name: str, there: Mapping[str, Any], keys: Keys) -> bool:
        if name in there:
            what = "page" if kind == "module" else "component"
            self.misfits.append(Misfit(MisfitKind.LOCKED, keys, f"the {kind} has a {what} «{name}» already"))
        return name not in there

    def _is_open(self, kind: str, name: str, there: Mapping[str, Openable], keys: Keys) -> bool:
        may = _open(there)
        if name not in may:
            message = f"the {kind} «{name}» is locked: it is the same in every edition"
            self.misfits.append(Misfit(MisfitKind.LOCKED, keys, message, name, open=may))
        return name in may


def _open(there: Mapping[str, Openable]) -> tuple[str, ...]:
    """Those of modules, pages or components that editions may change."""
    return tuple(name for name, one in there.items() if one.local == "allowed")


def _after(there: Mapping[str, Any], name: str | None, new: Mapping[str, Any]) -> dict[str, Any]:
    """`there` with `new` after the one called `name`, or at the end."""
    found: dict[str, Any] = {}
    for key, value in there.items():
        found[key] = value
        if key == name:
            found |= new
    return {**found, **new}


def _type(component: Component) -> str:
    return str(getattr(component, "type", "component"))
