"""course_source/ → Source: every document read, fitted to the model and put together as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel

from kurspakke import yamltree
from kurspakke.catalog import Catalog, read_catalog
from kurspakke.components.survey import Survey
from kurspakke.coordinator import COORDINATOR_FILE, Coordinator
from kurspakke.course import Course, CourseHead, Lms, Module, ModuleHead, Page
from kurspakke.coursefiles import CourseFiles
from kurspakke.findings import KurspakkeError, Location
from kurspakke.glossary import GLOSSARY_FILE, NO_TERMS, Glossary
from kurspakke.instrument import Instrument, instrument_file
from kurspakke.profiles import GENERIC, profile, profile_ids
from kurspakke.project import COURSE_FILE
from kurspakke.shape import Shaped, shape
from kurspakke.spot import Spot
from kurspakke.yamltree import Document, Keys

if TYPE_CHECKING:
    from kurspakke.profile import Profile

Shape = TypeVar("Shape", bound=BaseModel)


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

    @property
    def documents(self) -> Iterator[Document]:
        """The documents in the order they were read."""
        return (shaped.document for shaped in self.shaped.values())

    @property
    def whole(self) -> bool:
        """True if all that the source asks for fitted, and every module and page was there and bears its name."""
        course = self.course
        return (
            course is not None
            and len(course.modules) == len(course.head.modules)
            and all(module.whole for module in course.modules)
            and all(shaped.value is not None for shaped in self.shaped.values())
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
        return tuple(
            Spot(
                module.id,
                component,
                self.course.languages,
                self.document(page_file(module.id, page.id)),
                ("components", index),
            )
            for module in self.course.modules
            for page in module.pages
            for index, component in enumerate(page.components)
        )

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


def media_file(module: str, name: str) -> str:
    """Where a module's picture or film stands; `name` as the author wrote it. With no module: a file of the course."""
    return f"modules/{module}/media/{name}" if module else name


class Reader(Protocol):
    """Makes something of a file's bytes; whoever reads a course again and again keeps what it made."""

    def shape(self, data: bytes, name: str, model: type[Shape]) -> Shaped[Shape]:
        """A document fitted to its model."""

    def catalog(self, data: bytes, name: str) -> Catalog:
        """A file of translations."""


class Anew:
    """Keeps nothing: most commands read a course once."""

    def shape(self, data: bytes, name: str, model: type[Shape]) -> Shaped[Shape]:
        """A document fitted to its model."""
        return shape(yamltree.read(data, name), model)

    def catalog(self, data: bytes, name: str) -> Catalog:
        """A file of translations."""
        return read_catalog(data, name)


def read_source(root: Path, reader: Reader | None = None) -> Source:
    """The course in the folder `root`. Raises KurspakkeError if there is no course."""
    if not root.is_dir():
        raise KurspakkeError(f"{root}: no such folder", "name the folder that holds course.yaml")
    return _Reading(CourseFiles.of(root), reader or Anew()).source()


class _Reading:
    """Follows the references from course.yaml to the modules and their pages."""

    def __init__(self, files: CourseFiles, reader: Reader) -> None:
        self.files = files
        self.reader = reader
        self.shaped: dict[str, Shaped[BaseModel]] = {}
        self.references: list[Reference] = []

    def source(self) -> Source:
        if COURSE_FILE not in self.files.files and not self.files.similar(COURSE_FILE):
            raise KurspakkeError(
                f"{self.files.root}: no {COURSE_FILE} here",
                "name the course's folder, or make one with `kurspakke new DIR`",
            )
        head = self._read(COURSE_FILE, CourseHead, Location(COURSE_FILE))
        course = self._course(head) if head else None
        catalogs = dict(self._catalogs(head)) if head else {}
        return Source(self.files, course, self.shaped, tuple(self.references), catalogs)

    def _catalogs(self, course: CourseHead) -> Iterator[tuple[str, Catalog]]:
        for index, language in enumerate(course.languages):
            if language in course.languages[:1]:  # the source language needs no translation
                continue
            name = catalog_file(language)
            self.references.append(Reference(name, self._place(COURSE_FILE, ("languages", index))))
            if name in self.files.files:
                yield language, self.reader.catalog(self.files.files[name].path.read_bytes(), name)

    def _course(self, head: CourseHead) -> Course:
        for key, name in head.brand.logos() if head.brand else ():
            self.references.append(Reference(name, self._place(COURSE_FILE, ("brand", key))))
        modules = tuple(self._modules(head))
        return Course(
            head=head,
            modules=modules,
            glossary=self._glossary(),
            instruments=tuple(self._instruments(modules)),
            lms=self._lms(head.lms),
            coordinator=self._coordinator(),
        )

    def _lms(self, name: str) -> Lms | None:
        """What is known of the LMS: from a profile of the program's, or from one in the course's own folder."""
        if name == GENERIC:
            return None
        known = profile(name) if name in profile_ids() else self._own_profile(name)
        return Lms(title=known.title, tracked=known.tracked()) if known else None

    def _own_profile(self, name: str) -> Profile | None:
        file = profile_file(name)
        if file not in self.files.files:  # a rule says that there is no such LMS
            return None
        # Here, since most courses have none.
        from kurspakke.profile import Profile

        return self._read(file, Profile, self._place(COURSE_FILE, ("lms",)))

    def _instruments(self, modules: tuple[Module, ...]) -> Iterator[Instrument]:
        """Those that surveys ask for, each once, and the others that lie ready to take their place."""
        for module in modules:
            for page in module.pages:
                for index, component in enumerate(page.components):
                    if isinstance(component, Survey):
                        keys = ("components", index, "instrument")
                        asked = self._place(page_file(module.id, page.id), keys)
                        found = self._read(instrument_file(component.instrument), Instrument, asked)
                        if found and found.id == component.instrument:
                            yield found
        for name in sorted(self.files.files):
            if name == instrument_file(PurePosixPath(name).stem):
                found = self._read(name, Instrument, Location(name))
                if found and name == instrument_file(found.id):
                    yield found

    def _glossary(self) -> Glossary:
        """A course may do without; but a file that nearly has the name is meant to be one."""
        if GLOSSARY_FILE not in self.files.files and not self.files.similar(GLOSSARY_FILE):
            return NO_TERMS
        return self._read(GLOSSARY_FILE, Glossary, Location(GLOSSARY_FILE)) or NO_TERMS

    def _coordinator(self) -> Coordinator | None:
        """As with the glossary."""
        if COORDINATOR_FILE not in self.files.files and not self.files.similar(COORDINATOR_FILE):
            return None
        return self._read(COORDINATOR_FILE, Coordinator, Location(COORDINATOR_FILE))

    def _modules(self, course: CourseHead) -> Iterator[Module]:
        for index, name in enumerate(course.modules):
            head = self._read(module_file(name), ModuleHead, self._place(COURSE_FILE, ("modules", index)))
            if head and head.id == name:
                yield Module(head=head, pages=tuple(self._pages(head, name)))

    def _pages(self, module: ModuleHead, folder: str) -> Iterator[Page]:
        for index, name in enumerate(module.pages):
            page = self._read(
                page_file(folder, name), Page, self._place(module_file(folder), ("pages", index))
            )
            if page and page.id == name:
                yield page

    def _read(self, name: str, model: type[Shape], asked: Location) -> Shape | None:
        """The document of this name as a model; None if it is missing, unreadable or does not fit."""
        if name in self.shaped:  # named twice: a rule says so
            return None
        self.references.append(Reference(name, asked))
        entry = self.files.files.get(name)
        if entry is None:
            return None
        try:
            data = (
                entry.path.read_bytes()
                if entry.size <= yamltree.MAX_BYTES
                else b" " * (yamltree.MAX_BYTES + 1)
            )
        except OSError as error:
            raise KurspakkeError(f"{name}: {error.strerror}", "check the file's permissions") from error
        shaped = self.reader.shape(data, name, model)
        self.shaped[name] = shaped  # type: ignore[assignment]
        return shaped.value

    def _place(self, name: str, keys: Keys) -> Location:
        return self.shaped[name].document.locate(keys)
