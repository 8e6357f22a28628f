"""Every package that a course can be made into: what each is made of, and how it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke.assemble import Means, Workshop, units
from kurspakke.course import Course
from kurspakke.filetree import FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.package import Kind
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import secret_id
from kurspakke.selection import Selection
from kurspakke.source import Source
from kurspakke.unit import Unit
from kurspakke.variant import Variant


@dataclass(frozen=True, slots=True)
class Naming:
    """How packages from one place are named: `place` as the file system has it, `key` for their ids."""

    place: str
    key: bytes

    def name(self, what: str) -> str:
        """The name of a thing there, the same from run to run."""
        return f"{self.place}#{what}"

    def id(self, what: str) -> str:
        """Its id."""
        return secret_id(self.key, self.name(what))


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a package; `error` tells why it can't be made."""

    workshop: Workshop
    unit: Unit
    format: str
    error: str = ""

    @property
    def file_name(self) -> str:
        """The zip's name in dist/."""
        return self.unit.file_name(self.format)

    def tree(self) -> FileTree:
        """The package's files. Raises KurspakkeError for a template that fails."""
        return self.workshop.package(self.unit, self.format)

    def offer(self, naming: Naming, source: Source) -> Offer:
        """How it is offered."""
        variant, audiences = self.unit.variant, self.unit.course.head.audiences
        return Offer(
            naming.id(self.file_name),
            naming.name(self.file_name),
            self.unit.title,
            Kind(self.format),
            source.files.root,
            self.file_name,
            module=self.unit.id,
            language=variant.language,
            audience=variant.audience or (audiences[0].id if audiences else ""),
            edition=variant.edition or "",
            error=self.error,
        )


def recipes(source: Source, course: Course, means: Means) -> Iterator[Recipe]:
    """Each module and the whole, in every language, for every audience, in the course's formats and for the web.

    Then the editions with a folder, in their own language and for their own audiences.
    """
    formats = tuple(dict.fromkeys((*course.head.formats, "web")))
    for variant in _variants(source, course):
        workshop = Workshop(source, course, variant, means)
        for unit, error in _units(workshop):
            for name in formats:
                yield Recipe(workshop, unit, name, error)


def _variants(source: Source, course: Course) -> Iterator[Variant]:
    for language in course.languages:
        for audience in (None, *(audience.id for audience in course.head.audiences[1:])):
            yield Variant(language, audience)
    own = tuple(name for name in source.editions.known if name in source.editions.layers)
    if own:
        yield from Selection(editions=own).variants_of(course, source.editions)


def _units(workshop: Workshop) -> Iterator[tuple[Unit, str]]:
    course, variant = workshop.course, workshop.variant
    for unit in units(course, course.modules, variant, combined=False):
        yield unit, ""
    if len(course.modules) > 1:
        try:
            yield from ((unit, "") for unit in units(course, (), variant, combined=True))
        except KurspakkeError as error:
            yield Unit(course, course.modules, variant, combined=True), error.message
