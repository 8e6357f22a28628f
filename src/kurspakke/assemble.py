"""Source → packages: localise, render, and put a package's files together. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from kurspakke import resources, webvtt
from kurspakke.catalog import Catalog
from kurspakke.components.video import Video
from kurspakke.course import Course, Module
from kurspakke.coursefiles import Entry
from kurspakke.editions import localise
from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.formats.table import FORMATS
from kurspakke.island import island
from kurspakke.keys import collisions, tracked_names
from kurspakke.leaves import leaves
from kurspakke.locality.edition import Edition
from kurspakke.media import in_language
from kurspakke.medianames import media_names
from kurspakke.picturesize import picture_size
from kurspakke.record import Label
from kurspakke.render import COORDINATOR_PAGE, COORDINATOR_STYLE, Place, Renderer
from kurspakke.runtime import runtime_files
from kurspakke.selection import Selection
from kurspakke.source import Source, media_file
from kurspakke.state import ROOM, longest_state_of
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from kurspakke.words import words


@dataclass(frozen=True)
class Assembled:
    """A package that is ready to be zipped; its files are put together when somebody asks for them."""

    unit: Unit
    format: str
    workshop: Workshop

    @cached_property
    def tree(self) -> FileTree:
        """All its files."""
        return self.workshop.package(self.unit, self.format)

    @property
    def sheets(self) -> Iterator[Sheet]:
        """Its documents before they are made; all else in it is made of the same."""
        return self.workshop.sheets(self.unit, self.format)

    @property
    def file_name(self) -> str:
        """The zip's name."""
        return self.unit.file_name(self.format)

    @property
    def first(self) -> tuple[str, ...]:
        """The member that stands first in the zip: the manifest, where there is one."""
        return tuple(name for name in (FORMATS[self.format].MANIFEST,) if name in self.tree)

    @property
    def label(self) -> Label:
        """What build.json says the package is."""
        unit = self.unit
        return Label(
            path=self.file_name,
            format=self.format,
            course=unit.course.id,
            module=unit.id,
            lang=unit.variant.language,
            audience=unit.variant.audience,
            edition=unit.variant.edition,
            title=unit.title,
            identifier=unit.identifier if self.format == "scorm12" else None,
            activity_id=unit.activity,
        )


def packages(source: Source, course: Course, selection: Selection) -> Iterator[Assembled]:
    """The packages asked for, one after the other. `course` is the whole course of a source without errors."""
    for variant in selection.variants_of(course, source.editions):
        yield from packages_of(Workshop(source, course, variant), selection)


def packages_of(workshop: Workshop, selection: Selection) -> Iterator[Assembled]:
    """Those of one variant."""
    course, whole = workshop.course, workshop.whole
    modules = selection.modules_of(course, whole)
    for unit in units(course, modules, workshop.variant, combined=selection.combined):
        for name in selection.formats_of(whole):
            yield Assembled(unit, name, workshop)


def count(source: Source, course: Course, selection: Selection) -> int:
    """At most how many packages `packages` will make."""
    modules = len(selection.modules or course.modules) + selection.combined
    return (
        len(list(selection.variants_of(course, source.editions)))
        * modules
        * len(selection.formats_of(course))
    )


def units(course: Course, modules: Sequence[Module], variant: Variant, *, combined: bool) -> Iterator[Unit]:
    """What packages of a localised course hold. Raises KurspakkeError when all modules do not fit into one."""
    for module in modules:
        yield Unit(course, (module,), variant, combined=False)
    if combined:
        _refuse_unless_progress_fits(course.modules)
        yield Unit(course, course.modules, variant, combined=True)


def _refuse_unless_progress_fits(modules: Sequence[Module]) -> None:
    """What holds for each module by the rules must hold for all of them together, too."""
    hint = "build without --combined: each module by itself is in order"
    longest = longest_state_of(modules)
    if longest > ROOM:
        message = (
            f"a learner's progress in all modules together could take {longest:,} characters of {ROOM:,}"
        )
        raise KurspakkeError(message, hint)
    for first, second in collisions(tracked_names(modules)):
        raise KurspakkeError(
            f"in all modules together, «{first}» and «{second}» have the same short key", hint
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document before it is made, with all that goes into it.

    `modules` are those it shows, none where it is the coordinator's; `format` is None for one that is in no package.
    `media` are the files it may show: the module, the name there, the path in the package, and the file itself.
    """

    unit: Unit
    modules: tuple[Module, ...]
    format: str | None
    media: tuple[tuple[str, str, str, Path], ...]


class Means(Protocol):
    """What a workshop works with; whoever makes packages again and again keeps some of it."""

    def localise(
        self, course: Course, variant: Variant, catalog: Catalog | None, edition: Edition | None
    ) -> Course:
        """The course as the variant has it."""

    def renderer(self, own_templates: Path, words: Mapping[str, str], language: str) -> Renderer:
        """What makes documents."""

    def document(self, sheet: Sheet, make: Callable[[Unit], bytes]) -> File:
        """The document that `make` would make of the sheet's unit."""

    def media(self, module: Module) -> tuple[str, ...]:
        """The names of a module's media as its author wrote them."""

    def size(self, entry: Entry) -> tuple[int, int] | None:
        """A picture's width and height."""


class Anew:
    """Keeps nothing: a build makes everything once."""

    def localise(
        self, course: Course, variant: Variant, catalog: Catalog | None, edition: Edition | None
    ) -> Course:
        """The course as the variant has it."""
        return localise(course, variant, catalog, edition)

    def renderer(self, own_templates: Path, words: Mapping[str, str], language: str) -> Renderer:
        """What makes documents."""
        return Renderer(own_templates, words, language)

    def document(self, sheet: Sheet, make: Callable[[Unit], bytes]) -> File:
        """The document that `make` makes."""
        return File(make(sheet.unit))

    def media(self, module: Module) -> tuple[str, ...]:
        """The names of a module's media."""
        return media_of(module)

    def size(self, entry: Entry) -> tuple[int, int] | None:
        """A picture's width and height."""
        return picture_size(entry.path.read_bytes())


class Workshop:
    """The course in one variant, with what its packages share: rendered modules, media names, picture sizes."""

    def __init__(self, source: Source, course: Course, variant: Variant, means: Means | None = None) -> None:
        self.source = source
        self.whole = course
        self.variant = variant
        self.means = means or Anew()
        edition = source.editions.known[variant.edition] if variant.edition else None
        catalog = source.catalogs.get(variant.language)
        self.course = self.means.localise(course, variant, catalog, edition)
        self.words = words(variant.language)
        self.renderer = self.means.renderer(source.files.root / "templates", self.words, variant.language)
        self.place = Place(
            url=lambda module, src: self.media[module, src],
            size=self._size,
            bytes=lambda module, src: self.source.files.files[self._name(module, src)].size,
        )
        self._sizes: dict[Path, tuple[int, int] | None] = {}

    def package(self, unit: Unit, name: str) -> FileTree:
        """All files of a package in one format."""
        form = FORMATS[name]
        files = {
            document: self._document(unit, modules, name)
            for document, modules in form.documents(unit).items()
        }
        files |= self.for_coordinator(unit, name)
        files |= runtime_files(unit.modules, name, self.course.head.brand)
        site = FileTree({**files, **self._media_of(unit.modules)})
        return site | form.control_files(unit, site)

    def sheets(self, unit: Unit, name: str) -> Iterator[Sheet]:
        """The documents of a package before they are made."""
        for modules in FORMATS[name].documents(unit).values():
            yield self._sheet(unit, modules, name)
        if self.course.coordinator:
            yield self._sheet(unit, (), name)

    def for_coordinator(self, unit: Unit, name: str | None) -> dict[str, File]:
        """The coordinator's page with its own style, if the course has texts for one.

        `name` is the format of the package that it lies in; with none, it is about no package. Beside it belong the
        course's style sheet and logos.
        """
        coordinator = self.course.coordinator
        if coordinator is None:
            return {}
        page = self.means.document(
            self._sheet(unit, (), name),
            lambda unit: self.renderer.coordinator_page(unit, coordinator, name, self.place),
        )
        style = File(path=resources.templates() / "coordinator.css")
        return {COORDINATOR_PAGE: page, COORDINATOR_STYLE: style}

    def _document(self, unit: Unit, modules: Sequence[Module], name: str) -> File:
        def make(unit: Unit) -> bytes:
            data = self._island(unit, modules, name)
            return self.renderer.document(unit, modules, name, data, self.place)

        return self.means.document(self._sheet(unit, modules, name), make)

    def _sheet(self, unit: Unit, modules: Sequence[Module], name: str | None) -> Sheet:
        files = self.source.files.files
        names = dict.fromkeys(self._names(modules))
        media = tuple((*both, self.media[both], files[self._name(*both)].path) for both in names)
        return Sheet(unit, tuple(modules), name, media)

    @cached_property
    def media(self) -> Mapping[tuple[str, str], str]:
        """The package path of every media file in the variant."""
        return media_names(self._names(self.course.modules))

    def _media_of(self, modules: Sequence[Module]) -> dict[str, File]:
        return {self.media[module, name]: self._file(module, name) for module, name in self._names(modules)}

    def _names(self, modules: Sequence[Module]) -> Iterator[tuple[str, str]]:
        """The media of these modules as their authors wrote them, with the module; those of the course come first."""
        yield from (("", name) for name in self._logos())
        yield from ((module.id, name) for module in modules for name in self.means.media(module))

    def _logos(self) -> Iterator[str]:
        """The logos' files, which every package has."""
        brand = self.course.head.brand
        return (name for _, name in brand.logos()) if brand else iter(())

    def _name(self, module: str, name: str) -> str:
        """Where the file lies that this language has for a media file."""
        return in_language(self.source, media_file(module, name), self.variant.language)

    def _file(self, module: str, name: str) -> File:
        return File(path=self.source.files.files[self._name(module, name)].path)

    def _size(self, module: str, src: str) -> tuple[int, int] | None:
        entry = self.source.files.files.get(self._name(module, src))
        if entry is None:
            return None
        if entry.path not in self._sizes:
            self._sizes[entry.path] = self.means.size(entry)
        return self._sizes[entry.path]

    def _island(self, unit: Unit, modules: Sequence[Module], name: str) -> str:
        captions = {
            f"{module.id}.{film.id}": self._cues(module.id, film)
            for module in modules
            for film in _films(module)
        }
        return island(unit, modules, name, self.words, captions)

    def _cues(self, module: str, film: Video) -> Sequence[webvtt.Cue]:
        name = film.captions.get(self.variant.language)
        return webvtt.read(self._file(module, name).read()).cues if name else ()


def _films(module: Module) -> Iterator[Video]:
    return (component for component in module.components() if isinstance(component, Video))


def media_of(module: Module) -> tuple[str, ...]:
    """The names of the module's media as its author wrote them."""
    components = module.components()
    return tuple(leaf.text for component in components for leaf in leaves(component) if leaf.kind.is_media)
