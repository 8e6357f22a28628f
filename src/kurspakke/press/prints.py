"""Sums over all that a document is made of: two sheets with the same print give the same bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from kurspakke import __version__, resources, zipwriter
from kurspakke.assemble import Assembled, Sheet
from kurspakke.course import Course, Module
from kurspakke.kit import group_work
from kurspakke.press.blanks import of_nowhere
from kurspakke.privacy import ledger
from kurspakke.sums import Sums
from kurspakke.unit import Unit

_MOST = 512
"""So many parts of courses, and so many sheets, are remembered at a time."""


def program_print(own_templates: Path) -> str:
    """Stands for the program as it is, its libraries, and a course's own templates."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {zipwriter.RECIPE}".encode())
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and Path(folder).is_dir():
            digest.update(f"\n{folder} {Path(folder).stat().st_mtime_ns}".encode())
    for root in (Path(resources.__file__).parent, resources.templates(), own_templates):
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                data = path.read_bytes()
                digest.update(f"\n{path.relative_to(root).as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()


class Prints:
    """The prints of sheets; the sum over each part of a course is worked out once."""

    def __init__(self, program: str, sums: Sums) -> None:
        self._program = program
        self._sums = sums
        self._known: dict[int, tuple[BaseModel, str]] = {}
        self._sheets: dict[tuple[object, ...], tuple[Sheet, str]] = {}
        self._packages: dict[tuple[object, ...], tuple[Course, list[str]]] = {}

    def of(self, sheet: Sheet) -> str:
        """The print of a sheet; OSError when a file that it shows can't be read."""
        return _sum([self.of_nowhere(sheet), *_locality(sheet.unit)])

    def of_package(self, package: Assembled) -> list[str]:
        """The prints of all its sheets, in their order. Those of no locality are the same for most editions."""
        unit = package.unit
        key = (package.format, *_shared(unit), id(unit.course.modules))
        known = self._packages.get(key)
        if known is None:
            if len(self._packages) >= _MOST:
                self._packages.clear()
            known = self._packages[key] = unit.course, [self.of_nowhere(sheet) for sheet in package.sheets]
        locality = _locality(unit)
        return [_sum([nowhere, *locality]) for nowhere in known[1]]

    def of_nowhere(self, sheet: Sheet) -> str:
        """The print of the sheet of no locality, which those of all localities have in common."""
        key = (sheet.format, *_shared(sheet.unit), sheet.media, *map(id, sheet.modules))
        known = self._sheets.get(key)
        if known is None:
            if len(self._sheets) >= _MOST:
                self._sheets.clear()
            known = self._sheets[key] = sheet, self._of_nowhere(sheet)
        return known[1]

    def _of_nowhere(self, sheet: Sheet) -> str:
        unit = sheet.unit
        parts = [self._program, sheet.format or "", unit.variant.language, repr(unit.variant.audience)]
        parts += (repr(unit.combined), repr(unit.variant.edition is None), self._part(unit.course.head))
        parts += self._coordinator(sheet) if not sheet.modules else self._document(sheet)
        parts += (
            f"{module} {name} {path} {self._sums.of(file).sha256}" for module, name, path, file in sheet.media
        )
        return _sum(parts)

    def _document(self, sheet: Sheet) -> Iterator[str]:
        course = sheet.unit.course
        yield " ".join(module.id for module in sheet.modules)
        yield from map(self._part, sheet.unit.modules)
        yield from self._beside(course)

    def _beside(self, course: Course) -> Iterator[str]:
        yield repr(course.lms)
        yield repr(course.coordinator is None)
        yield self._part(course.glossary)
        yield from map(self._part, course.instruments)

    def _coordinator(self, sheet: Sheet) -> Iterator[str]:
        """What the coordinator's page says of the modules, and no more: their pages change more often."""
        unit = sheet.unit
        if unit.course.coordinator:
            yield self._part(unit.course.coordinator)
        for module in unit.modules:
            yield from self._gathering(module)
        if sheet.format:
            yield repr(ledger(of_nowhere(unit), unit.modules, sheet.format))  # it names the unit's activities

    def _gathering(self, module: Module) -> Iterator[str]:
        yield self._part(module.head)
        yield from map(self._part, group_work(module))

    def _part(self, model: BaseModel) -> str:
        """The sum over a part of a course, known by its identity: parts never change."""
        known = self._known.get(id(model))
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            text = type(model).__name__ + model.model_dump_json()
            known = self._known[id(model)] = model, hashlib.sha256(text.encode()).hexdigest()
        return known[1]


def _shared(unit: Unit) -> tuple[object, ...]:
    """What tells a unit from all others but those of other localities: its parts by identity, which never change."""
    course, variant = unit.course, unit.variant
    return (
        *(variant.language, variant.audience, variant.edition is None, unit.combined),
        *map(id, (course.head, course.coordinator, course.glossary)),
        tuple(map(id, unit.modules)),
    )


def _locality(unit: Unit) -> tuple[str, str]:
    edition = unit.course.edition
    return repr(unit.variant.edition), repr(edition and (edition.id, edition.title))


def _sum(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
