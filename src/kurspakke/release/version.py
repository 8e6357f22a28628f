"""A version of the course as packages have it: one edition in one language for one audience, with its modules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kurspakke.assemble import Workshop
from kurspakke.course import Course, Module
from kurspakke.findings import KurspakkeError
from kurspakke.press.means import SharedMeans
from kurspakke.press.prints import Prints
from kurspakke.record import PackageRecord, Record
from kurspakke.release.places import NATIONAL
from kurspakke.source import Source
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums
from kurspakke.unit import COMBINED, Unit
from kurspakke.variant import Variant


@dataclass(frozen=True)
class Version:
    """The packages of one variant beside the course they were made from."""

    variant: Variant
    workshop: Workshop
    packages: tuple[PackageRecord, ...]
    is_first: bool
    """Whether it is the first one in its language."""

    @property
    def course(self) -> Course:
        """The course as the variant has it."""
        return self.workshop.course

    @property
    def name(self) -> str:
        """What its own files and folders are called: nasjonal-nb, bergen-nn-ansatt."""
        parts = (self.variant.edition or NATIONAL, self.variant.language, self.variant.audience)
        return "-".join(part for part in parts if part)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What its packages hold, each once, in the order of the course and with all modules together last."""
        wanted = {package.label.module for package in self.packages}
        alone = [self._unit(module) for module in self.course.modules if module.id in wanted]
        return (*alone, *([self._all()] if COMBINED in wanted else []))

    @property
    def whole(self) -> Unit:
        """All modules that there are packages of together, whether there is a package of them all or not."""
        held = {module.id for unit in self.units for module in unit.modules}
        modules = tuple(module for module in self.course.modules if module.id in held)
        return Unit(self.course, modules, self.variant, combined=True)

    def of(self, unit: Unit) -> tuple[PackageRecord, ...]:
        """The packages of a unit."""
        return tuple(package for package in self.packages if package.label.module == unit.id)

    def _all(self) -> Unit:
        return Unit(self.course, self.course.modules, self.variant, combined=True)

    def _unit(self, module: Module) -> Unit:
        return Unit(self.course, (module,), self.variant, combined=False)


def versions(source: Source, record: Record) -> Iterator[Version]:
    """The versions that packages are there of, one after the other: the national ones first.

    Raises KurspakkeError where the packages were not built from this source.
    """
    course = source.course
    if course is None:
        raise KurspakkeError("the course can't be read", "see what is wrong: kurspakke validate")
    built = record.course
    if (built.id, built.version) != (course.id, course.head.version):
        raise KurspakkeError(
            f"the packages are of {built.id} {built.version}, and the course here is {course.id} {course.head.version}",
            "build the packages again, or name the course that they were built from",
        )
    languages: set[str] = set()
    means = SharedMeans(
        Prints("", Sums(StateFolder(source.files.root)))
    )  # nothing is kept for another program
    for variant, packages in _by_variant(record).items():
        first = variant.language not in languages
        version = Version(variant, Workshop(source, course, variant, means), packages, first)
        languages.add(variant.language)
        _refuse_strangers(version)
        yield version


def _by_variant(record: Record) -> Mapping[Variant, tuple[PackageRecord, ...]]:
    found: dict[Variant, list[PackageRecord]] = {}
    for package in record.packages:
        label = package.label
        found.setdefault(Variant(label.lang, label.audience, label.edition), []).append(package)
    order = sorted(found, key=lambda one: (one.edition or "", one.audience or "", one.language))
    return {variant: tuple(found[variant]) for variant in order}


def _refuse_strangers(version: Version) -> None:
    """What the pages say of a package comes from the course, so each must be one that the course gives."""
    titles = {unit.id: unit.title for unit in version.units}
    identifiers = {unit.id: {unit.identifier, unit.activity} for unit in version.units}
    for package in version.packages:
        label = package.label
        known = {label.identifier, label.activity_id} - {None} & identifiers.get(label.module, set())
        if titles.get(label.module) != label.title or not known:
            raise KurspakkeError(
                f"{package.path} was not built from the course as it is now",
                "build it again: `kurspakke build`",
            )
