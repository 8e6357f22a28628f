"""What the workshops of many editions share: localised courses, rendered modules, finished documents."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from kurspakke.assemble import Sheet, media_of
from kurspakke.catalog import Catalog
from kurspakke.course import Course, Module
from kurspakke.coursefiles import Entry
from kurspakke.editions import localise
from kurspakke.filetree import Digests, File
from kurspakke.finished import Finished
from kurspakke.locality.edition import Edition
from kurspakke.locality.view import stamped
from kurspakke.picturesize import picture_size
from kurspakke.press.blanks import blanked, filled, names, of_nowhere
from kurspakke.press.prints import Prints
from kurspakke.press.store import Store
from kurspakke.render import Renderer, environment
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from kurspakke.words import words
from kurspakke.zipwriter import damaged, deflated, inflated

_COURSES = 16
"""So many localised courses are kept, with what was rendered of them."""

_BLANK = 96
"""So many documents of nowhere are kept."""

_MODULES = 256
"""Of so many modules it is kept which media they have."""


class SharedMeans:
    """See `assemble.Means`. Editions with the same layers differ in their stamps only, and share all else.

    Without a store, nothing is kept for later.
    """

    def __init__(self, prints: Prints, store: Store | None = None) -> None:
        self._prints = prints
        self._store = store
        self._courses: OrderedDict[tuple[Any, ...], tuple[Course, Renderer | None]] = OrderedDict()
        self._asked: tuple[Any, ...] = ()
        self._environment: Environment | None = None
        self._own_templates = False
        self._sizes: dict[Entry, tuple[int, int] | None] = {}
        self._blank: OrderedDict[str, bytes | None] = OrderedDict()
        self._media: dict[int, tuple[Module, tuple[str, ...]]] = {}
        self.rendered = 0

    def localise(
        self, course: Course, variant: Variant, catalog: Catalog | None, edition: Edition | None
    ) -> Course:
        """The course as the variant has it."""
        layers = tuple(layer.id for layer in edition.layers) if edition else ()
        self._asked = variant.language, variant.audience, layers
        if self._asked not in self._courses:
            self._courses[self._asked] = localise(course, variant, catalog, edition), None
        self._courses.move_to_end(self._asked)
        while len(self._courses) > _COURSES:
            self._courses.popitem(last=False)
        shared, _ = self._courses[self._asked]
        return stamped(shared, edition) if edition else shared.model_copy(update={"edition": None})

    def renderer(self, own_templates: Path, words: Mapping[str, str], language: str) -> Renderer:
        """What makes documents of the course that was localised last: it knows the modules that it has rendered."""
        course, renderer = self._courses[self._asked]
        if renderer is None:
            if self._environment is None:
                self._environment = environment(own_templates)
                self._own_templates = own_templates.exists()
            renderer = Renderer(self._environment, words, language)
            self._courses[self._asked] = course, renderer
        return renderer

    def media(self, module: Module) -> tuple[str, ...]:
        """The names of a module's media."""
        known = self._media.get(id(module))
        if known is None:
            if len(self._media) >= _MODULES:
                self._media.clear()
            known = self._media[id(module)] = module, media_of(module)
        return known[1]

    def document(self, sheet: Sheet, make: Callable[[Unit], bytes]) -> File:
        """The document, finished before or now."""
        if self._store is None:
            return File(self._made(sheet, make)[0])
        key = self._prints.of(sheet)
        found = self._store.get(key)
        if found is not None:
            return _finished(found)
        self.rendered += 1
        data, alike = self._made(sheet, make)
        packed = deflated(data)
        if packed is None:
            return File(data)
        if inflated(packed) != data:
            raise damaged("a document")
        sums = File(data).digests
        head = json.dumps([sums.sha256, sums.crc32, len(data), alike]).encode()
        self._store.put(key, head + b"\n" + packed)
        return Finished(known=sums, length=len(data), packed=packed, likeness=alike)

    def _made(self, sheet: Sheet, make: Callable[[Unit], bytes]) -> tuple[bytes, str]:
        """The document and its likeness: of nowhere, with names filled in, or else by itself."""
        texts = words(sheet.unit.variant.language)
        named = names(sheet.unit, texts)
        if not named or self._own_templates:  # they may do anything with a name
            return make(sheet.unit), ""
        key = self._prints.of_nowhere(sheet)
        if key not in self._blank:
            unit = of_nowhere(sheet.unit)
            self._blank[key] = blanked(make(unit), names(unit, texts))
            while len(self._blank) > _BLANK:
                self._blank.popitem(last=False)
        blank = self._blank[key]
        if blank is None:
            return make(sheet.unit), ""
        return filled(blank, named), key

    def size(self, entry: Entry) -> tuple[int, int] | None:
        """A picture's width and height."""
        if entry not in self._sizes:
            self._sizes[entry] = picture_size(entry.path.read_bytes())
        return self._sizes[entry]


def _finished(kept: bytes) -> Finished:
    head, _, packed = kept.partition(b"\n")
    sha256, crc32, length, alike = json.loads(head)
    return Finished(known=Digests(sha256, crc32), length=length, packed=packed, likeness=alike)
