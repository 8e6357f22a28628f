"""What was read of a course: every document, and what they make together as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from kurspakke.catalog import Catalog
from kurspakke.course import Course
from kurspakke.coursefiles import CourseFiles
from kurspakke.findings import Location
from kurspakke.locality.edition import NO_EDITIONS, Editions
from kurspakke.locality.layer import (
    EDITIONS,
)
from kurspakke.shape import Shaped
from kurspakke.spot import Spot
from kurspakke.yamltree import Document, Keys


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that the source asks for by name: `name` below the course's folder, asked for at `location`."""

    name: str
    location: Location


@dataclass(frozen=True, eq=False)
class Source:
    """All that was read. `course` holds the modules and pages that fitted the model, and is None without a head."""

    files: CourseFiles
    course: Course | None
    shaped: Mapping[str, Shaped[BaseModel]]
    references: tuple[Reference, ...]
    catalogs: Mapping[str, Catalog]
    editions: Editions = NO_EDITIONS
    origins: Mapping[tuple[str, str], tuple[str, Keys]] = field(default_factory=dict)
    """Where components stand that an edition brought or moved, by module and id: the file and the keys in it."""

    @property
    def documents(self) -> Iterator[Document]:
        """The documents in the order they were read."""
        return (shaped.document for shaped in self.shaped.values())

    @property
    def whole(self) -> bool:
        """True if all that the source asks for fitted, and every module, page and edition was there, by its name."""
        return (
            self.nationally_whole
            and len(self.editions.layers) == len(edition_folders(self.files))
            and all(layer.whole for layer in self.editions.layers.values())
            and all(shaped.value is not None for shaped in self.shaped.values())
        )

    @property
    def nationally_whole(self) -> bool:
        """True if every module and page of the course was there; its editions don't count."""
        course = self.course
        return (
            course is not None
            and len(course.modules) == len(course.head.modules)
            and all(module.whole for module in course.modules)
        )

    def document(self, name: str) -> Document:
        """A document that was read."""
        return self.shaped[name].document

    @cached_property
    def every_spot(self) -> tuple[Spot, ...]:
        """Every component with its place, also those that lie in another one."""
        return tuple(inner for spot in self.spots for inner in (spot, *spot.inner()))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every component of a page with its place."""
        if self.course is None:
            return ()
        languages = self.course.languages
        return tuple(
            Spot(module.id, component, languages, *self._origin(module.id, page.id, component.id, index))
            for module in self.course.modules
            for page in module.pages
            for index, component in enumerate(page.components)
        )

    def _origin(self, module: str, page: str, component: str, index: int) -> tuple[Document, Keys]:
        name, keys = self.origins.get((module, component), (page_file(module, page), ("components", index)))
        return self.document(name), keys

    def locate(self, name: str, *keys: str | int) -> Location:
        """A place in a document."""
        return self.document(name).locate(keys)


def module_file(module: str) -> str:
    """Where a module's head stands."""
    return f"modules/{module}/module.yaml"


def page_file(module: str, page: str) -> str:
    """Where a page stands."""
    return f"modules/{module}/pages/{page}.yaml"


def catalog_file(language: str) -> str:
    """Where the translations to a language stand."""
    return f"locale/{language}.po"


def profile_file(lms: str) -> str:
    """Where a course's own profile of an LMS stands."""
    return f"profiles/{lms}.yaml"


FROM_THE_TOP = f"//{EDITIONS}/"
"""How names of media begin that an edition brings."""


def media_file(module: str, name: str) -> str:
    """Where a module's picture or film stands; `name` as the author wrote it. With no module: a file of the course.

    What an edition brings is named from the course's folder, after `//`.
    """
    if name.startswith(FROM_THE_TOP):
        return name[2:]
    return f"modules/{module}/media/{name}" if module else name


def written_name(name: str) -> str:
    """A media file's name as its author wrote it, without the folder of the edition that brings it."""
    return name.split("/", 5)[-1] if name.startswith(FROM_THE_TOP) else name


def edition_folders(files: CourseFiles) -> list[str]:
    """The names of the folders of local editions."""
    return sorted({parts[1] for name in files.below(EDITIONS) if len(parts := name.split("/")) > 2})
