"""A layer's own texts and files: under which ids they are translated, and where its media stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kurspakke.components import Component
from kurspakke.course import CourseHead, Page
from kurspakke.leaves import Leaf, SomeModel, leaves, replaced
from kurspakke.locality.layer import EditionHead, Layer, edition_file, own_page_file
from kurspakke.model import Kind
from kurspakke.texts import Text, spelt

Change = Callable[[str, str], str]
_OWN = ("contact", "coordinator", "brand")
"""What of an edition's head is translated as a whole; the rest by the pages it stands on. Localities' names are not."""


def own_texts(layer: Layer) -> Iterator[Text]:
    """Every text of a layer with the id by which it is translated: that of the page it stands on, as in the course."""
    file = edition_file(layer.id)
    head = layer.head
    for leaf in leaves(head):
        if leaf.keys[0] in _OWN and not leaf.kind.is_media:
            yield Text("#" + spelt(head, leaf.keys), file, leaf.keys, leaf.text)
    for index, one in enumerate(head.replace):
        yield from _texts(one.component, one.page, file, ("replace", index, "component"))
    for index, many in enumerate(head.add):
        for at, component in enumerate(many.components):
            yield from _texts(component, many.page, file, ("add", index, "components", at))
    for address, page in layer.pages.items():
        module, _, name = address.partition("/")
        for leaf in leaves(page):
            if not leaf.kind.is_media:
                place = own_page_file(layer.id, module, name)
                yield Text(f"{address}#{spelt(page, leaf.keys)}", place, leaf.keys, leaf.text)


def _texts(component: Component, address: str, file: str, keys: tuple[str | int, ...]) -> Iterator[Text]:
    for leaf in leaves(component):
        if not leaf.kind.is_media:
            name = f"{address}#{component.id}.{spelt(component, leaf.keys)}"
            yield Text(name, file, (*keys, *leaf.keys), leaf.text)


def own_media(layer: Layer) -> Iterator[tuple[str, Kind]]:
    """The files in the layer's media/ that its pages and components name, below the course's folder, and as what."""
    for model in (*layer.head.replace, *layer.head.add, *layer.pages.values()):
        for leaf in leaves(model):
            if leaf.kind.is_media:
                yield leaf.text.removeprefix("//"), leaf.kind


def own_component(component: SomeModel, address: str, text: Change) -> SomeModel:
    """The component with its texts changed."""
    name = getattr(component, "id", "")
    return _changed(component, f"{address}#{name}.", text)


def own_page(page: Page, module: str, text: Change) -> Page:
    """The page with its texts changed."""
    return _changed(page, f"{module}/{page.id}#", text)


def own_head(course: CourseHead, layer: Layer, text: Change) -> CourseHead:
    """The course's head with what the layer says of brand, contact and coordinator."""
    head: EditionHead = _changed(layer.head, "#", text)
    said = {
        key: value for key in ("brand", "contact", "coordinator") if (value := getattr(head, key)) is not None
    }
    return course.model_copy(update=said) if said else course


def _changed(model: SomeModel, prefix: str, text: Change) -> SomeModel:
    def new(leaf: Leaf) -> str:
        return leaf.text if leaf.kind.is_media else text(prefix + spelt(model, leaf.keys), leaf.text)

    return replaced(model, new)
