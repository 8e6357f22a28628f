"""course_source/ → Source: every document read, fitted to the model and put together as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel

from kurspakke import yamltree
from kurspakke.catalog import Catalog, read_catalog
from kurspakke.components.survey import Survey
from kurspakke.coordinator import COORDINATOR_FILE, Coordinator
from kurspakke.course import Course, CourseHead, Lms, Module, ModuleHead, Page
from kurspakke.coursefiles import CourseFiles, Entry
from kurspakke.findings import KurspakkeError, Location
from kurspakke.glossary import GLOSSARY_FILE, NO_TERMS, Glossary
from kurspakke.guidefiles import FOLDER, guide_language
from kurspakke.instrument import Instrument, instrument_file
from kurspakke.leaves import Leaf, replaced
from kurspakke.locality.edition import NO_EDITIONS, Editions, resolved
from kurspakke.locality.layer import (
    EDITIONS,
    EditionHead,
    Layer,
    edition_file,
    own_catalog_file,
    own_page_file,
)
from kurspakke.locality.table import FACTS_FILE, NO_TABLE, TABLE_FILE, TableFacts, read_table
from kurspakke.locality.table import MAX_BYTES as TABLE_BYTES
from kurspakke.profiles import GENERIC, profile, profile_ids
from kurspakke.project import COURSE_FILE
from kurspakke.shape import Shaped, shape
from kurspakke.source import (
    FROM_THE_TOP,
    Reference,
    Source,
    catalog_file,
    edition_folders,
    module_file,
    page_file,
    profile_file,
)
from kurspakke.yamltree import Keys

if TYPE_CHECKING:
    from kurspakke.profile import Profile

Shape = TypeVar("Shape", bound=BaseModel)


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


def _with_own_media(model: Shape, name: str) -> Shape:
    """What an edition brings, with its media named from the course's folder."""

    def named(leaf: Leaf) -> str:
        return f"{FROM_THE_TOP}{name}/media/{leaf.text}" if leaf.kind.is_media else leaf.text

    return replaced(model, named)


def _with_own_files(head: EditionHead, name: str) -> EditionHead:
    """The same for an edition's head, whose logos stand in its own brand/."""
    brand = head.brand
    if brand:
        logos = {key: f"{EDITIONS}/{name}/{file}" for key, file in brand.logos()}
        brand = brand.model_copy(update=logos)
    return _with_own_media(head.model_copy(update={"brand": brand}), name)


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
        self._guides()
        catalogs = dict(self._catalogs(head)) if head else {}
        editions = self._editions(head) if head else NO_EDITIONS
        return Source(self.files, course, self.shaped, tuple(self.references), catalogs, editions)

    def _editions(self, head: CourseHead) -> Editions:
        entry = self.files.files.get(TABLE_FILE)
        table = read_table(self._bytes(entry, TABLE_FILE, TABLE_BYTES)) if entry else NO_TABLE
        if entry:
            self._read(FACTS_FILE, TableFacts, Location(TABLE_FILE))
        names = edition_folders(self.files)
        layers = {name: found for name in names if (found := self._layer(name, head))}
        return resolved(table, layers, head.languages)

    def _layer(self, name: str, course: CourseHead) -> Layer | None:
        file = edition_file(name)
        read = self._read(file, EditionHead, Location(f"{EDITIONS}/{name}"))
        if read is None or read.id != name:
            return None
        head = _with_own_files(read, name)
        for key, logo in head.brand.logos() if head.brand else ():
            self.references.append(Reference(logo, self._place(file, ("brand", key))))
        pages = {}
        for index, asked in enumerate(head.pages):
            place = self._place(file, ("pages", index, "page"))
            page = self._read(own_page_file(name, asked.module, asked.page), Page, place)
            if page and page.id == asked.page:
                pages[f"{asked.module}/{page.id}"] = _with_own_media(page, name)
        catalogs = {
            language: self.reader.catalog(self.files.files[po].path.read_bytes(), po)
            for language in course.languages
            if (po := own_catalog_file(name, language)) in self.files.files
        }
        return Layer(head, head.language or course.languages[0], pages, catalogs)

    def _guides(self) -> None:
        """The course's own import guides, which releases take (release/guide.py)."""
        for name in sorted(self.files.below(FOLDER)):
            if guide_language(name):
                # Here, since most courses have none.
                from kurspakke.release.guide import Guide

                self._read(name, Guide, Location(name))

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
        shaped = self.reader.shape(self._bytes(entry, name, yamltree.MAX_BYTES), name, model)
        self.shaped[name] = shaped
        return shaped.value

    @staticmethod
    def _bytes(entry: Entry, name: str, limit: int) -> bytes:
        """What is in a file; of one that is larger than whoever reads it takes, only that it is."""
        try:
            return entry.path.read_bytes() if entry.size <= limit else b" " * (limit + 1)
        except OSError as error:
            raise KurspakkeError(f"{name}: {error.strerror}", "check the file's permissions") from error

    def _place(self, name: str, keys: Keys) -> Location:
        return self.shaped[name].document.locate(keys)
